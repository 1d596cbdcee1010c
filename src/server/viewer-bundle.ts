// The viewer's one-file bundle, as the page loads it: its name holds a hash of its content, so that a browser may keep it for ever. It is public: it
// holds nothing but what is published with this package.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const FILE = new URL('../../dist/cdn/system-logs.min.js', import.meta.url);
const NAME = /^system-logs\.[0-9a-f]{16}\.js$/;

export class ViewerBundle {
  readonly #bytes: Buffer;
  readonly #hash: string;
  #zipped: Promise<Buffer> | null = null;

  /** @throws Error with a sentence where the package was not built */
  constructor() {
    this.#bytes = readBundle();
    this.#hash = createHash('sha256').update(this.#bytes).digest('hex').slice(0, 16);
  }

  get name(): string {
    return `system-logs.${this.#hash}.js`;
  }

  /** True for the name of any version: while instances are replaced, a page of the one may ask another. */
  hasName(name: string): boolean {
    return NAME.test(name);
  }

  async answer(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { 'accept-encoding': accepted = '', 'if-none-match': known = '' } = request.headers, isZipped = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(String(accepted));
    const tag = `"${this.#hash}${isZipped ? '-gzip' : ''}"`;
    response.setHeader('Vary', 'Accept-Encoding').setHeader('ETag', tag).setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', name === this.name ? 'public, max-age=31536000, immutable' : 'no-store');
    if (known.split(',').some((each) => each.trim().replace(/^W\//, '') === tag)) {
      response.writeHead(304).end();
      return;
    }
    const body = isZipped ? await (this.#zipped ??= promisify(gzip)(this.#bytes)) : this.#bytes;
    if (isZipped) response.setHeader('Content-Encoding', 'gzip');
    response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Content-Length': body.length }).end(body);
  }
}

function readBundle(): Buffer {
  try {
    // its map is not served
    return Buffer.from(readFileSync(FILE, 'utf8').replace(/\n\/\/# sourceMappingURL=\S*\s*$/, '\n'));
  } catch {
    throw new Error('The page needs the viewer\'s bundle, dist/cdn/system-logs.min.js, which is not there: in a clone of the repository, run npm run build.');
  }
}
