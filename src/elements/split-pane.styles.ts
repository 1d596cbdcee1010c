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
  .rows > .end { block-size: var(--_size, min(max(var(--_detail-size-below), 240px), 60%)); min-block-size: min(var(--_min-end), 50%); max-block-size: calc(100% - min(var(--_min-start), 33%) - var(--_line-room, 0px)); }
  .collapsed > :is(.splitter, .end) { display: none; }

  /* what can be grabbed lies over both panes; the line and its handle over the end pane alone, so that nothing of a row is covered */
  .splitter {
    --_before: calc((var(--_splitter-width) - 1px) / 2); --_behind: calc(var(--_splitter-width) - 1px - var(--_before));
    flex: none; position: relative; z-index: 2; touch-action: none; user-select: none; -webkit-user-select: none;
  }
  .splitter::before { content: ""; position: absolute; background: var(--_border-control); transition: background var(--_duration); }
  .splitter::after { content: ""; position: absolute; border-radius: var(--_radius-chip); background: var(--_bg-control); border: 1px solid var(--_border-control); transition: border-color var(--_duration); }
  .columns > .splitter { inline-size: var(--_splitter-width); margin-inline: calc(-1 * var(--_before)) calc(-1 * var(--_behind)); cursor: col-resize; }
  .columns > .splitter::before { inset-block: 0; inset-inline-start: var(--_before); inline-size: 1px; }
  .columns > .splitter::after { inset: calc(50% - 14px) auto auto; inset-inline-start: var(--_before); inline-size: 5px; block-size: 28px; }
  .rows > .splitter { block-size: var(--_splitter-width); margin-block: calc(-1 * var(--_before)) calc(-1 * var(--_behind)); cursor: row-resize; }
  .rows > .splitter::before { inset-inline: 0; inset-block-start: var(--_before); block-size: 1px; }
  .rows > .splitter::after { inset-block-start: var(--_before); inset-inline-start: calc(50% - 18px); inline-size: 36px; block-size: 5px; }
  .splitter:is(:hover, :focus-visible, .dragged)::before { background: var(--_accent); }
  .columns > .splitter:is(:hover, :focus-visible, .dragged)::before { inline-size: 2px; }
  .rows > .splitter:is(:hover, :focus-visible, .dragged)::before { block-size: 2px; }
  .splitter:is(:hover, .dragged)::after { border-color: var(--_accent); }
  .splitter:focus-visible { outline: 0; }
  .splitter:focus-visible::after { outline: var(--_focus-width) solid var(--_accent); outline-offset: 1px; }
  /* beside each other little of what a finger can press is below the line; one above the other all of it would be, so there the line has room of its own */
  @media (pointer: coarse) {
    .columns > .splitter { --_before: 26px; }
    .panes.rows { --_min-start: 136px; --_line-room: calc(var(--_splitter-width) - 8px); }
    .rows > .splitter { --_before: 0px; margin-block: 0 -8px; }
    .rows > .splitter::after { inset-block-start: 14px; }
  }
  @media (forced-colors: active) {
    .splitter::before { background: CanvasText; }
    .splitter:is(:hover, :focus-visible, .dragged)::before { background: Highlight; }
  }
`;
