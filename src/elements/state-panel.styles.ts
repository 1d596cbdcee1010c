// A panel fills the place of the rows while there are none. The element itself lets the pointer through, so that it may lie over the list.
import { css } from 'lit';

export const statePanelStyles = css`
  :host { display: block; block-size: 100%; pointer-events: none; }
  .panel {
    block-size: 100%; overflow: auto; display: grid; justify-items: center; padding: var(--_space-4) var(--_space-6); pointer-events: auto;
    font: var(--_font-size) / 1.55 var(--_font); color: var(--_ink-2); background: var(--_bg-row);
  }
  .panel > div { inline-size: min(320px, 100%); margin-block: auto; }
  .art { inline-size: 40px; block-size: 24px; margin-block-end: 14px; color: var(--_ink-3); stroke-width: 1.6; fill: none; stroke: currentColor; stroke-linecap: round; stroke-linejoin: round; }
  /* beside the words where there is room, so that the whole of them is seen in a viewer of no height of its own */
  @container (width >= 640px) {
    .panel > div { position: relative; inline-size: min(520px, 100%); padding-inline-start: 60px; }
    .art { position: absolute; inset-block-start: 0; inset-inline-start: 0; }
  }
  h3 { margin: 0 0 4px; font-size: var(--_font-size-title); line-height: 1.35; font-weight: var(--_weight-strong); color: var(--_ink); text-wrap: balance; }
  p { margin: 0 0 12px; text-wrap: pretty; overflow-wrap: anywhere; }
  p.lead { margin-block-end: 2px; }
  b { color: var(--_ink); font-weight: var(--_weight-strong); }
  ul { margin: 0 0 12px; padding-inline-start: 18px; overflow-wrap: anywhere; }
  li { margin-block: 3px; }
  li::marker { color: var(--_ink-3); }
  code { font: var(--_font-size-mono) var(--_font-mono); background: var(--_bg-chrome); border: 1px solid var(--_border); padding: 1px 5px; border-radius: var(--_radius-chip); color: var(--_ink); overflow-wrap: anywhere; direction: ltr; unicode-bidi: isolate; }
  .buttons { margin-block-end: 12px; display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
`;
