// Where a connection's token comes from, and when it ends: a JSON Web Token says so itself (RFC 7519, `exp`).

/** A token, or a function that gets one; null where there is none and the cookie signs in. */
export type AccessToken = string | (() => string | null | Promise<string | null>) | null;

/** A token (null: none, the cookie signs in), or why there is none: the function threw, or what it gave is no text. */
export type AskedToken = { readonly token: string | null } | { readonly problem: 'failed'; readonly thrown: unknown } | { readonly problem: 'not-a-token' };

/** Gets the token from where it comes. Never rejects. */
export async function askToken(accessToken: AccessToken): Promise<AskedToken> {
  let token: unknown = accessToken;
  if (typeof accessToken === 'function') {
    try {
      token = await accessToken();
    } catch (thrown) {
      return { problem: 'failed', thrown };
    }
  }
  if (token === undefined || token === null || token === '') return { token: null };
  return typeof token === 'string' ? { token } : { problem: 'not-a-token' };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url (RFC 4648, section 5) to text, one character a byte; null where it is none. The `exp` of a token is plain ASCII. */
function fromBase64Url(text: string): string | null {
  let bits = 0, held = 0, decoded = '';
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    decoded += String.fromCharCode((bits >> held) & 0xff);
  }
  return decoded;
}

/** The UTF-8 bytes of a text in base64url without padding: `=` may not stand in a subprotocol. */
export function toBase64Url(text: string): string {
  let bits = 0, held = 0, encoded = '';
  // as encodeURIComponent writes it, each character is one byte, or `%` and a byte in hexadecimal
  for (const [part] of encodeURIComponent(text).matchAll(/%..|./g)) {
    bits = ((bits << 8) | (part.length === 1 ? part.charCodeAt(0) : parseInt(part.slice(1), 16))) & 0xffff;
    for (held += 8; held >= 6; held -= 6) encoded += ALPHABET.charAt((bits >> (held - 6)) & 63);
  }
  return held === 0 ? encoded : encoded + ALPHABET.charAt((bits << (6 - held)) & 63);
}

/** When a token ends, in milliseconds since 1970; null where it does not say. */
export function tokenExpiry(token: string): number | null {
  const payload = fromBase64Url(token.split('.')[1] ?? '');
  if (payload === null || token.split('.').length !== 3) return null;
  try {
    const exp = (JSON.parse(payload) as { exp?: unknown } | null)?.exp;
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null;
  } catch {
    return null;
  }
}

const LEAD_MS = 30_000, LEAST_MS = 1000;

/**
 * When to renew a token that ends at `expiry`, in ms from now: half a minute before, or half-way where less is left; at least a second, so
 * that a source with nothing newer is not asked faster and faster.
 */
export function renewalDelay(expiry: number, now: number): number {
  const left = expiry - now;
  return left > 2 * LEAD_MS ? left - LEAD_MS : Math.max(LEAST_MS, left / 2);
}
