// The moving picture of README: what a person does at the demo within eleven seconds, drawn frame by frame, so that a slow machine makes the same picture as
// a fast one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { openPage } from '../test/helpers/browser-page.js';
import { startDemo } from '../test/helpers/demo.js';
import { untilState } from '../test/helpers/viewer.js';
import { SESSION_COOKIE } from './admin-site.js';
import { Balancer } from './balancer.js';
import { encodeWebp } from './web-picture.js';

const FRAMES_A_SECOND = 10;
const VIEWPORT = { width: 1000, height: 700 };
/** One second of customers; the same again and again. */
const CALM = ['GET /products?page=2&limit=24', 'GET /session', 'GET /products/8841', 'POST /cart/items', 'GET /search?q=desk+lamp', 'GET /products/8812', 'GET /account', 'PUT /cart/items/3'];

/** The page behind a door that can be shut, what is asked of the shop, and the frames so far. */
class Film {
  readonly page: Page;
  readonly #shop: string;
  readonly #cookie: string;
  readonly #folder: string;
  #frames = 0;
  #asked = 0;

  constructor(page: Page, shop: string, cookie: string, folder: string) {
    this.page = page;
    this.#shop = shop;
    this.#cookie = cookie;
    this.#folder = folder;
  }

  async ask(line: string): Promise<void> {
    const [method = '', path = ''] = line.split(' ');
    await (await fetch(`${this.#shop}api${path}`, { method, headers: { cookie: this.#cookie } })).text();
  }

  /** So many tenths of a second, in each of which `act` is done once; customers come meanwhile. */
  async roll(frames: number, act: (frame: number) => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    for (let frame = 0; frame < frames; frame++) {
      await act(frame);
      if (this.#frames % 2 === 0) await this.ask(CALM[this.#asked++ % CALM.length] as string);
      await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const box = await this.page.locator('system-logs').boundingBox();
      if (box === null) throw new Error('The viewer cannot be seen.');
      await this.page.screenshot({ path: join(this.#folder, `${String(this.#frames++).padStart(3, '0')}.png`), clip: box });
    }
  }

  /** The pointer, which a picture of a page does not have by itself, goes there within so many frames. */
  async point(to: Locator, frames: number): Promise<void> {
    const box = await to.boundingBox();
    if (box === null) throw new Error('What is pointed at cannot be seen.');
    const x = box.x + Math.min(box.width / 2, 180), y = box.y + box.height / 2;
    await this.roll(frames, async (frame) => this.page.evaluate(([left, top, share]) => {
      const pointer = document.querySelector<HTMLElement>('.pointer') ?? document.body.appendChild(Object.assign(document.createElement('div'), { className: 'pointer' }));
      const { style } = pointer, from = { x: parseFloat(style.left || '720'), y: parseFloat(style.top || '640') };
      Object.assign(style, {
        position: 'fixed', zIndex: '9', inlineSize: '16px', blockSize: '16px', margin: '-8px', borderRadius: '50%', border: '2px solid #2553c4', background: '#2553c433', pointerEvents: 'none',
        left: `${from.x + (left - from.x) * share}px`, top: `${from.y + (top - from.y) * share}px`,
      });
    }, [x, y, 1 / (frames - frame)] as const));
  }
}

/** @param file where the picture is written */
export async function drawMovingPicture(browser: Browser, file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'moving-picture-')), demo = await startDemo(), port = Number(new URL(demo.page).port);
  let door = new Balancer();
  door.add('demo', port);
  await door.listen(0);
  const { port: doorPort } = door.server.address() as { port: number };
  const { page, close } = await openPage(browser, { viewport: VIEWPORT, colorScheme: 'light', locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  await page.goto(`http://127.0.0.1:${doorPort}/`);
  await untilState(page, 'live');
  const session = (await page.context().cookies()).find(({ name }) => name === SESSION_COOKIE)?.value ?? '';
  const film = new Film(page, demo.page, `${SESSION_COOKIE}=${session}`, folder);
  for (let turn = 0; turn < 5; turn++) for (const line of CALM) await film.ask(line);
  const search = page.locator('log-filters input[type=search]');

  await film.roll(14);
  await film.ask('POST /stock/import?items=2000');
  await film.roll(8);
  await film.ask('POST /orders?gateway=live');
  await film.roll(6);
  const failed = page.locator('log-list [part~=row]', { hasText: 'is not charged' }).first();
  await film.point(failed, 5);
  await failed.click();
  // the tree, and not the view of the error: its stack has the paths of the machine that draws this
  await film.roll(18);
  await film.point(search, 6);
  await search.click();
  for (const letter of 'order') {
    await page.keyboard.press(letter);
    await film.roll(2);
  }
  await film.roll(8);
  await page.keyboard.press('Escape');
  await page.locator('log-list [role=grid]').press('Escape');
  await page.locator('log-list [role=grid]').press('f');
  await film.roll(5);
  await door.close();
  await untilState(page, 'reconnecting');
  await film.roll(14);
  door = new Balancer();
  door.add('demo', port);
  await door.listen(doorPort);
  await page.evaluate(() => document.querySelector('system-logs')?.controller.retryNow());
  await untilState(page, 'live');
  await film.roll(14);

  await close();
  await door.close();
  await demo.stop();
  encodeWebp(['-framerate', String(FRAMES_A_SECOND), '-i', join(folder, '%03d.png')], file);
  rmSync(folder, { recursive: true, force: true });
}
