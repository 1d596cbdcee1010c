// Why something does not work, in English. What may be said is decided by causes.ts; here and in the dictionaries of other languages it is only
// said: by its name, of the facts that it is given, and no more than they hold. docs/directus.md has the same sentences, and a test compares them.
import { formatCount } from './format.js';

/** What a sentence is about; a fact that its cause does not have is empty. */
export interface CauseFacts {
  /** Host and port of the endpoint. */
  readonly host: string;
  /** Of an answer over HTTP. */
  readonly status: number;
  /** Of the close event; null where it gave none. */
  readonly closeCode: number | null;
  /** Words of somebody else, for quotation marks: one line, cut, without what could turn it around. */
  readonly words: string;
  readonly hasToken: boolean;
  /** The attribute that is wrong, what it can be, and the number that is used in its place. */
  readonly attribute: string;
  readonly choices: readonly string[];
  readonly usual: number;
}

/** Two to six words for a toolbar; a heading without a full stop; what is known, then what to do, in whole sentences. */
export type CauseWords = readonly [short: string, title: string, sentence: string];

type Say = (facts: CauseFacts) => CauseWords;

const LEVELS = 'trace, debug, info, warn, error, fatal';
const AGAIN = 'This page tries again by itself.', CONNECTS = 'This page connects again by itself.';
const SILENT_HERE = 'Directus is silent like this where the path is wrong or the logs are switched off; a proxy that holds the request';
const refused = (sentence: string): CauseWords => ['connection not accepted', 'The connection was not accepted', sentence];
const noAnswer = (sentence: string): CauseWords => ['no answer', 'The server does not answer this viewer', sentence];
const closed = (sentence: string): CauseWords => ['closed by the server', 'The server closed the connection', `${sentence} ${CONNECTS}`];
const noToken = (sentence: string): CauseWords =>
  ['no token', 'This page could not get a token', `${sentence} The server was not asked. ${AGAIN}`];
const unknownLevel = ({ words }: CauseFacts, rest = ''): CauseWords =>
  ['unknown level', 'There is no such level', `“${words}” is not a level. Use one of ${LEVELS}, in small letters.${rest}`];

export const causesInEnglish = {
  // the page's own side
  noEndpoint: () => ['no endpoint', 'No endpoint is set',
    'This viewer does not know where the log is. Name its address in the endpoint attribute, for instance endpoint="/websocket/logs".'],
  endpointInsecure: () => ['endpoint not secure', 'The endpoint is not secure',
    'This page came over https, so the browser opens only secure connections. Let the endpoint begin with wss: or https:.'],
  endpointMalformed: ({ words }) => ['endpoint not valid', 'The endpoint is not an address',
    `“${words}” is not an address for a WebSocket. Use one that begins with ws:, wss:, http: or https:, or one relative to this page.`],
  unknownLevel: (facts) => unknownLevel(facts),
  unknownLevelHere: (facts) => unknownLevel(facts, ' The level info is used.'),
  wrongNumber: ({ attribute, words, usual }) => [attribute, 'An attribute is not right',
    `“${words}” is no number that ${attribute} can have. It takes a whole number from 1; ${formatCount(usual)} is used.`],
  wrongChoice: ({ attribute, words, choices }) => [attribute, 'An attribute is not right',
    `“${words}” is nothing that ${attribute} can be. It is one of ${choices.join(', ')}; ${choices[0] ?? ''} is used.`],
  tokenFailed: () => noToken('The function that should give the token failed; its error stands in the console of the browser.'),
  tokenPending: () => noToken('The function that should give the token has not come back yet.'),
  tokenNotText: () => noToken('What was given as the token is none: it must be a text, or nothing.'),
  offline: () => ['browser offline', 'This browser is offline', 'It reports no network. This page connects by itself when the network is back.'],

  // what the server said
  expired: () => ['sign-in expired', 'Your sign-in has expired',
    'The server says that the token or the session has run out. Sign in again, or give this page a fresh token, and the log goes on.'],
  busy: () => ['server busy', 'The server is busy', `It asks to try again later: too many viewers may be open. ${AGAIN}`],
  forbidden: () => ['not allowed', 'You may not read this log', 'The server closed the connection and said that this account has no right to it.'],
  restart: () => ['server stopped', 'The server has stopped or is restarting', `It said so when it closed the connection. ${CONNECTS}`],
  policy: () => closed('It said that this page broke one of its rules, for instance by too many messages.'),
  slow: () => ['page too slow', 'This page was too slow',
    `The server closed the connection and said that its entries came faster than this page took them. ${CONNECTS}`],
  signInRefused: ({ words }) => ['sign-in refused', 'The server refused the sign-in',
    `It answered “${words}”. The token may be wrong or too old, or its account may not be an administrator.`],
  serverError: ({ words }) => ['server reports an error', 'The server reports an error', `It answered “${words}”.`],
  tooManyMessages: ({ words }) => ['too many messages', 'The server takes no more messages for now', `It answered “${words}”. The connection stays open.`],

  // the connection had been open
  silent: () => ['server silent', 'The server has gone silent',
    `The connection looks open, but a question that the server always answers got no answer. It may hang, or the network dropped the connection without a word. ${CONNECTS}`],
  lost: () => ['connection lost', 'The connection broke off',
    `It ended without a goodbye. The server may have stopped (Directus stops so), a proxy may have cut the connection, or the network failed. ${CONNECTS}`],
  closed: ({ closeCode, words }) => closed(`${closeCode === null ? 'It gave no code' : `It gave the code ${closeCode}`} ${words === '' ? 'and no reason' : `and the reason “${words}”`}.`),

  // it never opened, and the page can read nothing
  unreachable: ({ host }) => ['server unreachable', 'The server does not answer',
    `Nothing answers at ${host}, neither to this viewer nor to an ordinary request. The server may be down, the name or the port may be wrong, or something on the way stops the browser. ${AGAIN}`],
  nothingCame: ({ host }) => noAnswer(`Nothing came back from ${host}. ${SILENT_HERE}, or a network that swallows it, looks the same.`),
  hiddenAnswer: ({ host }) => noAnswer(`Something at ${host} answers ordinary requests, but not this viewer. ${SILENT_HERE} looks the same.`),
  hiddenRefusal: ({ host }) => refused(`Something answers at ${host}, but the browser hides from this page what it says. The server may have refused the origin of this page or its sign-in, or a proxy answers in its place.`),
  noConnection: ({ host }) => ['no connection', 'The connection could not be opened',
    `The browser does not tell a page why. The server may be down, ${host} may be the wrong name or port, or the server refused: the sign-in, the rights of the account, the origin of this page, or one viewer more.`],

  // it never opened, but the same host answered over HTTP
  proxy: ({ host, status }) => [`proxy answered ${status}`, 'The server does not answer', `A proxy answered ${status} for ${host}: it got no answer from the server behind it. ${AGAIN}`],
  unavailable: ({ host }) => ['server not available', 'The server takes no requests now',
    `${host} answered 503. It may be starting, overloaded or under repair, or a proxy says so in its place. ${AGAIN}`],
  tooManyRequests: ({ host }) => ['too many requests', 'The server takes no requests now', `${host} answered 429: it got too many requests. ${AGAIN}`],
  failing: ({ host, status }) => [`server answered ${status}`, 'The server reports an error', `${host} answered ${status} to an ordinary request too. ${AGAIN}`],
  websocketsOff: () => ['WebSockets switched off', 'WebSockets are switched off on this server',
    'Directus says so itself. Set WEBSOCKETS_ENABLED=true and start the server again. This page connects by itself.'],
  tokenRefused: ({ host, status }) => ['token not accepted', 'The server does not accept the token',
    `${host} answered ${status} to an ordinary request with the same token. It is wrong, or not valid any more.`],
  notSignedIn: ({ host, hasToken }) => ['not signed in', 'You are not signed in on this server',
    `${host} answers, but ${hasToken ? 'it did not take the token of this page' : 'it does not know who asks'}. Sign in there, or give this page a token; it connects by itself.`],
  accessRefused: ({ host }) => ['access refused', 'The server refuses this page',
    `${host} answered 403 to an ordinary request too: the account, the origin of this page or its network is not allowed there.`],
  noLogs: ({ host }) => ['no logs for this account', 'This sign-in is offered no logs',
    `Directus at ${host} knows who asks, but the account is not an administrator, or the logs are switched off. Where the account is the reason Directus refuses at once, as it did here.`],
  offeredAndRefused: ({ host }) => refused(`Directus at ${host} offers its logs to this sign-in, but did not open the connection. The origin of this page may not be allowed, too many viewers may be open, or a proxy may not pass WebSockets on.`),
  answeredAndRefused: ({ host, status }) => refused(`A server at ${host} is running and answers ordinary requests (${status}), but did not open the connection. The sign-in, the account, the origin of this page or the path may be wrong, too many viewers may be open, or a proxy may not pass WebSockets on.`),
  wouldBeLetIn: ({ host }) => refused(`${host} answers an ordinary request that it would let this viewer in, but did not open the connection. A proxy may not pass WebSockets on, or not the host name that this page asks for.`),
  logsOff: ({ host }) => ['logs switched off', 'Logs seem to be switched off on this server',
    `Directus at ${host} offers no logs to this sign-in and gave this viewer no answer, as it does where logs are switched off. Set WEBSOCKETS_LOGS_ENABLED=true and start the server again; this page connects by itself. An account that is not an administrator is offered no logs either, but Directus refuses it at once.`],
  otherPath: ({ host }) => noAnswer(`Directus at ${host} offers its logs to this sign-in, but not at this path, or a proxy holds the request.`),
  answersOthers: ({ host, status }) => noAnswer(`${host} answers ordinary requests (${status}), but not this viewer. ${SILENT_HERE} looks the same.`),
} satisfies Readonly<Record<string, Say>>;

export type CauseName = keyof typeof causesInEnglish;
export type CauseSentences = Readonly<Record<CauseName, Say>>;

/** What to check, each a short clause in the imperative, without a full stop. */
export const checksInEnglish = {
  running: 'see whether the server is running',
  address: 'compare host and port in the endpoint with those of the server',
  path: 'compare the path in the endpoint with WEBSOCKETS_LOGS_PATH (/websocket/logs unless it was changed)',
  on: 'see whether WEBSOCKETS_LOGS_ENABLED is true on the server',
  token: 'see whether the token is valid and is that of an administrator',
  signIn: 'sign in on the server as an administrator, or give this page the token of one',
  origin: 'allow the origin of this page (Directus: CORS_ORIGIN, where * does not count; system-logs/server: allowedOrigins)',
  limit: 'compare the number of open viewers with WEBSOCKETS_LOGS_CONN_LIMIT',
  upgrade: 'see whether a proxy passes WebSocket upgrades on',
  way: 'look for a firewall, a certificate that the browser does not trust, or a connect-src policy of this page',
  level: 'ask for a higher level, so that fewer entries come',
  ownLog: 'read the log of the server itself',
  ownToken: 'see what accessToken of this viewer is set to',
};

export type CheckName = keyof typeof checksInEnglish;
