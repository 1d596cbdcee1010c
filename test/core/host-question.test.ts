import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostQuestion } from '../../src/core/host-question.js';
import type { ProbeAnswer } from '../../src/core/platform.js';

const readable = (status: number, body: unknown = null): ProbeAnswer => ({ kind: 'readable', status, body });
const refusal = readable(401, { error: { code: 'TOKEN_EXPIRED', message: 'This sign-in has expired.' } });

/** What was asked, and what came of it. */
async function ask(info: ProbeAnswer, own: ProbeAnswer, isOurs = false): Promise<readonly [readonly string[], ProbeAnswer | null]> {
  const asked: string[] = [], question = new HostQuestion('wss://host:1/base/websocket/logs', (url, token) => {
    asked.push(`${url} ${token}`);
    return Promise.resolve(url.endsWith('/server/info') ? info : own);
  }, () => isOurs);
  return [asked, await question.ask('t')];
}

const letIn = readable(426, { error: { code: 'UPGRADE_REQUIRED', message: 'This is a WebSocket endpoint.' } });
const INFO = 'https://host:1/base/server/info t', OWN = 'https://host:1/base/websocket/logs t';

test('an endpoint of our own is asked at its own address where the host is no Directus', async () => {
  for (const info of [readable(404), readable(404, { error: 'There is no such page.' }), readable(200, '<html>'), readable(405), { kind: 'opaque' } as const]) {
    for (const own of [refusal, letIn]) assert.deepEqual(await ask(info, own), [[INFO, OWN], own], JSON.stringify(info));
    for (const own of [readable(404), readable(426), readable(401, { error: 'no' }), { kind: 'opaque' }, { kind: 'silent' }] as const) assert.deepEqual(await ask(info, own), [[INFO, OWN], info]);
  }
});

test('where Directus answers, a status says it, or nobody answers, nothing else is asked', async () => {
  const project = { data: { project: { project_name: 'x' } } };
  for (const info of [readable(200, project), readable(404, { errors: [{ extensions: { code: 'ROUTE_NOT_FOUND' } }] }), readable(401), readable(403), readable(503), { kind: 'silent' } as const]) {
    assert.deepEqual(await ask(info, refusal), [[INFO], info], JSON.stringify(info));
  }
});

test('one that is known to be ours is asked both at once, and the same is made of the answers', async () => {
  assert.deepEqual(await ask(readable(404), refusal, true), [[INFO, OWN], refusal]);
  assert.deepEqual(await ask(readable(403), refusal, true), [[INFO, OWN], readable(403)]);
});
