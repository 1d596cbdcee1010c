// The rows of a JSON tree: one value a line, lines that show the depth, a colour for each kind of value.
import { css } from 'lit';
import { shownTextStyles } from './shown-text.styles.js';

export const jsonTreeStyles = css`
  :host { display: block; direction: ltr; text-align: left; }
  .tree, .empty { margin: 0; font: var(--_font-size-mono) / var(--_line-height-mono) var(--_font-mono); }
  .tree:not(.wrap) { inline-size: max-content; min-inline-size: 100%; }
  .node {
    --_indent: calc(var(--_depth, 0) * 16px);
    position: relative; display: flex; padding-block: 2px; padding-inline-start: var(--_indent); border-radius: var(--_radius-chip); cursor: default;
    background: repeating-linear-gradient(to right, transparent 0 7px, var(--_border) 7px 8px, transparent 8px 16px) 0 0 / var(--_indent) 100% no-repeat;
  }
  .node:hover { background-color: var(--_bg-row-hover); }
  .node:focus-visible { outline-offset: -2px; z-index: 1; }
  .twist { flex: none; inline-size: 16px; block-size: 1lh; display: grid; place-items: center; color: var(--_ink-3); }
  .twist .icon { inline-size: 9px; block-size: 9px; stroke-width: 2.6; }
  .open > .twist .icon { rotate: 90deg; }
  bdi { unicode-bidi: isolate; }
  .key { flex: none; max-inline-size: 60%; overflow-wrap: anywhere; white-space: pre-wrap; color: var(--_json-key); }
  .key::after { content: ":"; color: var(--_ink-3); padding-inline-end: 1ch; }
  .value { min-inline-size: 12ch; overflow-wrap: anywhere; white-space: pre-wrap; cursor: text; }
  .tree:not(.wrap) .value { flex: none; white-space: pre; overflow-wrap: normal; }
  .string { color: var(--_json-string); }
  .number { color: var(--_json-number); }
  .literal { color: var(--_json-literal); }
  .preview { color: var(--_ink-3); cursor: default; }
  .link { font: var(--_font-size-small) / 1lh var(--_font); white-space: nowrap; }
  .words { margin-inline-start: 1ch; }
  @media (pointer: coarse) {
    .node { min-block-size: 44px; align-items: center; }
    .words { min-block-size: 44px; }
  }
  @media (forced-colors: active) {
    .node { background: none; }
    .node:focus-visible { outline-color: Highlight; }
  }
  ${shownTextStyles}
`;
