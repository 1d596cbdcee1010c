// The pass of policy.test.ts can fail: each kind of fault, planted, is reported.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoInBrowser } from '../helpers/demo-in-browser.js';
import { passUnderPolicy } from '../helpers/policy-pass.js';
import { untilState } from '../helpers/viewer.js';

const started = demoInBrowser();

for (const [name, plant, expected] of [
  ['an inline style attribute', () => document.querySelector('main')?.setAttribute('style', 'color: red'), /violation of style-src-attr/],
  ['a style element', () => document.head.append(Object.assign(document.createElement('style'), { textContent: 'main { color: red }' })), /violation of style-src-elem/],
  ['text as markup', () => { try { (document.querySelector('main') as HTMLElement).innerHTML = '<b>bold</b>'; } catch { /* refused, and reported */ } }, /violation of require-trusted-types-for/],
  ['a connection elsewhere', () => void fetch('http://127.0.0.1:9/').catch(() => undefined), /violation of connect-src/],
  ['an error that nobody catches', () => void setTimeout(() => { throw new Error('planted'); }), /error: planted/],
] as const) {
  test(`a pass under the policy fails for ${name}`, async () => {
    await assert.rejects(passUnderPolicy(started.browser, started.demo, async (page) => {
      await untilState(page, 'live');
      await page.evaluate(plant);
    }), ({ message }: Error) => expected.test(message));
  });
}
