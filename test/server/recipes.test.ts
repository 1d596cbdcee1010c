// Every program of docs/recipes.md, as it stands there but with everything logged, as a process of its own with the real framework.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { RedisServer } from '../helpers/redis-server.js';
import { refusedBy, WsClient } from '../helpers/ws-client.js';
import { answerTo, dial, requestText, UPGRADE } from './raw-request.js';
import { entriesOf } from './start-server.js';

const ROOT = join(import.meta.dirname, '../..');
const recipes = [...readFileSync(join(ROOT, 'docs/recipes.md'), 'utf8').matchAll(/^## (.+)\n[^]*?```js\n([^]*?)```/gm)].map(([, name = '', code = '']) => ({ name, code }));

const GOOD = 's3cr3t+good/token', BAD = 's3cr3t+wrong/token', SLOW = 's3cr3t+slow/token', BUS_SECRET = 's3cr3t of all instances';
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const SECRETS = [GOOD, BAD, SLOW, BUS_SECRET].flatMap((secret) => [secret, encodeURIComponent(secret), base64url(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')]);
const PATH = '/websocket/logs', QUERY = `?access_token=${encodeURIComponent(GOOD)}`;

/** What each of them is expected to show of a request to `/`. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  'node:http': ['somebody is here'],
  'Express 5 and pino-http': ['in the handler', 'request completed'],
  'Fastify 5 and its own logger': ['incoming request', 'in the handler', 'request completed'],
  'pino.transport': ['somebody is here'],
  'Several instances': ['somebody is here'],
};

interface Program {
  readonly child: ChildProcess;
  readonly host: string;
  readonly redis: RedisServer | null;
  readonly exit: Promise<unknown[]>;
  /** Everything that it wrote, to whatever stream or file. */
  written(): string;
}

async function run(context: TestContext, name: string, code: string): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'recipe-')), file = join(folder, 'app.log'), redis = name === 'Several instances' ? await RedisServer.start(context) : null;
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const program = [
    `const findAdmin = (token, cookie = '') => {
      const brought = token ?? decodeURIComponent(/session=([^;]*)/.exec(cookie)?.[1] ?? '');
      if (brought === '${SLOW}') return new Promise(() => undefined);
      return brought === '${GOOD}' ? { id: 'ada' } : null;
    };`,
    code.replace('\'system-logs/server\'', '\'./src/server/index.ts\'').replace(/\b3000\b/, '0').replace('0.0.0.0', '127.0.0.1').replaceAll('level: \'info\'', 'level: \'trace\'')
      .replace('createLogServer({', (start) => (code.includes('level: \'trace\',\n') ? start : `${start} level: 'trace',`)),
    'if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));',
    'console.log(`port ${server.address().port}`);',
  ].join('\n');
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LOG_FILE: file, HOSTNAME: 'pod-7', ...(redis === null ? {} : { REDIS: redis.url, REDIS_BUS_SECRET: BUS_SECRET }) },
  });
  context.after(() => child.kill('SIGKILL'));
  const exit = once(child, 'close');
  let out = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (out += text));
  const port = await new Promise<string>((resolve, reject) => {
    void exit.then(() => reject(new Error(`It ended: ${out}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const said = /^port (\d+)$/m.exec(out)?.[1];
      if (said !== undefined) resolve(said);
    });
  });
  return { child, host: `127.0.0.1:${port}`, redis, exit, written: () => out + (name === 'pino.transport' ? readFileSync(file, 'utf8') : '') };
}

test('each recipe is known here', () => assert.deepEqual(recipes.map(({ name }) => name), Object.keys(SHOWN)));

for (const { name, code } of recipes) {
  describe(name, () => {
    test('a request is seen, nobody is let in without a token, and no token is in anything that the program or a viewer gets', async (context) => {
      const { child, host, redis, exit, written } = await run(context, name, code);
      const url = `ws://${host}${PATH}`, site = `http://${host}`, answers: string[] = [], cookie = `session=${encodeURIComponent(GOOD)}`;
      const client = await WsClient.open(url + QUERY), close = { connection: 'close' };
      await client.ask({ type: 'subscribe', log_level: 'trace', ext: { v: 1 } });
      const logged = (): unknown[] => entriesOf(client.frames).map((entry) => entry['msg']), expected = SHOWN[name] ?? [];

      // every way to bring a token, good and wrong, as an upgrade and as a plain request
      for (const token of [GOOD, BAD]) {
        const kept = { origin: site, cookie: `system-logs-token=${base64url(token)}` }, own = { origin: site, cookie: `session=${encodeURIComponent(token)}` };
        const bearer = { 'Sec-WebSocket-Protocol': `system-logs, bearer.system-logs.${base64url(token)}` }, query = `?access_token=${encodeURIComponent(token)}`;
        for (const [path, headers] of [[PATH + query, {}], [PATH, own], [PATH, bearer], ['/logs/stream', kept]] as const) {
          const { status, head, body } = await answerTo(host, requestText(path, { Host: host, ...UPGRADE, ...headers }));
          assert.equal(status, token === GOOD ? 101 : 401, path);
          answers.push(head, body);
          const plain = await fetch(site + path, { headers: { ...close, ...('Sec-WebSocket-Protocol' in headers ? { authorization: `Bearer ${token}` } : headers) } });
          assert.equal(plain.status, token === GOOD ? 426 : 401, path);
          answers.push(await plain.text());
        }
        for (const [path, headers, status] of [['/logs', own, 200], ['/logs', kept, 200], [`/logs${query}`, {}, 400]] as const) {
          const page = await fetch(site + path, { headers: { ...close, ...headers } });
          assert.equal(page.status, token === GOOD || status !== 200 ? status : 401);
          answers.push(await page.text());
        }
        const form = await fetch(`${site}/logs/sign-in`, { method: 'POST', redirect: 'manual', headers: { ...close, origin: site }, body: new URLSearchParams({ token }) });
        assert.equal(form.status, token === GOOD ? 303 : 401);
        answers.push(await form.text());
      }
      assert.equal((await refusedBy(url)).status, 401);

      assert.equal(await (await fetch(`${site}/`, { headers: { ...close, cookie, authorization: `Bearer ${GOOD}` } })).text(), 'hello');
      await client.until(() => expected.every((msg) => logged().includes(msg)), expected.join(', '));
      if (redis !== null) {
        assert.ok(client.frames.some((frame) => frame.includes('"uid":"pod-7"')));
        const health = async () => (await (await fetch(`${site}/health`, { headers: close })).json()) as { viewers: number; bus: { state: string; reason: string | null } };
        assert.deepEqual([(await health()).viewers, (await health()).bus.state], [1, 'up']);
        await redis.kill();
        await client.until(() => logged().some((msg) => String(msg).startsWith('Redis between the instances is down: ')), 'its loss is logged');
        assert.equal((await health()).bus.state, 'down');
        await redis.start();
        await client.until(() => logged().includes('Redis between the instances is up'), 'its return is logged');
        assert.match(written(), /log viewer, bus: RedisTrouble: /);
      }
      child.kill('SIGTERM');
      assert.equal((await client.closed).code, 1012);
      assert.deepEqual(await exit, [0, null]);
      const everything = [written(), ...client.frames, ...answers].join('\n');
      for (const msg of expected) assert.ok(written().includes(msg), msg);
      for (const secret of SECRETS) {
        const at = everything.indexOf(secret);
        assert.equal(at, -1, everything.slice(Math.max(0, at - 400), at + 100));
      }
    });

    test('SIGTERM with fifty viewers, silent sockets, half handshakes and sign-ins under way: gone within two seconds, each told', async (context) => {
      const { child, host, exit } = await run(context, name, code);
      const viewers = await Promise.all(Array.from({ length: 50 }, () => WsClient.open(`ws://${host}${PATH}${QUERY}`)));
      await Promise.all(viewers.map((viewer, index) => viewer.ask({ type: 'subscribe', log_level: 'info', ...(index % 2 === 0 ? { ext: { v: 1 } } : {}) })));
      const sockets: Socket[] = await Promise.all(Array.from({ length: 15 }, () => dial(host)));
      const slow = requestText(`${PATH}?access_token=${encodeURIComponent(SLOW)}`, { Host: host, ...UPGRADE });
      const ends = sockets.map((socket) => new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume()));
      for (const socket of sockets.slice(5, 10)) socket.write(slow.slice(0, -2));
      for (const socket of sockets.slice(10)) socket.write(slow);
      // what was sent before is read before: the answer to this comes after it
      await (await fetch(`http://${host}/`, { headers: { connection: 'close' } })).text();
      const startedAt = performance.now();
      child.kill('SIGTERM');
      assert.deepEqual(await exit, [0, null]);
      const ms = performance.now() - startedAt;
      assert.ok(ms < 2000, `it took ${ms} ms`);
      assert.deepEqual(new Set((await Promise.all(viewers.map((viewer) => viewer.closed))).map((each) => each.code)), new Set([1012]));
      await Promise.all(ends);
    });
  });
}
