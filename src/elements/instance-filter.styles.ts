// The button that says which instances are shown, and its menu. The menu stands in the top layer; where, is set by the element.
import { css } from 'lit';

export const instanceFilterStyles = css`
  :host { display: inline-block; }
  button.instances { inline-size: 100%; }
  .instances .chevron svg { inline-size: 12px; block-size: 12px; color: var(--_ink-3); }
  #menu {
    position: fixed; inset: auto; margin: 0; padding: var(--_space-1); overflow: auto; overscroll-behavior: contain;
    background: var(--_bg-float); color: var(--_ink); font: var(--_font-size) / var(--_line-height) var(--_font);
    border: 1px solid var(--_border-control); border-radius: var(--_radius); box-shadow: var(--_shadow-float);
    scrollbar-width: thin; scrollbar-color: var(--_border-control) transparent;
  }
  ul { margin: 0; padding: 0; list-style: none; }
  li { display: flex; align-items: center; gap: 10px; padding-inline-end: 10px; border-radius: var(--_radius-control); }
  li:hover { background: var(--_bg-row-hover); }
  label { flex: 1; min-inline-size: 0; display: flex; align-items: center; gap: 10px; min-block-size: var(--_control-height); padding-inline-start: 10px; }
  input { flex: none; inline-size: 14px; block-size: 14px; accent-color: var(--_accent); }
  .name { direction: ltr; overflow-wrap: anywhere; }
  .ended .name { color: var(--_ink-2); }
  small { display: block; color: var(--_ink-3); font-size: var(--_font-size-small); font-variant-numeric: tabular-nums; }
  .unnamed { color: var(--_ink-2); font-style: italic; }
  .n { color: var(--_ink-3); font-size: var(--_font-size-small); font-variant-numeric: tabular-nums; min-inline-size: 5ch; text-align: end; }
  .only { visibility: hidden; }
  li:is(:hover, :focus-within) .only { visibility: visible; }
  .all { inline-size: 100%; margin-block-start: var(--_space-1); border-block-start: 1px solid var(--_border); padding-block-start: var(--_space-1); }
  .all .btn { inline-size: 100%; justify-content: start; padding-inline: 10px; }
  .none { margin: 0; padding: 4px 10px; color: var(--_ink-2); }
  @container (width < 960px) { /* of the filters around it */
    .word { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
  }
  @media (pointer: coarse) {
    label { min-block-size: 44px; }
    input { inline-size: 20px; block-size: 20px; }
    .only { visibility: visible; min-block-size: 44px; min-inline-size: 44px; }
  }
  @media (hover: none) {
    .only { visibility: visible; }
  }
`;
