// The line drawings of the panels: a pulse, a key, a broken line, a switch, a sieve, a pause.
import { html, svg, type TemplateResult } from 'lit';
import type { CauseCode } from '../core/causes.js';

const drawings = {
  pulse: svg`<path d="M2 12h10l3-7 5 14 4-10 2 3h12"/>`,
  waiting: svg`<path d="M2 12h9M29 12h9M16 12h.01M20 12h.01M24 12h.01"/>`,
  key: svg`<circle cx="11" cy="12" r="6"/><path d="M17 12h19M31 12v6M36 12v5"/>`,
  broken: svg`<path d="M2 12h11M27 12h11M17 7l6 10M23 7l-6 10"/>`,
  switch: svg`<rect x="6" y="4" width="28" height="16" rx="8"/><circle cx="14" cy="12" r="4.5"/>`,
  sieve: svg`<path d="M4 5h32M10 12h20M16 19h8"/>`,
  pause: svg`<path d="M6 4v16M16 4v16"/>`,
};

export type PanelArt = keyof typeof drawings;

const BY_CAUSE: Partial<Record<CauseCode, PanelArt>> = {
  'not-signed-in': 'key', 'sign-in-expired': 'key', 'not-allowed': 'key', 'websockets-disabled': 'switch', 'logs-disabled': 'switch',
};

export function artOf(code: CauseCode): PanelArt {
  return BY_CAUSE[code] ?? 'broken';
}

export function panelArt(name: PanelArt): TemplateResult {
  return html`<svg class="art" viewBox="0 0 40 24" aria-hidden="true">${drawings[name]}</svg>`;
}
