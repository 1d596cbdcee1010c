// What stands around the address of a socket: the token in its query, and the host that sentences name.

/** Directus' way to sign in at the upgrade: `?access_token=…`. */
export function addressWithToken(url: string, token: string | null): string {
  return token === null ? url : `${url}${url.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`;
}

/** `logs.example.com:8080` of `wss://logs.example.com:8080/websocket/logs`. */
export function hostOf(url: string): string {
  return /^\w+:\/\/(?:[^@/?#]*@)?([^/?#]+)/.exec(url)?.[1] ?? url;
}

/** The words of a server, which may repeat the token, without it. */
export function withoutToken(words: string, token: string | null): string {
  return token === null ? words : words.replaceAll(token, '…').replaceAll(encodeURIComponent(token), '…');
}
