// The error view: lines of an error, its values, its frames, and its causes with a line at the start.
import { css } from 'lit';

export const errorStackStyles = css`
  .e-line { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; font: var(--_font-size-mono) / var(--_line-height-mono) var(--_font-mono); }
  .e-type { color: var(--_error); font-weight: var(--_weight-strong); }
  .e-line + .kv { margin-block: 2px 6px; }
  .stack { margin-block: 6px 14px; font: var(--_font-size-mono) / var(--_line-height-mono) var(--_font-mono); }
  .frame-line {
    display: flex; flex-wrap: wrap; gap: 0 16px; justify-content: space-between; min-inline-size: 0; margin: 0 -8px; padding-inline: 8px; border-radius: var(--_radius-chip);
  }
  .frame-line:hover { background: var(--_bg-row-hover); }
  .fn { font-weight: var(--_weight-strong); overflow-wrap: anywhere; }
  .at { color: var(--_ink-2); overflow-wrap: anywhere; }
  .dim, .dim > .fn, .dim > .at { color: var(--_ink-3); font-weight: 400; }
  .cause { margin-block-start: 4px; padding-inline-start: 14px; border-inline-start: 2px solid var(--_border-control); }
  .cause .cause .cause .cause .cause .cause { padding-inline-start: 0; border: 0; }
  .body:not(.wrap) :is(.e-line, .frame-line) { white-space: pre; flex-wrap: nowrap; inline-size: max-content; min-inline-size: calc(100% + 16px); }
  .body:not(.wrap) .e-line { min-inline-size: 100%; }
`;
