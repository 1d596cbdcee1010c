// Where the pages of the documents stand: an application of ours with its logs, or an unmodified Directus behind one origin, the bundle, and what the page of a
// block needs beside it, all under the strict policy. It knows no browser.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import { pagePolicy } from '../../demo/page-policy.js';
import { closeServer, listen } from '../../demo/shop-instance.js';
import { createLogServer } from '../../src/server/index.js';
import { startFakeDirectus } from '../helpers/fake-directus.js';
import { startOneOrigin } from '../helpers/one-origin.js';
import { ROOT } from './doc-blocks.js';

export interface DocSite {
  /** With a slash at its end. */
  readonly page: string;
  /** By which a reader is let in, as a token or, at a Directus, as its cookie. */
  readonly token: string;
  /** Something happens that is logged, at info and at error, by its number. */
  log(): number;
  /** Every viewer loses its connection, and finds the server again. */
  interrupt(): void;
}

export interface DocPage {
  /** What stands in the document; a whole page, or a part of a body. */
  readonly html: string;
  readonly css?: string;
  readonly script?: string | undefined;
  /** By the names under which the page asks for them. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether the logs are those of a Directus. */
  readonly directus: boolean;
}

const STYLE = 'html, body { block-size: 100%; margin: 0 } system-logs, log-list, log-detail { block-size: 600px }';
/** A server of another host than the page, as the documents name it. */
const OTHER_HOST = /\b(?:wss|https):\/\/[\w-]+\.example\.com/g;

/** Serves one page until the test ends. */
export async function startDocSite(test: TestContext, page: DocPage): Promise<DocSite> {
  const http = createServer();
  await listen(http);
  const { port } = http.address() as AddressInfo, own = `http://127.0.0.1:${port}`;
  const directus = await startFakeDirectus({ cors: true, uid: 'directus' }), token = page.directus ? directus.issueToken() : 'a-fresh-token';
  const logs = createLogServer({ authenticate: ({ token: brought }) => (brought === null || brought === token ? { id: 'reader' } : null), level: 'trace' });
  const logger = pino({ level: 'trace' }, logs.destination);
  logs.attach(http);
  const front = page.directus ? await startOneOrigin(`${own}/`, directus.origin) : { page: `${own}/`, close: () => Promise.resolve() };
  const here = (text: string): string => text.replaceAll(OTHER_HOST, page.directus ? directus.origin.replace('http', 'ws') : own.replace('http', 'ws'));
  const files: Readonly<Record<string, readonly [type: string, content: string | Buffer]>> = {
    '/': ['text/html', documentOf(here(page.html), page.css !== undefined, page.script !== undefined)],
    '/icon.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    '/base.css': ['text/css', STYLE],
    '/block.css': ['text/css', page.css ?? ''],
    '/block.js': ['text/javascript', scriptOf(here(page.script ?? ''))],
    ...Object.fromEntries([...page.files].map(([name, text]) => [`/${name}`, name.endsWith('.css') ? ['text/css', text] : ['text/javascript', scriptOf(here(text))]])),
    // the page's own way to a token
    '/log-token': ['text/plain', token],
  };
  http.on('request', (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '', [type, content] = files[path] ?? [];
    const [, asset] = /\/(system-logs\.min\.js|languages\/\w+\.js)$/.exec(path) ?? [];
    if (asset !== undefined) return void response.setHeader('content-type', 'text/javascript').end(readFileSync(join(ROOT, 'dist/cdn', asset)));
    if (type === undefined) return void response.writeHead(404).end();
    response.setHeader('content-type', `${type}; charset=utf-8`).setHeader('content-security-policy', pagePolicy(page.directus ? directus.url : null)).end(content);
  });
  test.after(async () => {
    await logs.close();
    await directus.close();
    await front.close();
    await closeServer(http);
  });
  const connections = new Set<Socket>();
  http.on('connection', (socket) => connections.add(socket));
  let entries = 0;
  return {
    page: front.page, token,
    log() {
      entries++;
      for (const level of ['info', 'error'] as const) {
        const msg = `GET /entry/${entries} ${level}`;
        if (page.directus) directus.log({ level: level === 'info' ? 30 : 50, time: Date.now(), pid: 1, hostname: 'directus', msg });
        else logger[level](msg);
      }
      return entries;
    },
    interrupt() {
      for (const socket of directus.sockets) socket.terminate();
      for (const socket of connections) socket.destroy();
    },
  };
}

/** For a page without a build step the one file is the package. */
function scriptOf(text: string): string {
  return text.replaceAll(/(from |import |import\()'system-logs'/g, (_, word) => `${String(word)}'./system-logs.min.js'`);
}

function documentOf(html: string, hasStyle: boolean, hasScript: boolean): string {
  const bundle = html.includes('system-logs.min.js') ? '' : '<script type="module" src="system-logs.min.js"></script>';
  const added = `<link rel="icon" href="icon.svg"><link rel="stylesheet" href="base.css">${hasStyle ? '<link rel="stylesheet" href="block.css">' : ''}${bundle}${hasScript ? '<script type="module" src="block.js"></script>' : ''}`;
  return html.includes('</head>') ? html.replace('</head>', `${added}</head>`) : `<!doctype html><html lang="en"><head><title>Block</title>${added}</head><body>${html}</body></html>`;
}
