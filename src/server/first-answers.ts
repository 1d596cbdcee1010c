// Answers plain HTTP requests at our own paths before anything of the application sees them: a request there may bring a token, and whoever comes
// first may log it. A listener cannot keep a request from the others, so the server's `emit` is asked, as tracing tools do. It knows no answers.
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';

type Server = HttpServer | HttpsServer;

/** True: it answers, now or later. Must not throw. */
export type FirstAnswer = (request: IncomingMessage, response: ServerResponse) => boolean;

const EVENTS: ReadonlySet<unknown> = new Set(['request', 'checkContinue', 'checkExpectation']);
const answersOf = new WeakMap<Server, Map<string, FirstAnswer>>();

/** @param key a later answer with the same one takes the place of the earlier: that of a log server that was closed */
export function answerFirst(server: Server, key: string, answer: FirstAnswer): void {
  const known = answersOf.get(server);
  if (known !== undefined) return void known.set(key, answer);
  const answers = new Map([[key, answer]]), emit = Reflect.get(server, 'emit') as (this: unknown, ...all: readonly unknown[]) => boolean;
  answersOf.set(server, answers);
  server.emit = function (this: unknown, ...all: readonly unknown[]): boolean {
    if (EVENTS.has(all[0])) {
      for (const first of answers.values()) if (first(all[1] as IncomingMessage, all[2] as ServerResponse)) return true;
    }
    return emit.apply(this, [...all]);
  } as typeof server.emit;
}
