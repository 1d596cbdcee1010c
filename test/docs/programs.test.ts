// Every `js server` block is a whole program: it is started as it is shown, beside the built package, and used as its reader would use it. The recipes have
// a test of their own.
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage } from '../helpers/browser-page.js';
import { untilState } from '../helpers/viewer.js';
import { refusedBy, WsClient } from '../helpers/ws-client.js';
import { entriesOf } from '../server/start-server.js';
import { blocksOf, nameOf, type DocBlock } from './doc-blocks.js';
import { runProgram } from './scratch-app.js';

/** The guides' programs compare with this variable. */
const TOKEN = 'a-token-of-the-reader', ENV = { LOGS_TOKEN: TOKEN };

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const programs = blocksOf('program');

test('there are programs', () => assert.ok(programs.length > 0));

for (const block of programs) {
  test(`${nameOf(block)}: starts, logs a request, lets in who has the token, and ends when it is asked to`, async (context) => {
    const { host, process, end } = await runProgram(context, block.code, ENV);
    const url = `ws://${host}/websocket/logs`;
    assert.equal((await refusedBy(url)).status, 401);
    const client = await WsClient.open(`${url}?access_token=${TOKEN}`);
    await client.ask({ type: 'subscribe', log_level: 'info', ext: { v: 1 } });
    assert.equal((await fetch(`http://${host}/`)).status, 200);
    await client.until(() => entriesOf(client.frames).length > 0, 'an entry of the request');
    const page = /\bpage: '([^']+)'/.exec(block.code)?.[1];
    if (page !== undefined) await openViewerPage(context, `http://${host}${page}`, `http://${host}/`);
    const isTold = block.code.includes('SIGTERM');
    process.kill('SIGTERM');
    assert.deepEqual([(await client.closed).code, await end], isTold ? [1012, [0, null]] : [1006, [null, 'SIGTERM']]);
  });
}

/** Signs in at the ready page as a person does, and reads a request there. */
async function openViewerPage(context: TestContext, address: string, home: string): Promise<void> {
  const { page, faults, close } = await openPage(browser);
  context.after(close);
  const answer = await page.goto(address);
  assert.equal(answer?.status(), 401);
  await page.getByLabel('Token').fill(TOKEN);
  await page.getByRole('button').click();
  await page.locator('system-logs:defined').waitFor();
  await untilState(page, 'live');
  await fetch(home);
  await page.locator('log-list [part~=row]').first().waitFor();
  assert.deepEqual(faults, []);
}

/** A block that nobody runs would say so here. */
test('each program is one that a token opens', () => {
  const without = programs.filter(({ code }: DocBlock) => !code.includes('process.env.LOGS_TOKEN'));
  assert.deepEqual(without.map(nameOf), []);
});
