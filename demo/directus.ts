// `npm run demo:directus`: a server that answers as an unmodified Directus does at its logs, for who has none at hand, with requests that come by themselves. It
// runs none of our code. Prints where its logs are and the token of its administrator; PORT chooses its port (default 8055, as Directus has it).
import { startFakeDirectus } from '../test/helpers/fake-directus.js';
import { failToListen, readSettings } from './settings.js';

const TOKEN = 'lab-admin-static-token', REQUEST_MS = 700;
const REQUESTS = ['GET /server/ping', 'GET /items/products?limit=24', 'GET /items/orders?filter[status]=open', 'PATCH /items/orders/17', 'GET /assets/lamp.webp', 'POST /auth/refresh'];

const { port } = readSettings([], { ...process.env, PORT: process.env['PORT'] || '8055' });
const server = await startFakeDirectus({ port, cors: true, adminTokens: [TOKEN] }).catch((error: unknown) => failToListen(error, port));

let count = 0;
const requests = setInterval(() => {
  const [method, path = ''] = (REQUESTS[count++ % REQUESTS.length] ?? '').split(' ', 2);
  void fetch(`${server.origin}${path}`, { ...(method === undefined ? {} : { method }), headers: { authorization: `Bearer ${TOKEN}` } }).then((response) => response.arrayBuffer(), () => undefined);
  if (count % REQUESTS.length === 0) server.log({ level: 50, time: Date.now(), pid: process.pid, hostname: 'directus', err: { type: 'Error', message: 'connect ECONNREFUSED 10.0.0.7:25', stack: 'Error: connect ECONNREFUSED 10.0.0.7:25\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)' }, msg: 'The mail could not be sent' });
}, REQUEST_MS);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clearInterval(requests);
    void server.stop();
  });
}
console.log(`endpoint ${server.url}`);
console.log(`token ${TOKEN}`);
