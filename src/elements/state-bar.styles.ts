// The bars under the rows.
import { css } from 'lit';

export const stateBarStyles = css`
  :host { display: block; flex: none; container: log-state-bar / inline-size; }
  .bar {
    display: flex; flex-wrap: wrap; align-items: center; gap: var(--_space-2) var(--_space-3); padding: 8px 12px 8px 14px;
    background: var(--_bg-chrome); border-block-start: 1px solid var(--_border-control); font-variant-numeric: tabular-nums;
  }
  .bar p { margin: 0; flex: 1 1 200px; min-inline-size: 0; color: var(--_ink-2); text-wrap: pretty; overflow-wrap: anywhere; }
  .bar p b { color: var(--_ink); font-weight: var(--_weight-strong); }
  .dot { margin-inline: 4px; }
  @container log-state-bar (width < 560px) {
    .bar p { flex-basis: calc(100% - 60px); }
    .bar .btn { flex: 1 1 auto; }
    kbd { display: none; }
  }
  @media (pointer: coarse) {
    kbd { display: none; }
  }
`;
