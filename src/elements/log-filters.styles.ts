// The filter line: one line where there is room, the search on a line of its own where there is less, shapes and counts where there is little.
import { css } from 'lit';

export const logFiltersStyles = css`
  /* below a toolbar, the viewer takes the room above away */
  :host { display: block; container: log-filters / inline-size; padding-block-start: 10px; background: var(--_bg-chrome); }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--_space-2) var(--_space-3); padding: 0 var(--_space-3) 10px; }
  /* what is hidden takes its room from the search, so that nothing below moves when it comes and goes */
  .find { container: log-find / inline-size; flex: 1 1 300px; min-inline-size: 0; display: flex; align-items: center; gap: var(--_space-3); }
  .search { flex: 1 1 0; min-inline-size: min(140px, 50%); }
  .search input { appearance: none; align-self: stretch; }
  .search input::-webkit-search-cancel-button { display: none; }
  .search kbd { margin-inline-end: 5px; }

  .levels { display: flex; }
  .level {
    display: inline-flex; align-items: center; gap: 6px; block-size: var(--_control-height); padding-inline: 9px; margin-inline-start: -1px;
    border: 1px solid var(--_border-control); background: var(--_bg-control); color: var(--_ink); font-family: var(--_font); white-space: nowrap; cursor: default;
    transition: background var(--_duration);
  }
  .level:first-child { border-start-start-radius: var(--_radius-control); border-end-start-radius: var(--_radius-control); margin-inline-start: 0; }
  .level:last-child { border-start-end-radius: var(--_radius-control); border-end-end-radius: var(--_radius-control); }
  .level:hover { background: var(--_bg-control-hover); }
  .level:focus-visible { position: relative; z-index: 1; }
  .n { color: var(--_ink-2); font-size: var(--_font-size-small); font-variant-numeric: tabular-nums; }
  .level[aria-pressed=false] { background: var(--_bg-chrome); color: var(--_ink-3); }
  .level[aria-pressed=false]:hover { background: var(--_bg-control-hover); }
  .level[aria-pressed=false] :is(.n, .lv) { color: var(--_ink-3); }
  .level[aria-pressed=false] .name { text-decoration: line-through; }
  .level.absent .name { text-decoration: none; }
  .level[aria-disabled=true]:hover { background: var(--_bg-chrome); }
  .short { display: none; }

  .hidden-by { flex: 0 1 auto; min-inline-size: 0; display: flex; gap: var(--_space-2); font-size: var(--_font-size-small); color: var(--_ink-2); white-space: nowrap; font-variant-numeric: tabular-nums; }
  .hidden-by bdi { overflow: hidden; text-overflow: ellipsis; }
  .say { margin: 0; padding: 0 var(--_space-4) 10px; font-size: var(--_font-size-small); color: var(--_ink-2); text-wrap: pretty; }
  .say:not(.said) { padding: 0; }

  @container log-find (width < 270px) {
    .hidden-by .long { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
    .hidden-by .short { display: inline; }
  }
  /* room for 9,999, so that a toggle stays under the pointer while the first entries come */
  @container log-filters (width >= 1280px) {
    .level .n { min-inline-size: 5ch; text-align: end; }
  }
  @container log-filters (width < 1280px) {
    .bar.wordy .find { flex-basis: 100%; }
  }
  @container log-filters (width < 1080px) {
    .find { flex-basis: 100%; }
    .level { padding-inline: 7px; }
  }
  @container log-filters (width < 1000px) {
    .level .long { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
    .level .short { display: inline; }
  }
  @container log-filters (width < 560px) {
    .bar { padding-inline: var(--_space-2); gap: var(--_space-2); }
    .levels { flex: 1; flex-wrap: wrap; row-gap: var(--_space-1); }
    .level { flex: 1 1 auto; min-inline-size: var(--_control-height); justify-content: center; padding-inline: 4px; gap: 4px; }
    .level .name { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
    .level[aria-pressed=false]:not(.absent) .n { text-decoration: line-through; }
  }
  /* six toggles that a finger can hit need the whole line */
  @container log-filters (width < 400px) {
    .find { flex-basis: 180px; }
    .levels { order: 1; flex-basis: 100%; }
  }
  @media (max-height: 560px) {
    :host { padding-block-start: 0; }
    .bar { padding-block: 8px; }
    .bar .find, .bar.wordy .find { flex: 1 1 140px; }
    .bar .levels { flex: 0 1 auto; }
  }
  @media (pointer: coarse) {
    .hidden-by .link { min-block-size: 44px; min-inline-size: 44px; }
  }
  @media (forced-colors: active) {
    .level { border-color: ButtonBorder; }
    .level[aria-pressed=true] { border-block-end-width: 3px; }
  }
`;
