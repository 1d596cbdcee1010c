// The rows of the fault matrix that take as long as they take: the same as in test/e2e, but on the browser's own clock.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allShown, causeAt, faultScenes, toldIn, untilNewest, untilSaid } from '../helpers/fault-scene.js';
import { untilState } from '../helpers/viewer.js';

const { open } = faultScenes();
const FOUND_MS = 18_000;

describe('in real time', { timeout: 240_000 }, () => {
  test('a connection that dies without a word is found, said, and made anew: nothing is lost', async (context) => {
    const scene = await open(context), { page, proxy, site } = scene;
    page.setDefaultTimeout(5 * FOUND_MS);
    site.log(3);
    await untilNewest(page, site.record);
    const startedAt = performance.now();
    proxy.pause('both');
    site.log(500);
    await proxy.until(() => proxy.links.length === 2);
    const ms = Math.round(performance.now() - startedAt);
    console.log(JSON.stringify({ foundMs: ms }));
    assert.ok(ms <= 5 * FOUND_MS, `it took ${ms} ms`);
    await untilState(page, 'live');
    site.log(1);
    await allShown(scene);
    assert.deepEqual(await toldIn(page), [causeAt(scene, ['open', 'no answer']).sentence]);
  });

  test('a network that swallows every request is told from a server that answers, and the log goes on when it heals', async (context) => {
    const scene = await open(context), { page, proxy, site } = scene;
    page.setDefaultTimeout(60_000);
    site.log(3);
    await untilNewest(page, site.record);
    proxy.shut('silent');
    proxy.link.reset();
    site.log(40);
    await untilSaid(page, causeAt(scene, ['no answer', 'HTTP silent']));
    proxy.shut('open');
    await untilState(page, 'live');
    site.log(1);
    await allShown(scene);
  });
});
