// What is wrong on the page's own side, before any server is asked: its endpoint, its level, its token.
import { cause, quotable, type Cause } from './cause.js';

/** What is wrong with an endpoint before any connection: none given, no WebSocket address, or ws: in a page that came over https. */
export type EndpointProblem = 'missing' | 'malformed' | 'insecure';

const ENDPOINTS = { missing: 'noEndpoint', malformed: 'endpointMalformed', insecure: 'endpointInsecure' } as const;

/** Shows the endpoint without its user, query and fragment, where tokens are. */
export function explainEndpoint(endpoint: string, problem: EndpointProblem): Cause {
  const words = quotable(endpoint.replace(/(?:[?#]|access_token).*$/is, '').replace(/\/\/[^/]*@/, '//'));
  return cause('invalid-endpoint', ENDPOINTS[problem], problem === 'malformed' ? { words } : {}, [], { retry: false });
}

/** For a level that is none of the six. */
export function explainLevel(level: string): Cause {
  return cause('unknown-level', 'unknownLevel', { words: quotable(level) }, [], { retry: false });
}

/** Why this page has no token: its function failed, does not come back, or what it gave is none. */
export type TokenProblem = 'failed' | 'pending' | 'not-a-token';

const TOKENS = { failed: 'tokenFailed', pending: 'tokenPending', 'not-a-token': 'tokenNotText' } as const;

/** The server was not asked, and is not blamed. */
export function explainToken(problem: TokenProblem): Cause {
  return cause('no-token', TOKENS[problem], {}, ['ownToken']);
}
