// What the four elements take, for the templates of every framework: properties as the classes have them, the attributes that are named otherwise, and the
// events. The names are checked against the classes; a test holds them against the manifest.
import type { LogDetail, LogEventMap, LogFilters, LogList, SystemLogs } from '../dist/elements/index.js';

interface Shape<Element extends HTMLElement, Properties extends keyof Element, Attributes extends object, Events extends keyof LogEventMap> {
  element: Element;
  properties: { [Name in Properties]?: Element[Name] | undefined };
  attributes: Attributes;
  events: Pick<LogEventMap, Events>;
}

interface ZoneAttribute { 'time-zone'?: 'local' | 'utc' | undefined }

interface ViewerAttributes extends ZoneAttribute {
  'max-entries'?: number | string | undefined;
  'max-bytes'?: number | string | undefined;
  'token-in'?: SystemLogs['tokenIn'] | undefined;
  'no-detail'?: boolean | undefined;
  'no-filters'?: boolean | undefined;
}

export interface Elements {
  'system-logs': Shape<
    SystemLogs,
    'endpoint' | 'level' | 'maxEntries' | 'maxBytes' | 'search' | 'paused' | 'timestamps' | 'timeZone' | 'layout' | 'noDetail' | 'noFilters' | 'accessToken' | 'tokenIn',
    ViewerAttributes, keyof LogEventMap
  >;
  'log-filters': Shape<LogFilters, 'controller' | 'store', object, 'log-filter-change' | 'log-level-change'>;
  'log-list': Shape<LogList, 'controller' | 'store' | 'timestamps' | 'timeZone', ZoneAttribute, 'log-select' | 'log-follow-change' | 'log-pause-change'>;
  'log-detail': Shape<LogDetail, 'controller' | 'store' | 'timeZone', ZoneAttribute, 'log-select'>;
}
