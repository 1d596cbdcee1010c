// The colours' contrast in every look, computed by the browser from the tokens (WCAG 2.2: 4.5 for text, 3 for graphics; 7 in the look that is
// made for it): a colour that fails, fails the build.
import { expect, fixtureSync, html } from '@open-wc/testing';
import { theme } from '../../src/elements/theme.styles.js';
import { contrast, GRAPHIC_PAIRS, readTokens, TEXT_PAIRS } from '../helpers/theme-contrast.js';

const LOOKS = ['', 'plain', 'studio', 'high-contrast'];

describe('theme', () => {
  const sheets = document.adoptedStyleSheets;
  afterEach(() => {
    document.adoptedStyleSheets = sheets;
    document.documentElement.style.colorScheme = '';
  });

  for (const look of LOOKS) {
    for (const scheme of ['light', 'dark'] as const) {
      const [least, name] = [look === 'high-contrast' ? 7 : 4.5, look === '' ? 'as it is' : look];
      it(`${name}, ${scheme}: text of at least ${least}, graphics of at least 3`, async () => {
        await wear(look);
        document.documentElement.style.colorScheme = scheme;
        const colours = readTokens(fixtureSync<HTMLElement>(html`<div></div>`));
        const low = (pairs: typeof TEXT_PAIRS, limit: number): string[] =>
          pairs.filter((pair) => contrast(colours, pair) < limit).map((pair) => `${pair.join(' on ')}: ${contrast(colours, pair).toFixed(2)}`);
        expect(low(TEXT_PAIRS, least)).to.deep.equal([]);
        expect(low(GRAPHIC_PAIRS, 3)).to.deep.equal([]);
      });
    }
  }

  it('has looks that are made of its tokens only, and are told apart', async () => {
    const known = new Set([...theme.cssText.matchAll(/var\((--log-[\w-]+)/g)].map(([, name]) => name));
    for (const look of LOOKS.slice(1)) {
      const [rule, ...others] = [...(await wear(look)).cssRules] as CSSStyleRule[];
      expect(others.length, 'one rule').to.equal(0);
      expect([...(rule as CSSStyleRule).style].filter((name) => !known.has(name)), look).to.deep.equal([]);
    }
  });

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

/** Has the page wear a look of the demo; '' is the viewer as it is. */
async function wear(look: string): Promise<CSSStyleSheet> {
  const sheet = new CSSStyleSheet();
  if (look !== '') await sheet.replace(await (await fetch(`/demo/looks/${look}.css`)).text());
  document.adoptedStyleSheets = [sheet];
  return sheet;
}
