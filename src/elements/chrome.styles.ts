// What every part of the viewer shares: type, buttons, fields, icons, the focus ring, and words for assistive technology only.
import { css } from 'lit';

export const chrome = css`
  :host {
    box-sizing: border-box;
    font: var(--_font-size) / var(--_line-height) var(--_font);
    color: var(--_ink);
    -webkit-font-smoothing: antialiased;
  }
  :host([hidden]) { display: none; }
  *, *::before, *::after { box-sizing: border-box; }
  svg { display: block; flex: none; }
  .icon { inline-size: 16px; block-size: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
  .shape { inline-size: var(--_shape-size); block-size: var(--_shape-size); fill: currentColor; stroke: currentColor; stroke-width: 0; overflow: visible; }
  .lv-trace { color: var(--_trace); }
  .lv-debug { color: var(--_debug); }
  .lv-info { color: var(--_info); }
  .lv-warn { color: var(--_warn); }
  .lv-error { color: var(--_error); }
  .lv-fatal { color: var(--_fatal); }
  .num { font-variant-numeric: tabular-nums; }
  .mono { font-family: var(--_font-mono); font-size: var(--_font-size-mono); }
  .push { margin-inline-start: auto; }
  .for-readers { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  button, input { font: inherit; color: inherit; margin: 0; }
  .btn {
    display: inline-flex; align-items: center; justify-content: center; gap: 6px;
    block-size: var(--_control-height); min-inline-size: var(--_control-height); padding-inline: 10px;
    border: 1px solid var(--_border-control); border-radius: var(--_radius-control);
    background: var(--_bg-control); color: var(--_ink); font-family: var(--_font); white-space: nowrap; cursor: default;
    transition: background var(--_duration);
  }
  .btn:hover { background: var(--_bg-control-hover); }
  .btn.quiet { border-color: transparent; background: none; color: var(--_ink-2); padding-inline: 8px; }
  .btn.quiet:hover { background: var(--_bg-control-hover); color: var(--_ink); }
  .btn.icon-only { padding: 0; inline-size: var(--_control-height); }
  .btn.primary { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent); font-weight: var(--_weight-strong); }
  .btn.small { block-size: var(--_control-height-small); min-inline-size: var(--_control-height-small); font-size: var(--_font-size-small); padding-inline: 8px; }
  .btn.small.icon-only { inline-size: var(--_control-height-small); padding: 0; }
  .link {
    color: var(--_accent); background: none; border: 0; padding: 0; cursor: default;
    text-decoration: underline; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); text-underline-offset: 3px;
  }
  .link:hover { text-decoration-color: currentColor; }
  kbd { font: var(--_font-size-tiny) / 1 var(--_font-mono); color: var(--_ink-3); border: 1px solid var(--_border-control); border-radius: var(--_radius-chip); padding: 2px 4px; }
  :focus-visible { outline: var(--_focus-width) solid var(--_accent); outline-offset: 1px; }
  .field {
    display: flex; align-items: center; gap: 6px; min-block-size: var(--_control-height); padding-inline: 8px 3px;
    border: 1px solid var(--_border-field); border-radius: var(--_radius-control); background: var(--_bg-field); overflow: hidden;
  }
  .field:focus-within { outline: var(--_focus-width) solid var(--_accent); outline-offset: -1px; border-color: var(--_accent); }
  .field > .icon { color: var(--_ink-3); }
  .field input { flex: 1; min-inline-size: 64px; border: 0; padding: 3px 0; background: none; outline: 0; font: var(--_font-size-mono) / 1.4 var(--_font-mono); unicode-bidi: plaintext; text-align: start; }
  /* the placeholder is the viewer's own words, and stands where its language begins */
  .field input:placeholder-shown { unicode-bidi: normal; }
  .field input::placeholder { color: var(--_ink-3); font-family: var(--_font); font-size: var(--_font-size); opacity: 1; }
  @media (pointer: coarse) {
    .field input { min-block-size: 44px; }
  }
  @media (forced-colors: active) {
    .btn { border-color: ButtonBorder; }
  }
`;
