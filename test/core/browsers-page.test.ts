// docs/browsers.md as it is made of counts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsersPage } from '../helpers/browsers-page.js';

test('the table adds up, and names what was skipped', () => {
  const counts = { passed: 2, failed: 0, skipped: [] }, other = { passed: 1, failed: 1, skipped: ['is warm (Chromium only: WebDriver has no thermometer)'] };
  const text = browsersPage([
    { title: 'Chromium 1', elements: { 'elements/a': counts, 'elements/b': counts }, e2e: { 'e2e/c': counts } },
    { title: 'WebKit 2', elements: { 'elements/a': counts, 'elements/b': other }, e2e: null },
  ]);
  assert.match(text, /\| `elements\/b` \| 2 passed \| 1 passed, 1 failed, 1 skipped \|/);
  assert.match(text, /\| \*\*all\*\* \| \*\*4 passed\*\* \| \*\*3 passed, 1 failed, 1 skipped\*\* \|/);
  assert.match(text, /\| suite \| Chromium 1 \|\n/);
  assert.match(text, /- WebKit 2, `elements\/b`: is warm \(Chromium only/);
});
