// What a page without a framework gets from `system-logs`, and what is refused.
import { ConnectionController, type LogDetail, type LogFilters, type LogList } from 'system-logs';
import 'system-logs/log-list.js';
import { decodeServerFrame } from 'system-logs/protocol';

const viewer = document.createElement('system-logs');
viewer.maxEntries = 1000;
viewer.accessToken = () => Promise.resolve('token');
viewer.addEventListener('log-select', ({ entry }) => entry?.id.toFixed());
document.querySelector('log-list')?.append('');
for (const part of document.querySelectorAll<LogFilters | LogList | LogDetail>('log-filters, log-list, log-detail')) part.controller = new ConnectionController({ level: 'debug' });
document.addEventListener('log-gap', ({ levels }) => levels.length);
export const decode: (text: string) => unknown = decodeServerFrame;

// @ts-expect-error there is no such layout
viewer.layout = 'heap';
// @ts-expect-error what signs in is never given back as a number
viewer.accessToken = 3;
// @ts-expect-error the event has no detail
viewer.addEventListener('log-select', ({ detail }) => detail);
// @ts-expect-error there is no such option
new ConnectionController({ lines: 3 });
