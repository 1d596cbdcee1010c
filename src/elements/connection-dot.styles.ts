// The sign of a connection's state: a dot, a pause sign, a turning ring, a diamond. Its meaning stands beside it in words.
import { css } from 'lit';

export const connectionDot = css`
  .dot { flex: none; inline-size: 8px; block-size: 8px; border-radius: 50%; background: var(--_live); box-shadow: 0 0 0 3px color-mix(in srgb, var(--_live) 18%, transparent); }
  .dot.paused { inline-size: 9px; block-size: 10px; background: none; border-radius: 0; box-shadow: none; border-inline: 3px solid var(--_ink-2); }
  .dot.wait { inline-size: 10px; block-size: 10px; background: none; border: 2px solid var(--_warn); border-block-start-color: transparent; box-shadow: none; animation: turn 1s linear infinite; }
  .dot.off { background: var(--_error); border-radius: 0; rotate: 45deg; box-shadow: none; }
  @keyframes turn { to { rotate: 1turn; } }
  @media (prefers-reduced-motion: reduce) {
    .dot.wait { animation: none; }
  }
  @media (forced-colors: active) {
    .dot { forced-color-adjust: none; background: CanvasText; box-shadow: none; }
    .dot.paused { border-color: CanvasText; }
    .dot.wait { border-color: CanvasText; border-block-start-color: Canvas; }
    .dot:is(.paused, .wait) { background: none; }
  }
`;
