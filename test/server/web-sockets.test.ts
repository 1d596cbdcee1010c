import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import ts from 'typescript';
import * as ws from 'ws';
import { loadWebSockets } from '../../src/server/web-sockets.js';

const MISSING = 'createLogServer needs the package ws, 8.21 or later: npm install ws';
const source = join(import.meta.dirname, '../../src/server/web-sockets.ts');

function loaderOf(version: unknown): (name: string) => unknown {
  return (name) => (name === 'ws/package.json' ? { version } : name === 'ws' ? ws : assert.fail(name));
}

test('ws is loaded', () => {
  assert.equal(loadWebSockets().WebSocketServer, ws.WebSocketServer);
});

test('where ws is not installed a sentence says how to get it', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'without-ws-'));
  context.after(() => rm(folder, { recursive: true }));
  await mkdir(folder, { recursive: true });
  const { outputText } = ts.transpileModule(ts.sys.readFile(source) ?? '', { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } });
  await writeFile(join(folder, 'web-sockets.mjs'), outputText);
  await writeFile(join(folder, 'application.mjs'), `import { loadWebSockets } from './web-sockets.mjs';\ntry { loadWebSockets(); } catch (error) { console.log(error.message, error.cause.code); }`);
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'application.mjs')], { env: { PATH: process.env['PATH'] } });
  assert.equal(stdout.trim(), `${MISSING} MODULE_NOT_FOUND`);
});

test('a ws that is too old to keep the limits is refused with its version; any that is not, is taken', () => {
  for (const version of ['8.20.9', '7.99.0', '1.0.0', undefined, '']) {
    assert.throws(() => loadWebSockets(loaderOf(version)), { message: `createLogServer needs the package ws, 8.21 or later; ${String(version)} is installed: npm install ws@latest` });
  }
  for (const version of ['8.21.0', '8.100.1', '9.0.0-beta.1', '10.0.0']) assert.equal(loadWebSockets(loaderOf(version)), ws);
});
