// The toolbar: the state at the start, the buttons at the end; words give way to icons where there is little room.
import { css } from 'lit';

export const logToolbarStyles = css`
  :host { display: block; container: log-toolbar / inline-size; background: var(--_bg-chrome); }
  .toolbar { display: flex; align-items: center; gap: var(--_space-2); min-block-size: var(--_toolbar-height); padding-inline: var(--_space-4) var(--_space-2); }
  .truth { flex: 1 1 auto; display: flex; align-items: center; gap: var(--_space-2); min-inline-size: 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
  .truth b { font-weight: var(--_weight-strong); }
  .truth .more { color: var(--_ink-2); overflow: hidden; text-overflow: ellipsis; }
  .buttons { flex: none; display: flex; align-items: center; gap: var(--_space-2); }
  @container log-toolbar (width < 560px) {
    .toolbar { padding-inline-start: var(--_space-3); }
    .buttons { gap: 0; }
    .truth { flex-wrap: wrap; row-gap: 0; line-height: 1.3; padding-block: 2px; white-space: normal; }
    .truth .more { overflow-wrap: anywhere; }
    .btn { padding: 0; inline-size: var(--_control-height); }
    .word { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
  }
`;
