// One script of the page, the viewer's one-file bundle or its words in another language, as the page loads it: its name holds a hash of its content, so that a
// browser may keep it for ever. It is public: it holds nothing but what is published with this package.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const FOLDER = new URL('../../dist/cdn/', import.meta.url);
const HASH = /^[0-9a-f]{16}\.js$/;

export class ViewerBundle {
  readonly #stem: string;
  readonly #bytes: Buffer;
  readonly #hash: string;
  #zipped: Promise<Buffer> | null = null;

  /** @param file below dist/cdn @param stem what its name begins with @throws Error with a sentence where the package was not built */
  constructor(file: string, stem: string) {
    this.#stem = `${stem}.`;
    this.#bytes = readBundle(file);
    this.#hash = createHash('sha256').update(this.#bytes).digest('hex').slice(0, 16);
  }

  get name(): string {
    return `${this.#stem}${this.#hash}.js`;
  }

  /** True for the name of any version: while instances are replaced, a page of the one may ask another. */
  hasName(name: string): boolean {
    return name.startsWith(this.#stem) && HASH.test(name.slice(this.#stem.length));
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

function readBundle(file: string): Buffer {
  try {
    // its map is not served
    return Buffer.from(readFileSync(new URL(file, FOLDER), 'utf8').replace(/\n\/\/# sourceMappingURL=\S*\s*$/, '\n'));
  } catch {
    throw new Error(`The page needs the viewer's bundle, dist/cdn/${file}, which is not there: in a clone of the repository, run npm run build.`);
  }
}
