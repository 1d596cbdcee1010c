// The shop's admin site: static pages under the strict header, a sign-in by cookie, the door to the shop's instances, and the customers'
// rate. The logs endpoint hangs on the same server, but is not known here.
import { readFile } from 'node:fs/promises';
import { request as httpRequest, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pagePolicy } from './page-policy.js';
import type { ShopInstance } from './shop-instance.js';

export interface AdminSiteOptions {
  readonly instances: readonly ShopInstance[];
  /** Requests a second; setting it sends more or fewer. */
  readonly customers: { rate: number };
  /** The value that the site's cookie has for a visitor who is signed in: everybody, it is a demo. */
  readonly session: string;
}

export const SESSION_COOKIE = 'demo_session';

const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' } as const;

/** What is served, by path; nothing else of the disk is. */
const FILES: Readonly<Record<string, readonly [file: string, type: keyof typeof TYPES]>> = {
  '/': ['demo/index.html', 'html'],
  '/parts.html': ['demo/parts.html', 'html'],
  '/page.css': ['demo/pages/page.css', 'css'],
  '/page.js': ['demo/pages/page.js', 'js'],
  '/parts.js': ['demo/pages/parts.js', 'js'],
  '/speak.js': ['demo/pages/speak.js', 'js'],
  '/icon.svg': ['demo/pages/icon.svg', 'svg'],
  '/looks/plain.css': ['demo/looks/plain.css', 'css'],
  '/looks/studio.css': ['demo/looks/studio.css', 'css'],
  '/looks/high-contrast.css': ['demo/looks/high-contrast.css', 'css'],
  '/system-logs.min.js': ['dist/cdn/system-logs.min.js', 'js'],
  '/languages/ar.js': ['dist/cdn/languages/ar.js', 'js'],
  '/languages/de.js': ['dist/cdn/languages/de.js', 'js'],
};
const ROOT = join(import.meta.dirname, '..');

/** Names that reach this machine itself; any other could be a foreign site's that points here. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

export function createAdminSite({ instances, customers, session }: AdminSiteOptions): Server {
  let turn = 0;
  const server = createServer((request, response) => {
    const url = new URL(`http://admin${request.url?.startsWith('/') === true ? request.url : '/'}`);
    response.setHeader('x-content-type-options', 'nosniff').setHeader('referrer-policy', 'no-referrer').setHeader('cache-control', 'no-store');
    if (!OWN_HOST.test(request.headers.host ?? '')) return end(response, 403, 'This demo answers only to the names of this machine.');
    const file = FILES[url.pathname];
    if (file !== undefined) return void serve(response, url, file, session);
    if (!isSignedIn(request, session)) return end(response, 401, 'Open the page first: it signs you in.');
    if (url.pathname === '/customers') return answerRate(request, response, url, customers);
    const instance = instances[turn++ % instances.length];
    if (url.pathname.startsWith('/api/') && instance !== undefined) return forward(request, response, instance);
    end(response, 404, 'There is no such page.');
  });
  return server;
}

/** True for a request that brings the site's cookie. */
export function isSignedIn(request: IncomingMessage, session: string): boolean {
  return (request.headers.cookie ?? '').split(/; */).includes(`${SESSION_COOKIE}=${session}`);
}

async function serve(response: ServerResponse, url: URL, [file, type]: readonly [string, keyof typeof TYPES], session: string): Promise<void> {
  try {
    const content = await readFile(join(ROOT, file));
    response.setHeader('content-type', TYPES[type]);
    if (type === 'html') {
      response.setHeader('content-security-policy', pagePolicy(url.searchParams.get('endpoint')));
      response.setHeader('set-cookie', `${SESSION_COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax`);
    }
    response.end(content);
  } catch {
    end(response, 500, `${file} cannot be read.`);
  }
}

function answerRate(request: IncomingMessage, response: ServerResponse, url: URL, customers: { rate: number }): void {
  if (request.method === 'PUT') {
    const rate = Number(url.searchParams.get('rate') ?? 'none');
    if (!Number.isFinite(rate)) return end(response, 400, 'The rate is a number of requests a second.');
    customers.rate = rate;
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ rate: customers.rate }));
}

/** Hands a request on to an instance of the shop, as a load balancer does. */
function forward(request: IncomingMessage, response: ServerResponse, instance: ShopInstance): void {
  const path = (request.url ?? '').slice('/api'.length);
  const onward = httpRequest({ host: '127.0.0.1', port: instance.port, method: request.method, path, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'x-instance': instance.name });
    answer.pipe(response);
  });
  onward.on('error', () => (response.headersSent ? response.destroy() : end(response, 502, `${instance.name} does not answer.`)));
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function end(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}
