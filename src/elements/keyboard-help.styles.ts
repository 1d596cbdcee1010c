// The dialog of keys.
import { css } from 'lit';

export const keyboardHelpStyles = css`
  :host { display: contents; }
  dialog {
    inline-size: min(560px, calc(100vw - 32px)); max-block-size: calc(100vh - 32px); padding: 0; overflow: auto; overscroll-behavior: contain;
    background: var(--_bg-float); color: var(--_ink); border: 1px solid var(--_border-control); border-radius: var(--_radius); box-shadow: var(--_shadow-float);
    font: var(--_font-size) / var(--_line-height) var(--_font);
  }
  dialog::backdrop { background: color-mix(in srgb, var(--_bg-chrome) 60%, transparent); }
  .body { padding: var(--_space-3) var(--_space-4) var(--_space-4); }
  .head { display: flex; align-items: center; justify-content: space-between; margin-block-end: var(--_space-2); }
  h2 { margin: 0; font-size: var(--_font-size-title); font-weight: var(--_weight-strong); }
  .groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: var(--_space-3) var(--_space-6); }
  h3 { margin: 0 0 4px; font-size: var(--_font-size-small); font-weight: var(--_weight-strong); color: var(--_ink-3); }
  dl { margin: 0; }
  .key { display: flex; align-items: baseline; justify-content: space-between; gap: var(--_space-3); padding-block: 4px; border-block-start: 1px solid var(--_border); }
  dt { flex: none; order: 1; display: flex; gap: 4px; }
  dd { margin: 0; color: var(--_ink-2); }
  kbd { color: var(--_ink); font-size: var(--_font-size-small); padding: 3px 6px; min-inline-size: 22px; text-align: center; }
`;
