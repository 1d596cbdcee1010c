// Who may read the demo's logs: a page brings its cookie; a program brings the token of the line that is printed.
import type { Authenticate } from '../src/server/index.js';
import { isSignedIn } from './admin-site.js';

export interface DemoKeys {
  readonly token: string;
  /** The value of the page's cookie. */
  readonly session: string;
}

export function demoSignIn({ token, session }: DemoKeys): Authenticate {
  return ({ token: brought, request }) => ((brought === null ? isSignedIn(request, session) : brought === token) ? { id: 'demo' } : null);
}
