// Axe over the whole viewer, in every state that a person can find it in and in every way that a page can show it.
import { expect, waitUntil } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import '../../src/elements/languages/ar.js';
import '../../src/elements/languages/ar.js';
import { styles as listStyles } from '../../src/elements/log-list.styles.js';
import { audit } from '../helpers/audit.js';
import { settled, STATES, viewerStage, type ViewerStage } from '../helpers/viewer-stage.js';

const isChromium = navigator.userAgent.includes('Chrome/');
const page = document.documentElement;

/** How a page can show the viewer; each gives back what ends it. */
const WAYS: Readonly<Record<string, (stage: ViewerStage) => Promise<() => unknown> | (() => unknown)>> = {
  light: () => () => undefined,
  '320 px wide': (stage) => resized(stage, 320),
  'in Arabic, from right to left': () => {
    page.dir = 'rtl';
    page.lang = 'ar';
    return () => ['dir', 'lang'].forEach((name) => page.removeAttribute(name));
  },
  // the rules do not ask which engine it is; the others see the ways that change what is on the page
  ...(isChromium ? {
    dark: () => {
      page.style.colorScheme = 'dark';
      return () => (page.style.colorScheme = '');
    },
    '420 px wide': (stage: ViewerStage) => resized(stage, 420),
    'in forced colours': async () => {
      await executeServerCommand('media', { 'forced-colors': 'active' });
      return () => executeServerCommand('media', {});
    },
  } : {}),
};

function resized({ viewer }: ViewerStage, width: number): () => void {
  const { style } = viewer.parentElement as HTMLElement, before = style.inlineSize;
  style.inlineSize = `${width}px`;
  return () => (style.inlineSize = before);
}

/** What axe leaves to a person, and what the person found. */
const LOOKED_AT: readonly RegExp[] = [
  // the hatch of a gap and the lines of the tree: theme.test.ts computes the text on both colours of the hatch, and no text stands on a line
  /: color-contrast: .*background gradient/,
  // what is in the top layer has a ground of its own, which theme.test.ts computes
  /: color-contrast: .*overlapped by another element/,
  // runs of two ways in one line, whose boxes axe cannot tell from what is behind them; in English the same sentences are decided
  /^in Arabic, .*: color-contrast: .*partially overlaps other elements/,
  // what is partly scrolled out of its box; in the box it has the colours of its neighbours
  /: color-contrast: .*partially obscured/,
  // Chromium says of `-webkit-text-fill-color`, which axe reads, what it would be without forced colours; it draws, and says of `color`, the forced one
  /^in forced colours: color-contrast: .*1:1 contrast ratio/,
  // arrows of the keys, and values of one letter, have the colour of the others
  /: color-contrast: .*(?:non-text characters|too short)/,
];

describe('accessibility', () => {
  it('says nothing by colour alone: levels differ in shape and word, what is hidden is struck through, a hit is underlined, a gap has an edge', async () => {
    const stage = await viewerStage({ height: 900 });
    await STATES['filtered, with hits']?.(stage);
    stage.viewer.store.setFilter({ search: 'entry', hiddenLevels: [] });
    await stage.draw();
    stage.grid.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true, composed: true }));
    await waitUntil(() => stage.grid.querySelector('.row.trace') !== null);
    const rows = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => stage.grid.querySelector(`.row.${level}`) as HTMLElement);
    const shapes = rows.map((row) => {
      const { clipPath, borderRadius, borderStyle, scale } = getComputedStyle(row.querySelector('.lvl') as Element, '::before');
      return [clipPath, borderRadius, borderStyle, scale].join(' ');
    });
    expect(new Set(shapes).size, 'shapes').to.equal(6);
    expect(rows.map((row) => row.querySelector('.lvl')?.textContent)).to.deep.equal(['trace', 'debug', 'info', 'warn', 'error', 'fatal']);
    // not every engine tells the style of a highlight
    expect(listStyles.cssText).to.match(/::highlight\(log-hit\) \{[^}]*underline/).and.to.match(/mark \{[^}]*box-shadow: inset/);
    expect(getComputedStyle(stage.grid.querySelector('.gap') as Element).borderBlockStartStyle).to.equal('dashed');
    stage.viewer.store.setFilter({ search: '', hiddenLevels: ['info'] });
    await stage.draw();
    const off = stage.filters.renderRoot.querySelector('.level[aria-pressed=false]:not(.absent) .name');
    expect(getComputedStyle(off as Element).textDecorationLine).to.equal('line-through');
  });

  for (const [name, bring] of Object.entries(STATES)) {
    it(`axe finds nothing: ${name}`, async () => {
      const stage = await viewerStage({ height: 480 }), found: string[] = [];
      await bring(stage);
      for (const [way, set] of Object.entries(WAYS)) {
        const end = await set(stage);
        try {
          await settled(stage.viewer);
          const { violations, undecided } = await audit(stage.viewer);
          const named = (finding: string): string => `${way}: ${finding}`;
          found.push(...violations.map(named), ...undecided.map(named).filter((finding) => !LOOKED_AT.some((known) => known.test(finding))));
        } finally {
          await end();
        }
      }
      expect(found).to.deep.equal([]);
    });
  }
});
