// What the admin page asks of its own server, and what it says of the viewer's events: the same for every framework, and plain JavaScript.

/** @typedef {{ id: number, item: string, total: string }} Order */

/** The attribute `level` and its choices. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** How many events the table keeps. */
export const KEPT_EVENTS = 8;

/** Signs the viewer in: asked at each connection, and before a token ends. */
export async function getToken() {
  const response = await fetch('/api/token', { method: 'POST' });
  const { token } = /** @type {{ token: string }} */ (await response.json());
  return token;
}

/** @param {'GET' | 'POST'} method `POST` places one more */
export async function fetchOrders(method) {
  const response = await fetch('/api/orders', { method });
  return /** @type {Order[]} */ (await response.json());
}

/**
 * A row of the table of events.
 * @param {import('system-logs').LogSelectEvent | import('system-logs').LogStatusChangeEvent | import('system-logs').LogFilterChangeEvent} event
 */
export function eventRow(event) {
  return { name: event.type, what: whatOf(event) };
}

/** @param {Parameters<typeof eventRow>[0]} event */
function whatOf(event) {
  if ('status' in event) return event.status.state;
  if ('filter' in event) return `search “${event.filter.search}”`;
  return event.entry === null ? 'nothing' : messageOf(event.entry.text);
}

/** An entry is its JSON exactly as it was logged. @param {string} text */
function messageOf(text) {
  try {
    return String(JSON.parse(text).msg);
  } catch {
    return text;
  }
}
