// The line at the foot.
import { css } from 'lit';

export const statusLineStyles = css`
  :host { display: block; container: log-status-line / inline-size; background: var(--_bg-chrome); }
  .line {
    display: flex; align-items: center; gap: var(--_space-4); min-block-size: var(--_status-height); padding-inline: 14px 10px;
    border-block-start: 1px solid var(--_border); font-size: var(--_font-size-small); color: var(--_ink-2); font-variant-numeric: tabular-nums; white-space: nowrap;
  }
  .sum { flex: 0 1 auto; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
  .lost { color: var(--_warn); font-weight: var(--_weight-strong); }
  .sep { color: var(--_ink-3); padding-inline: 2px; }
  .quiet-note { color: var(--_ink-3); }
  .keys { display: inline-flex; align-items: center; gap: 7px; min-block-size: var(--_control-height-small); padding-inline: 4px; border: 0; border-radius: var(--_radius-chip); background: none; cursor: default; }
  .keys:hover { background: var(--_bg-control-hover); }
  .keys:focus-visible { outline-offset: -1px; }
  @container log-status-line (width < 880px) {
    .when-wide { display: none; }
    .line { min-block-size: 28px; } /* with nothing left to press, a finger needs no room */
  }
  @container log-status-line (width < 560px) {
    .line { padding-inline: 12px; }
    .may-go { display: none; }
    .sum { white-space: normal; }
  }
`;
