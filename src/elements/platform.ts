// The page as core sees it: its clock, its frames, its sockets, and what it can ask over HTTP.
import type { Clock, HttpProbe, SocketFactory } from '../core/platform.js';

export const pageClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

export const pageSocket: SocketFactory = (url, protocols = []) => new WebSocket(url, [...protocols]);

const PROBE_TIMEOUT_MS = 5000;

/** Asks once with the page's cookies; where another origin's rules hide the answer, asks again only whether there is one. */
export const pageProbe: HttpProbe = async (url, token) => {
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  try {
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(url, { headers, credentials: 'include', cache: 'no-store', signal });
    const body: unknown = await response.json().catch(() => null);
    return { kind: 'readable', status: response.status, body };
  } catch {
    try {
      await fetch(url, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal });
      return { kind: 'opaque' };
    } catch {
      return { kind: 'silent' };
    }
  }
};
