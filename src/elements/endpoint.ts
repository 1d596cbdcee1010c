// An `endpoint` attribute as an address: ws, wss, http, https or relative, resolved against the document. A token in its query is taken out
// before anything is shown, thrown, logged or put into an event.
import { explainEndpoint, isOwnMachine, type Cause } from '../core/causes.js';

export type Endpoint =
  /** `url` is ws: or wss: and holds no token. */
  | { readonly ok: true; readonly url: string; readonly token: string | null }
  | { readonly ok: false; readonly cause: Cause };

const SOCKET_SCHEMES: Readonly<Record<string, string>> = { 'http:': 'ws:', 'https:': 'wss:', 'ws:': 'ws:', 'wss:': 'wss:' };

/** @param base the document's own address, as `document.baseURI` gives it */
export function parseEndpoint(text: string, base: string): Endpoint {
  if (text.trim() === '') return { ok: false, cause: explainEndpoint(text, 'missing') };
  const url = URL.canParse(text.trim(), base) ? new URL(text.trim(), base) : null;
  const scheme = SOCKET_SCHEMES[url?.protocol ?? ''];
  if (url === null || scheme === undefined || url.host === '') return { ok: false, cause: explainEndpoint(text, 'malformed') };
  if (scheme === 'ws:' && base.startsWith('https:') && !isOwnMachine(url.hostname)) return { ok: false, cause: explainEndpoint(text, 'insecure') };
  const token = url.searchParams.get('access_token');
  url.searchParams.delete('access_token');
  url.username = url.password = url.hash = '';
  // the scheme is replaced in the text: to set `protocol` from http to ws is refused by some engines
  return { ok: true, url: scheme + url.href.slice(url.protocol.length), token };
}
