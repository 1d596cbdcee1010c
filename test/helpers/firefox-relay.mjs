#!/usr/bin/env node
// Stands between Playwright and a Firefox as it is installed: started in Firefox's place, it starts Firefox and hands each message of WebDriver BiDi on,
// both ways. Playwright sends one command that this Firefox does not know yet, for emulated media, and gives up when it is refused; it is told that all is
// well, and `emulateMedia` has no effect then. A Firefox that knows the command gets to do it.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { WebSocket, WebSocketServer } from 'ws';
import { needBrowser } from './browser.mjs';

const SPARED = 'emulation.setMediaFeaturesOverride';
const ADDRESS = /^(WebDriver BiDi listening on )(ws:\S+)$/m;
const options = { perMessageDeflate: false, maxPayload: 2 ** 28 };

const firefox = spawn(needBrowser('firefox'), process.argv.slice(2), { stdio: ['ignore', 'inherit', 'pipe'] });
firefox.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => firefox.kill(signal));

let said = '';
firefox.stderr.setEncoding('utf8').on('data', function read(text) {
  said += text;
  const [line, words, address] = ADDRESS.exec(said) ?? [];
  if (line === undefined) return;
  firefox.stderr.off('data', read).pipe(process.stderr);
  const server = new WebSocketServer({ ...options, host: '127.0.0.1', port: 0 });
  server.on('connection', (client, { url }) => relay(client, new WebSocket(new URL(url, address), options)));
  // this is the line that Playwright waits for
  server.on('listening', () => process.stderr.write(`${words}ws://127.0.0.1:${server.address().port}\n`));
});

function relay(client, browser) {
  const spared = new Set(), early = [];
  client.on('message', (data) => {
    const text = String(data), { id, method } = JSON.parse(text);
    if (method === SPARED) spared.add(id);
    if (browser.readyState === WebSocket.CONNECTING) early.push(text);
    else browser.send(text);
  });
  browser.on('open', () => early.forEach((text) => browser.send(text)));
  browser.on('message', (data) => {
    const text = String(data), { id, error } = spared.size === 0 ? {} : JSON.parse(text);
    if (spared.delete(id) && error === 'unknown command') client.send(JSON.stringify({ type: 'success', id, result: {} }));
    else client.send(text);
  });
  for (const [one, other] of [[client, browser], [browser, client]]) one.on('close', () => other.close()).on('error', () => other.terminate());
}
