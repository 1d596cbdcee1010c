// The colours' contrast, computed from the tokens themselves (WCAG 2.2: 4.5 for text, 3 for graphics): a colour that fails, fails the build.
import { expect } from '@open-wc/testing';
import { theme } from '../../src/elements/theme.styles.js';

type Scheme = 'light' | 'dark';

const tokens = new Map<string, Record<Scheme, string>>();
for (const [, name = '', light = '', dark = ''] of theme.cssText.matchAll(/--_([\w-]+): var\(--log-[\w-]+, light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)\);/g)) {
  if (!tokens.has(name)) tokens.set(name, { light, dark });
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string, scheme: Scheme): number {
  const [one, other] = [a, b].map((name) => luminance((tokens.get(name) as Record<Scheme, string>)[scheme]));
  return (Math.max(one as number, other as number) + 0.05) / (Math.min(one as number, other as number) + 0.05);
}

const grounds = ['bg-row', 'bg-row-alt', 'bg-row-hover', 'bg-row-selected', 'bg-row-error', 'bg-row-fatal', 'bg-gap', 'bg-chrome'];
const texts = ['ink', 'ink-2', 'ink-3', 'trace', 'debug', 'info', 'warn', 'error', 'fatal', 'accent', 'json-string', 'json-number', 'json-literal', 'json-key'];
const textPairs = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ['on-fatal', 'fatal'], ['2xx', '2xx-bg'], ['3xx', '3xx-bg'], ['4xx', '4xx-bg'], ['5xx', '5xx-bg'], ['hit', 'hit-bg'], ['on-accent', 'accent'],
  ['ink-3', 'bg-field'], ['ink', 'bg-gap-stripe'], ['accent', 'bg-gap-stripe'], ['ink-2', 'bg-float'], ['ink', 'bg-float'], ['ink', 'bg-control'], ['ink-2', 'bg-control-hover'],
] as const;
const graphicPairs = [['border-field', 'bg-field'], ['live', 'bg-chrome'], ['accent', 'bg-row'], ['accent', 'bg-row-selected'], ['bar-warn', 'bg-row']] as const;

describe('theme', () => {
  it('declares every colour that the pairs name', () => {
    for (const name of [...textPairs, ...graphicPairs].flat()) expect(tokens.has(name), name).to.equal(true);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`has text of at least 4.5 and graphics of at least 3 in ${scheme}`, () => {
      for (const [text, ground] of textPairs) expect(contrast(text, ground, scheme), `${text} on ${ground}`).to.be.at.least(4.5);
      for (const [line, ground] of graphicPairs) expect(contrast(line, ground, scheme), `${line} on ${ground}`).to.be.at.least(3);
    });
  }

  it('lets a token be set on any ancestor, also through a shadow root', () => {
    const outer = document.createElement('div'), inner = document.createElement('div'), probe = document.createElement('span');
    outer.style.setProperty('--log-accent', 'rgb(1, 2, 3)');
    const root = outer.attachShadow({ mode: 'open' });
    root.append(inner);
    const innerRoot = inner.attachShadow({ mode: 'open' });
    innerRoot.adoptedStyleSheets = [theme.styleSheet as CSSStyleSheet];
    probe.style.color = 'var(--_accent)';
    innerRoot.append(probe);
    document.body.append(outer);
    expect(getComputedStyle(probe).color).to.equal('rgb(1, 2, 3)');
    outer.remove();
  });
});
