// What a proxy, a network or a refusal does to a connection that is about to be made, with rows on the screen: the sentence that docs/directus.md has for it,
// once; and when it is over the viewer comes back by itself, with everything that was logged meanwhile.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CONNECT_TIMEOUT_MS } from '../../src/core/connection.js';
import { REFUSED_MS } from '../../src/core/refusal.js';
import { answerOf, promiseOf, type ChaosProxy, type Door } from '../helpers/chaos-proxy.js';
import { allShown, causeAt, faultScenes, startAgain, toldIn, untilNewest, untilSaid, type Scene } from '../helpers/fault-scene.js';
import { untilState } from '../helpers/viewer.js';

const { open } = faultScenes();
const ANSWERED = 'HTTP 426 UPGRADE_REQUIRED', SILENT = 'no answer', CLOSED = 'close 1006';

interface Fault {
  readonly name: string;
  /** Of the proxy, for WebSockets, and for every other request where `all`. */
  readonly door?: Door;
  readonly all?: boolean;
  readonly begin?: (proxy: ChaosProxy) => Promise<void>;
  readonly end?: (proxy: ChaosProxy) => Promise<void>;
  /** What the page can know. */
  readonly known: readonly string[];
}

const faults: readonly Fault[] = [
  { name: 'nothing listens', begin: (proxy) => proxy.refuse(), end: (proxy) => proxy.accept(), known: [CLOSED, 'HTTP silent'] },
  { name: 'every connection is reset', door: 'reset', all: true, known: [CLOSED, 'HTTP silent'] },
  { name: 'a proxy answers 401', door: answerOf(401, 'Unauthorized'), all: true, known: [CLOSED, 'HTTP 401 INVALID_CREDENTIALS'] },
  { name: 'a proxy answers 403', door: answerOf(403, 'Forbidden'), all: true, known: [CLOSED, 'HTTP 403'] },
  { name: 'a proxy answers 429', door: answerOf(429, 'Too Many Requests'), all: true, known: [CLOSED, 'HTTP 429'] },
  { name: 'a proxy answers 502', door: answerOf(502, 'Bad Gateway'), all: true, known: [CLOSED, 'HTTP 502'] },
  { name: 'a proxy answers 503', door: answerOf(503, 'Service Unavailable'), all: true, known: [CLOSED, 'HTTP 503'] },
  { name: 'a proxy answers 504', door: answerOf(504, 'Gateway Timeout'), all: true, known: [CLOSED, 'HTTP 504'] },
  { name: 'a proxy answers 502 to WebSockets alone', door: answerOf(502, 'Bad Gateway'), known: [CLOSED, ANSWERED] },
  { name: 'something speaks another language', door: { says: () => '\0\x01SSH-2.0-OpenSSH_9.2\r\n\r\n' }, known: [CLOSED, ANSWERED] },
  { name: 'a proxy passes no WebSockets', door: 'no upgrade', known: [CLOSED, ANSWERED] },
  { name: 'a proxy takes it and says nothing', door: 'silent', known: [SILENT, ANSWERED] },
  { name: 'a proxy stops in the middle of the handshake', door: { says: () => 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: webso' }, known: [SILENT, ANSWERED] },
  { name: 'a proxy switches to a WebSocket, and then says nothing', door: promiseOf(''), known: [SILENT, ANSWERED] },
  { name: 'a proxy switches to a WebSocket, and then sends a page', door: promiseOf('<!doctype html><title>Welcome</title>'), known: ['open', CLOSED] },
];

/** The connection that is there is lost, and the next ones find this. */
async function begin({ proxy }: Scene, { door, all = false, begin: prepare }: Fault): Promise<void> {
  if (door !== undefined && all) proxy.shut(door);
  else if (door !== undefined) proxy.door = door;
  await prepare?.(proxy);
  proxy.link.reset();
}

describe('a connection that cannot be made because', { timeout: 120_000 }, () => {
  for (const fault of faults) test(`${fault.name} is explained, tried again, and nothing is lost`, async (context) => {
    const scene = await open(context, { clock: true }), { page, proxy, site } = scene;
    site.log(3);
    await untilNewest(page, site.record);
    await begin(scene, fault);
    site.log(40);
    site.log(2, 'error');
    const cause = causeAt(scene, fault.known), lost = causeAt(scene, ['open', CLOSED]);
    if (fault.known[0] === SILENT) {
      await proxy.until(() => proxy.tries === 2);
      await page.clock.fastForward(CONNECT_TIMEOUT_MS);
    }
    await untilSaid(page, cause);
    // the next try may begin before the host has answered: then the guess was told before it
    const guesses = [CLOSED, SILENT].map((known) => causeAt(scene, [known]).sentence), told = (await toldIn(page)).filter((sentence) => !guesses.includes(sentence));
    assert.deepEqual(told, [...new Set([lost.sentence, cause.sentence])]);
    proxy.shut('open');
    await fault.end?.(proxy);
    await page.clock.fastForward(REFUSED_MS);
    await untilState(page, 'live');
    site.log(1);
    await allShown(scene);
  });
});

test('a proxy whose server is away is the one that is blamed, and the viewer is back when the server is', async (context) => {
  const scene = await open(context), { page } = scene;
  scene.site.log(3);
  await untilNewest(page, scene.site.record);
  await scene.site.stop();
  await untilSaid(page, causeAt(scene, [CLOSED, 'HTTP 502']));
  await startAgain(scene);
  await untilState(page, 'live');
  scene.site.log(20);
  await allShown(scene);
});
