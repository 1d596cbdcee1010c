// The colours that stand on one another in the viewer, and their contrast as the browser computes it from the tokens of a look (WCAG 2.2).
import { theme } from '../../src/elements/theme.styles.js';

export type Scheme = 'light' | 'dark';
type Pair = readonly [above: string, below: string];

const rows = ['bg-row', 'bg-row-alt', 'bg-row-hover', 'bg-row-selected', 'bg-row-error', 'bg-row-fatal'];
const inRows = ['ink', 'ink-2', 'ink-3', 'trace', 'debug', 'info', 'warn', 'error', 'fatal', 'json-string', 'json-number', 'json-literal', 'json-key'];
const onGrounds = (texts: readonly string[], grounds: readonly string[]): Pair[] => texts.flatMap((text) => grounds.map((ground): Pair => [text, ground]));

/** Text on its ground, in every state that a ground can have. */
export const TEXT_PAIRS: readonly Pair[] = [
  ...onGrounds(inRows, rows),
  ...onGrounds(['ink', 'ink-2', 'warn', 'accent'], ['bg-gap', 'bg-gap-stripe']),
  // toolbars, toggles that are off, the status line
  ...onGrounds(['ink', 'ink-2', 'ink-3', 'warn', 'error', 'accent', 'trace', 'debug', 'info', 'fatal'], ['bg-chrome', 'bg-control', 'bg-control-hover']),
  // the menu, the help
  ...onGrounds(['ink', 'ink-2', 'ink-3', 'error', 'accent'], ['bg-float']),
  ...onGrounds(['ink', 'ink-3'], ['bg-field']),
  ['accent', 'bg-row'], ['on-fatal', 'fatal'], ['on-accent', 'accent'], ['2xx', '2xx-bg'], ['3xx', '3xx-bg'], ['4xx', '4xx-bg'], ['5xx', '5xx-bg'], ['hit', 'hit-bg'],
];

/** What is not text but must be seen: the ring of the focus, the edge of a field, marks and dots. */
export const GRAPHIC_PAIRS: readonly Pair[] = [
  ...onGrounds(['accent'], [...rows, 'bg-gap', 'bg-chrome', 'bg-control', 'bg-float', 'bg-field']),
  ['border-field', 'bg-field'], ['live', 'bg-chrome'], ['bar-warn', 'bg-row'], ['error', 'bg-row-error'], ['fatal', 'bg-row-fatal'], ['warn', 'bg-chrome'],
];

const tokens = [...new Set([...TEXT_PAIRS, ...GRAPHIC_PAIRS].flat())];

/** Reads what each token is, where the viewer reads it: in a shadow root below `host`. */
export function readTokens(host: HTMLElement): Map<string, string> {
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [theme.styleSheet as CSSStyleSheet];
  return new Map(tokens.map((name) => {
    const probe = document.createElement('i');
    probe.style.color = `var(--_${name}, rgb(0 0 0 / 0))`;
    root.append(probe);
    return [name, getComputedStyle(probe).color];
  }));
}

export function contrast(colours: ReadonlyMap<string, string>, [above, below]: Pair): number {
  const [one = 0, other = 0] = [above, below].map((name) => luminance(colours.get(name) ?? ''));
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** @param colour as computed: `rgb(1, 2, 3)`; one that lets something through cannot be judged */
function luminance(colour: string): number {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
  if (parts === null) throw new Error(`“${colour}” is no opaque colour`);
  const [r = 0, g = 0, b = 0] = parts.slice(1).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
