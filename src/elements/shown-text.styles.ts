// How an escape looks that stands for a character which cannot be seen.
import { css } from 'lit';

export const shownTextStyles = css`
  .escape {
    unicode-bidi: isolate; padding-inline: 2px; border-radius: var(--_radius-chip); background: var(--_bg-gap-stripe); color: var(--_ink);
    font: var(--_font-size-tiny) / 1.4 var(--_font-mono); white-space: nowrap;
  }
  @media (forced-colors: active) {
    .escape { border: 1px solid CanvasText; }
  }
`;
