// Two panes and the line between them. The end pane has a size (a default of the theme, or the reader's own, set by the element); the start pane
// takes the rest.
import { css } from 'lit';

export const splitPaneStyles = css`
  :host { display: block; min-inline-size: 0; min-block-size: 0; overflow: clip; background: var(--_bg-row); }
  .panes { display: flex; block-size: 100%; --_min-start: 240px; --_min-end: 300px; }
  .panes.rows { flex-direction: column; --_min-start: 76px; --_min-end: 120px; }
  .pane { display: flex; flex-direction: column; min-inline-size: 0; min-block-size: 0; overflow: clip; }
  .pane > ::slotted(*) { flex: 1 1 auto; min-inline-size: 0; min-block-size: 0; }
  .start { flex: 1 1 0; }
  /* where both least sizes do not fit, the list gives way: side by side no further than half, stacked to two rows or a third */
  .end { flex: none; }
  .columns > .end { inline-size: var(--_size, var(--_detail-size)); min-inline-size: min(var(--_min-end), 50%); max-inline-size: calc(100% - min(var(--_min-start), 50%)); }
  .rows > .end { block-size: var(--_size, max(var(--_detail-size-below), 240px)); min-block-size: min(var(--_min-end), 50%); max-block-size: calc(100% - min(var(--_min-start), 33%)); }
  .collapsed > :is(.splitter, .end) { display: none; }

  .splitter { flex: none; position: relative; z-index: 2; display: grid; place-items: center; touch-action: none; user-select: none; -webkit-user-select: none; }
  .splitter::before { content: ""; position: absolute; background: var(--_border-control); transition: background var(--_duration); }
  .splitter::after { content: ""; position: relative; border-radius: var(--_radius-chip); background: var(--_bg-control); border: 1px solid var(--_border-control); transition: border-color var(--_duration); }
  .columns > .splitter { inline-size: var(--_splitter-width); margin-inline: calc((1px - var(--_splitter-width)) / 2); cursor: col-resize; }
  .columns > .splitter::before { inset-block: 0; inset-inline: calc(50% - .5px); }
  .columns > .splitter::after { inline-size: 5px; block-size: 28px; }
  .rows > .splitter { block-size: var(--_splitter-width); margin-block: calc((1px - var(--_splitter-width)) / 2); cursor: row-resize; }
  .rows > .splitter::before { inset-inline: 0; inset-block: calc(50% - .5px); }
  .rows > .splitter::after { inline-size: 36px; block-size: 5px; }
  .splitter:is(:hover, :focus-visible, .dragged)::before { background: var(--_accent); }
  .columns > .splitter:is(:hover, :focus-visible, .dragged)::before { inset-inline: calc(50% - 1px); }
  .rows > .splitter:is(:hover, :focus-visible, .dragged)::before { inset-block: calc(50% - 1px); }
  .splitter:is(:hover, .dragged)::after { border-color: var(--_accent); }
  .splitter:focus-visible { outline: 0; }
  .splitter:focus-visible::after { outline: var(--_focus-width) solid var(--_accent); outline-offset: 1px; }
  @media (forced-colors: active) {
    .splitter::before { background: CanvasText; }
    .splitter:is(:hover, :focus-visible, .dragged)::before { background: Highlight; }
  }
`;
