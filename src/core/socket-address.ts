// What stands around the address of a socket: where its token goes, and the host that sentences name.
import { toBase64Url } from './access-token.js';
import type { SocketFactory, SocketLike } from './platform.js';

/** How a token is sent: in the address, which Directus takes, or as a subprotocol, which is in no address and no access log and Directus does not take. */
export type TokenPlace = 'query' | 'subprotocol';

/** Opens the socket of a connection with the token where it belongs. May throw what holds the token. */
export function openSocket({ url, createSocket, tokenIn }: { url: string; createSocket: SocketFactory; tokenIn?: TokenPlace }, token: string | null): SocketLike {
  if (token === null || tokenIn !== 'subprotocol') return createSocket(addressWithToken(url, token));
  return createSocket(url, ['system-logs', `bearer.system-logs.${toBase64Url(token)}`]);
}

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
  return token === null ? words : [token, encodeURIComponent(token), toBase64Url(token)].reduce((said, form) => said.replaceAll(form, '…'), words);
}
