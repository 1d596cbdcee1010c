// The runs of policy.test.ts can fail: each kind of fault, planted, is reported.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startSiteBesideLit } from '../helpers/beside-lit.js';
import { demoInBrowser } from '../helpers/demo-in-browser.js';
import { flows } from '../helpers/policy-flows.js';
import { passUnderPolicy } from '../helpers/policy-pass.js';
import { untilState } from '../helpers/viewer.js';

const PLANTS = [
  ['an inline style attribute', () => document.querySelector('main')?.setAttribute('style', 'color: red'), /violation of style-src-attr/],
  ['a style element', () => document.head.append(Object.assign(document.createElement('style'), { textContent: 'main { color: red }' })), /violation of style-src-elem/],
  ['text as markup', () => { try { (document.querySelector('main') as HTMLElement).innerHTML = '<b>bold</b>'; } catch { /* refused, and reported */ } }, /violation of require-trusted-types-for/],
  ['a policy of another name', () => { try { (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }).trustedTypes.createPolicy('other', {}); } catch { /* refused, and reported */ } }, /violation of trusted-types/],
  ['a connection elsewhere', () => void fetch('http://127.0.0.1:9/').catch(() => undefined), /violation of connect-src/],
  ['an error that nobody catches', () => void setTimeout(() => { throw new Error('planted'); }), /error: planted/],
] as const;

for (const [name, title] of [['chromium', 'Chromium'], ['firefox', 'Firefox']] as const) {
  describe(`a run in ${title} fails for`, () => {
    const started = demoInBrowser(name);

    for (const [fault, plant, expected] of PLANTS) {
      test(fault, async () => {
        await assert.rejects(passUnderPolicy(started.browser, started.demo.page, async (page) => {
          await untilState(page, 'live');
          await page.evaluate(plant);
        }), ({ message }: Error) => expected.test(message));
      });
    }

    test('one inline style in a whole flow, and it is reported to the server', async (context) => {
      const site = await startSiteBesideLit(started.demo.page, 'first');
      context.after(() => site.close());
      const [flow] = Object.values(flows);
      const run = flow?.((steps, options) => passUnderPolicy(started.browser, site.page, async (page) => {
        await page.evaluate(() => document.querySelector('system-logs')?.shadowRoot?.querySelector('.frame')?.setAttribute('style', 'color: red'));
        await steps(page);
      }, { policies: 'system-logs lit-html; report-uri /reports', ...options }), context);
      await assert.rejects(Promise.resolve(run), ({ message }: Error) => /violation of style-src-attr/.test(message));
      assert.match(site.reports.join('\n'), /style-src-attr/);
    });
  });
}
