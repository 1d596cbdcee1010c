// Loads ws, which only an application that serves viewers installs. Asked for when a log server is made and not when this half is imported: a missing
// package is then a sentence, where a static import would be an error of the module loader. It knows nothing of what the sockets are for.
import { createRequire } from 'node:module';

/** The first version whose limits on fragments and waiting chunks are those that the endpoint sets. */
const LEAST = [8, 21] as const;

/** Throws a sentence where ws is not installed, or is older than the limits that it is to keep. @param load tests bring their own */
export function loadWebSockets(load: (name: string) => unknown = createRequire(import.meta.url)): typeof import('ws') {
  const needs = `createLogServer needs the package ws, ${LEAST.join('.')} or later`;
  let version: unknown, ws: unknown;
  try {
    ({ version } = load('ws/package.json') as { version: unknown });
    ws = load('ws');
  } catch (error) {
    throw new Error(`${needs}: npm install ws`, { cause: error });
  }
  const [major = 0, minor = 0] = String(version).split('.').map(Number);
  if (!(major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]))) throw new Error(`${needs}; ${String(version)} is installed: npm install ws@latest`);
  return ws as typeof import('ws');
}
