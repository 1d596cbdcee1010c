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
  /* beside an open entry in a low viewer the rows come first: a line, and less than that where two rows would not fit beside it. The toolbar says it, too. */
  @container log-pane (height < 240px) {
    .bar { flex-wrap: nowrap; padding-block: 4px; }
    .bar p { flex: 1 1 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
    .bar .btn { flex: 0 1 auto; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
    kbd { display: none; }
  }
  @container log-pane (height < 240px) and (width < 560px) {
    .bar:has(.btn ~ .btn) p { display: none; }
    .bar .btn { flex: 1 1 auto; }
  }
  @container log-pane (height < 240px) and (width < 400px) {
    .bar { padding-inline: 6px; gap: 6px; }
    .bar .btn { padding-inline: 6px; }
    .bar:has(.btn ~ .btn) .dot, .bar svg { display: none; }
  }
  @container log-pane (height < 116px) {
    .bar { display: none; }
  }
  @media (pointer: coarse) {
    @container log-pane (height < 160px) {
      .bar { display: none; }
    }
  }
`;
