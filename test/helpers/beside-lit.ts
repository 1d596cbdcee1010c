// The demo's page as a host page has it that is built with a Lit of its own: a reverse proxy adds the host's script to each page, allows its policy, and asks
// the browser to report what is violated. Whether the host's script comes before the viewer's or after it decides whose policy is made first.
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { closeServer, listen } from '../../demo/shop-instance.js';

export interface SiteBesideLit {
  /** With a slash at its end. */
  readonly page: string;
  /** What browsers reported. */
  readonly reports: string[];
  close(): Promise<void>;
}

const HOST = `import { css, html, LitElement } from 'lit';
customElements.define('host-note', class extends LitElement {
  static styles = css\`:host { display: block; position: fixed; inset: auto 0 0 auto; pointer-events: none }\`;
  render() { return html\`<p>Drawn by the host's own Lit</p>\`; }
});
addEventListener('DOMContentLoaded', () => document.body.append(document.createElement('host-note')));`;

/** @param demo address of the demo's page  @param place of the host's script */
export async function startSiteBesideLit(demo: string, place: 'first' | 'last'): Promise<SiteBesideLit> {
  const { hostname, port } = new URL(demo), script = await hostScript(), reports: string[] = [], sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    if (request.url === '/host.js') return void response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
    if (request.url === '/reports') return void textOf(request).then((text) => reports.push(text)).finally(() => response.writeHead(204).end());
    const onward = httpRequest({ hostname, port, path: request.url, method: request.method, headers: request.headers }, (answer) => void hand(answer, response, place));
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  server.on('upgrade', (request, socket: Socket, head) => {
    const onward = connect(Number(port), hostname);
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
    page: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, reports,
    async close() {
      for (const socket of sockets) socket.destroy();
      await closeServer(server);
    },
  };
}

async function hand(answer: IncomingMessage, response: ServerResponse, place: 'first' | 'last'): Promise<void> {
  const { 'content-security-policy': policy, 'content-length': _, ...headers } = answer.headers;
  if (typeof policy !== 'string') return void answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
  const script = '<script type="module" src="/host.js"></script>', page = await textOf(answer);
  response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-security-policy': `${policy} lit-html; report-uri /reports` });
  response.end(place === 'first' ? page.replace('<head>', `<head>${script}`) : page.replace('</head>', `${script}</head>`));
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of message.setEncoding('utf8')) text += part as string;
  return text;
}

/** As a bundler makes it for production. */
async function hostScript(): Promise<string> {
  const entry = join(import.meta.dirname, 'host.js');
  const bundle = await rollup({
    input: entry,
    plugins: [{ name: 'entry', resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? HOST : null) }, nodeResolve({ exportConditions: ['production', 'browser'] })],
  });
  const { output: [{ code }] } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return code;
}
