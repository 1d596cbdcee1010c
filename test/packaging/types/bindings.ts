// Wrong bindings, one a line: each has to be found by the test of bindings.
import { html, type TemplateResult } from 'lit';
import '../../../src/elements/index.js';

export const wrong: readonly TemplateResult[] = [
  html`<log-split-pane .layout=${3}></log-split-pane>`,
  html`<log-list timestamps=${'swatch'}></log-list>`,
  html`<log-split-pane @log-select=${'select'}></log-split-pane>`,
  html`<button ?disabled=${'no'}></button>`,
];
