// The viewer's frame: bars above and below, the panes between.
import { css } from 'lit';

export const styles = css`
  :host { display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); container: log-viewer / inline-size; block-size: 100%; min-block-size: 320px; }
  /* as high as the element, whoever decides that; where nobody does, 480 px with its edges, and never as its rows */
  .frame { contain: size; contain-intrinsic-block-size: 478px; display: flex; flex-direction: column; block-size: 100%; background: var(--_bg-row); border: 1px solid var(--_border); border-radius: var(--_radius); overflow: clip; }
  .above log-filters, .above ::slotted(log-filters) { padding-block-start: 0; }
  .above { flex: none; background: var(--_bg-chrome); border-block-end: 1px solid var(--_border); }
  .faults { margin: 0; padding: 6px 14px; list-style: none; border-block-start: 1px solid var(--_border); background: var(--_bg-gap); }
  .faults li::before { content: '▲'; color: var(--_warn); font-size: var(--_shape-size); margin-inline-end: 8px; vertical-align: 1px; }
  /* a low window, such as one at 200 %: the bars share a line, so that rows are left */
  @media (max-height: 560px) {
    .above { display: flex; flex-wrap: wrap; align-items: start; }
    .above log-toolbar { flex: 1 1 220px; }
    .above log-filters { flex: 3 1 440px; }
    .faults { flex-basis: 100%; }
  }
  log-split-pane { flex: 1; min-block-size: 0; }
  .list, .rows { display: flex; flex-direction: column; min-block-size: 0; block-size: 100%; }
  /* the bars under the rows make themselves small where it is low */
  .list { container: log-pane / size; }
  .rows { flex: 1; position: relative; }
  .rows > slot[name='list'] { display: contents; }
  .rows log-list, .rows ::slotted([slot='list']) { flex: 1; min-block-size: 0; }
  /* over the list, but for the ring that says that the list has the focus */
  .panel { position: absolute; inset: calc(var(--_head-height) + 1px + var(--_focus-width)) var(--_focus-width) var(--_focus-width); overflow: auto; background: var(--_bg-row); }
  .panel[hidden] { display: none; }
  /* under rows of the viewer's own, and never over them */
  .bare log-list, .bare ::slotted([slot='list']) { flex: 0 1 calc(var(--_head-height) + 1px + var(--_rows) * var(--_row-height)); max-block-size: 50%; }
  .bare > .panel { position: static; flex: 1 1 0; min-block-size: 50%; border-block-start: 1px solid var(--_border); }
  .detail { block-size: 100%; }
`;
