// A reverse proxy that puts the demo's page and a Directus under one origin, as an admin page beside its Directus is served: what a browser then does
// with cookies and origins is what it does there.
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { closeServer, listen } from '../../demo/shop-instance.js';

export interface OneOrigin {
  /** With a slash at its end. */
  readonly page: string;
  close(): Promise<void>;
}

/** @param page address of the demo  @param directus origin of the Directus, which gets what begins with /server/ and /websocket/ */
export async function startOneOrigin(page: string, directus: string): Promise<OneOrigin> {
  const targetOf = ({ url = '/' }: IncomingMessage): URL => new URL(/^\/(?:server|websocket)\//.test(url) ? directus : page);
  const sockets = new Set<Socket>();
  // the name that the browser used stays in `host`, as a proxy must have it where the server compares it with the origin
  const server = createServer((request, response) => {
    const { hostname, port } = targetOf(request);
    const onward = httpRequest({ hostname, port, path: request.url, method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  server.on('upgrade', (request, socket: Socket, head) => {
    const { hostname, port } = targetOf(request), onward = connect(Number(port), hostname);
    sockets.add(onward.on('error', () => socket.destroy()));
    const lines = request.rawHeaders.map((text, index) => (index % 2 === 0 ? `\r\n${text}: ` : text)).join('');
    onward.write(`GET ${request.url ?? '/'} HTTP/1.1${lines}\r\n\r\n`);
    onward.write(head);
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    onward.pipe(socket).pipe(onward);
  });
  await listen(server);
  return {
    page: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await closeServer(server);
    },
  };
}
