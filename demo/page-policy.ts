// The strict content security policy that the demo's pages are served with. A page that is pointed at another server by `?endpoint=` may
// connect there too, and nowhere else.

/** As a URL's `host` is written; a stricter set than URLs allow, because the text becomes part of a header. */
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/;

/**
 * @param endpoint what the page's address names, null where it names none; a wrong one opens nothing
 * @param trustedTypes the policies that the page's scripts make: `system-logs` is the one of our one-file bundles, `lit-html` that of any other Lit
 */
export function pagePolicy(endpoint: string | null, trustedTypes = 'system-logs'): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["connect-src 'self'", ...originsOf(endpoint)].join(' '),
    "img-src 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypes}`,
  ].join('; ');
}

/** Its WebSocket, and the HTTP of the same host: that is where the page asks why a WebSocket fails. */
function originsOf(endpoint: string | null): string[] {
  const url = endpoint === null ? null : parseUrl(endpoint);
  if (url === null || !HOST.test(url.host)) return [];
  if (url.protocol === 'ws:' || url.protocol === 'http:') return [`ws://${url.host}`, `http://${url.host}`];
  if (url.protocol === 'wss:' || url.protocol === 'https:') return [`wss://${url.host}`, `https://${url.host}`];
  return [];
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
