// What is wrong on the page's own side, before any server is asked: its endpoint, its level, its token.
import { cause, quote, type Cause } from './cause.js';
import { LEVEL_NAMES } from './levels.js';

/** What is wrong with an endpoint before any connection: none given, no WebSocket address, or ws: in a page that came over https. */
export type EndpointProblem = 'missing' | 'malformed' | 'insecure';

/** Shows the endpoint without its user, query and fragment, where tokens are. */
export function explainEndpoint(endpoint: string, problem: EndpointProblem): Cause {
  const fault = (short: string, title: string, sentence: string): Cause => cause('invalid-endpoint', short, title, sentence, { retry: false });
  switch (problem) {
    case 'missing': return fault('no endpoint', 'No endpoint is set',
      'This viewer does not know where the log is. Name its address in the endpoint attribute, for instance endpoint="/websocket/logs".');
    case 'insecure': return fault('endpoint not secure', 'The endpoint is not secure',
      'This page came over https, so the browser opens only secure connections. Let the endpoint begin with wss: or https:.');
    case 'malformed': return fault('endpoint not valid', 'The endpoint is not an address',
      `${quote(endpoint.replace(/(?:[?#]|access_token).*$/is, '').replace(/\/\/[^/]*@/, '//'))} is not an address for a WebSocket. `
      + 'Use one that begins with ws:, wss:, http: or https:, or one relative to this page.');
  }
}

/** For a level that is none of the six. */
export function explainLevel(level: string): Cause {
  return cause('unknown-level', 'unknown level', 'There is no such level',
    `${quote(level)} is not a level. Use one of ${LEVEL_NAMES.join(', ')}, in small letters.`, { retry: false });
}

/** Why this page has no token: its function failed, does not come back, or what it gave is none. */
export type TokenProblem = 'failed' | 'pending' | 'not-a-token';

/** The server was not asked, and is not blamed. */
export function explainToken(problem: TokenProblem): Cause {
  const what = {
    failed: 'The function that should give the token failed; its error stands in the console of the browser.',
    pending: 'The function that should give the token has not come back yet.',
    'not-a-token': 'What was given as the token is none: it must be a text, or nothing.',
  }[problem];
  return cause('no-token', 'no token', 'This page could not get a token', `${what} The server was not asked. This page tries again by itself.`,
    { checks: ['see what accessToken of this viewer is set to'] });
}
