// What Directus says over HTTP about its log stream: the body of GET /server/info, and the code of an error. The body is that of any server
// that answers at the address, so its shape is never assumed.
import { memberOf } from './json-object.js';
import { LEVEL_NAMES, type LevelName } from './levels.js';

/** What is offered to whoever asked: nobody known, no WebSockets at all, no logs (no administrator, or switched off), or logs. */
export type LogOffer = 'anonymous' | 'websockets-off' | 'no-logs' | 'logs';

/** Reads the body of `/server/info`; null where it is not Directus'. */
export function readOffer(body: unknown): LogOffer | null {
  const data = memberOf(body, 'data'), websocket = memberOf(data, 'websocket'), logs = memberOf(websocket, 'logs');
  if (websocket === false) return 'websockets-off';
  if (logs === false) return 'no-logs';
  if (typeof logs === 'object' && logs !== null) return 'logs';
  // to a caller whom it does not know Directus names the project and nothing else
  return websocket === undefined && memberOf(data, 'project') !== undefined ? 'anonymous' : null;
}

/**
 * The least level that is ever sent (`WEBSOCKETS_LOGS_LEVEL`), which Directus tells administrators only: the least of the six in
 * `allowedLogLevels`. Null where the body does not say it.
 */
export function readFloor(body: unknown): LevelName | null {
  const allowed = memberOf(memberOf(memberOf(memberOf(body, 'data'), 'websocket'), 'logs'), 'allowedLogLevels');
  return LEVEL_NAMES.find((name) => typeof memberOf(allowed, name) === 'number') ?? null;
}

/** The code of a Directus error, `{"errors":[{"extensions":{"code":"TOKEN_EXPIRED"}}]}`, or of an endpoint's refusal; null where there is none. */
export function readErrorCode(body: unknown): string | null {
  const code = memberOf(memberOf(memberOf(memberOf(body, 'errors'), '0'), 'extensions'), 'code');
  return typeof code === 'string' ? code : readRefusalCode(body);
}

/** The code with which an endpoint of `system-logs/server` answers a plain request, `{"error":{"code":"TOKEN_EXPIRED","message":"…"}}`; null for any other answer. */
export function readRefusalCode(body: unknown): string | null {
  const error = memberOf(body, 'error'), code = memberOf(error, 'code');
  return typeof code === 'string' && typeof memberOf(error, 'message') === 'string' ? code : null;
}
