// The configuration of docs/deploying.md, as it stands there, in a real nginx before two real processes. Run by `npm run test:nginx`.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { LoggingProcess } from '../helpers/logging-processes.js';
import { someChannel } from '../helpers/redis-buses.js';
import { RedisServer } from '../helpers/redis-server.js';
import { RunningViewer } from '../helpers/running-viewer.js';
import { refusedBy, WsClient } from '../helpers/ws-client.js';

const DOC = join(import.meta.dirname, '../../docs/deploying.md');

async function startNginx(test: TestContext, ports: readonly number[]): Promise<{ host: string; accessLog: () => string }> {
  if (spawnSync('nginx', ['-v']).status !== 0) throw new Error('This test needs nginx: on Debian, apt-get install nginx-light.');
  const folder = mkdtempSync(join(tmpdir(), 'nginx-test-')), port = 20_000 + Math.floor(Math.random() * 12_000), log = join(folder, 'access.log');
  const documented = /```nginx\n([^]*?)```/.exec(readFileSync(DOC, 'utf8'))?.[1] ?? '';
  const site = documented.replace('listen 80;', `listen 127.0.0.1:${port};`).replace('127.0.0.1:3001', `127.0.0.1:${ports[0]}`).replace('127.0.0.1:3002', `127.0.0.1:${ports[1]}`)
    .replace('/var/log/nginx/app.log', log).replace('75s', '3s');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  writeFileSync(join(folder, 'nginx.conf'), `daemon off; worker_processes 1; user root; pid ${folder}/pid; error_log stderr notice;\nevents { }\nhttp { ${paths}\n${site}\n}\n`);
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] }), exit = once(nginx, 'exit');
  test.after(async () => {
    nginx.kill('SIGQUIT');
    nginx.kill('SIGTERM');
    await exit;
    rmSync(folder, { recursive: true, force: true });
  });
  let said = '';
  for await (const text of nginx.stderr.setEncoding('utf8')) {
    said += text as string;
    if (said.includes('start worker process')) break;
  }
  assert.match(said, /start worker process/, said);
  return { host: `127.0.0.1:${port}`, accessLog: () => readFileSync(log, 'utf8') };
}

test('two instances behind nginx without sticky sessions: both are seen by every viewer, silence is survived, one that dies is left for the other', async (context) => {
  const redis = await RedisServer.start(context), channel = someChannel();
  const processes = await Promise.all(['api-1', 'api-2'].map((name) => LoggingProcess.start(context, name, redis.url, channel)));
  const { host, accessLog } = await startNginx(context, processes.map(({ url }) => Number(new URL(url).port)));
  const [first] = processes as [LoggingProcess, LoggingProcess], token = new URL(first.url).searchParams.get('access_token') ?? '';
  const url = `ws://${host}/websocket/logs?access_token=${token}`;
  assert.deepEqual([(await refusedBy(`${url}x`)).status, (await refusedBy(url, { origin: 'http://evil.example' })).status], [401, 403]);

  const clients = await Promise.all([WsClient.open(url, { origin: `http://${host}` }), WsClient.open(url), WsClient.open(url), WsClient.open(url)]);
  const answers = await Promise.all(clients.map((client) => client.ask({ type: 'subscribe', log_level: 'trace', ext: { v: 1 } })));
  assert.deepEqual(new Set(answers.map((answer) => (JSON.parse(answer) as { ext: { hub: string } }).ext.hub)), new Set(['api-1', 'api-2']));
  // nobody logs; proxy_read_timeout is 3 s here
  for (const client of clients) await client.until(() => client.frames.filter((frame) => frame.includes('"event":"mark"')).length >= 5, 'five marks');

  const viewer = new RunningViewer(context, url);
  await Promise.all(processes.map((each) => each.log(200)));
  await viewer.until(() => processes.every(({ name }) => (viewer.accountOf(name).get(30)?.last ?? 0) > 100));
  const { ext: { hub } } = JSON.parse(answers[0] as string) as { ext: { hub: string } };
  const victim = processes.find(({ name }) => name === hub) as LoggingProcess, other = processes.find((each) => each !== victim) as LoggingProcess;
  await victim.kill();
  await other.log(0);
  const written = other.written();
  await viewer.until(() => [...written].every(([level, count]) => viewer.accountOf(other.name).get(level)?.last === count));
  for (const { base, last, shown, missing } of viewer.accountOf(other.name).values()) assert.deepEqual([shown, missing], [last - base, 0]);
  assert.match(accessLog(), /"GET \/websocket\/logs" 101/);
  assert.ok(!accessLog().includes(token));
});
