// The list: columns, rows, what levels and states do to them, and what gives way where the list is narrow.
import { css } from 'lit';

export const styles = css`
  :host {
    container: log-list / inline-size; display: flex; flex-direction: column; position: relative; min-inline-size: 0; min-block-size: 0; block-size: 100%; overflow: clip;
    background: var(--_bg-row); direction: ltr; font: var(--_font-size-mono) / var(--_row-height) var(--_font-mono);
  }
  .heads { flex: none; padding-inline-end: var(--_scrollbar, 0px); border-block-end: 1px solid var(--_border); }
  /* The virtualizer would have it at least 150 px high, and the last rows out of sight in a low window. Its own height is none but this: for pages that give the list none. */
  .scroll {
    flex: 1; min-block-size: 0 !important; contain-intrinsic-block-size: calc(320px - 1px - var(--_head-height)); overflow: hidden auto; overflow-anchor: none; outline: 0; line-height: var(--_row-height);
    scrollbar-width: thin; scrollbar-color: var(--_border-control) transparent;
  }
  /* where no row on the screen has the cursor, the list itself shows that it has the focus: above the rows, which would cover an outline of the scroller */
  .ring { display: none; position: absolute; inset: calc(var(--_head-height) + 1px) 0 0; border: var(--_focus-width) solid var(--_accent); pointer-events: none; }
  .scroll:focus-visible:not([aria-activedescendant]) + .ring { display: block; }
  /* the virtualizer's sizer (2 px of text, moved up by 2 px) would else take the list's line height below the last row */
  [virtualizer-sizer] { line-height: 2px; }

  .scroll, .head, .over {
    --_start: 18px; --_end: 12px; --_gap: var(--_col-gap); --_time: var(--_col-time); --_level: var(--_col-level); --_duration-width: var(--_col-duration);
    --_instance: var(--_col-instance); --_status-width: var(--_col-status); --_in-room: calc(var(--_instance) + var(--_gap)); --_st-room: calc(var(--_status-width) + var(--_gap)); --_dur-room: calc(var(--_duration-width) + var(--_gap));
    --_columns: var(--_time) var(--_instance) var(--_level) minmax(0, 1fr) var(--_status-width) var(--_duration-width);
  }
  .head { display: grid; grid-template-columns: var(--_columns); column-gap: var(--_gap); padding-inline: var(--_start) var(--_end); block-size: var(--_head-height); align-items: center; color: var(--_ink-3); }
  .head > * { font: var(--_font-size-small) / var(--_head-height) var(--_font); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .head > :is(.st-h, .dur-h) { text-align: end; }

  .row { position: absolute; box-sizing: border-box; inset-inline: 0; block-size: var(--_row-height); cursor: default; white-space: pre; contain: strict; background: var(--_bg-row); }
  .row.alt { background: var(--_bg-row-alt); }
  :is(.error, .fatal, .selected)::before { content: ''; position: absolute; inset: 0 auto 0 0; inline-size: var(--_mark-width); }

  /* cells stand in the columns of the head; by position, and clipped only where their text has no bound of its own: a grid for each row, and a clip
     for each cell, cost a quarter and a tenth of all drawing */
  .entry > span { position: absolute; inset-block: 0; }
  .entry > :is(.t, .in, .msg) { overflow: hidden; text-overflow: ellipsis; }
  .entry > .t { left: var(--_start); inline-size: var(--_time); }
  .entry > .in { left: calc(var(--_start) + var(--_time) + var(--_gap)); inline-size: var(--_instance); }
  .entry > .lvl { left: calc(var(--_start) + var(--_time) + var(--_gap) + var(--_in-room)); inline-size: var(--_level); }
  .entry > .msg { left: calc(var(--_start) + var(--_time) + var(--_gap) + var(--_in-room) + var(--_level) + var(--_gap)); right: var(--_end); }
  .entry.http > .msg { right: calc(var(--_end) + var(--_dur-room) + var(--_st-room)); }
  .entry > .st { right: calc(var(--_end) + var(--_dur-room)); inline-size: var(--_status-width); text-align: end; }
  .entry > .dur { right: var(--_end); inline-size: var(--_duration-width); text-align: end; }

  .t { color: var(--_ink-3); }
  .t.first { color: var(--_ink-2); font-weight: var(--_weight-medium); }
  .entry > .in { color: var(--_ink-3); }
  .bidi > .in { unicode-bidi: plaintext; text-align: left; }
  .bidi > .msg > span { unicode-bidi: isolate; }
  .lvl::before { content: ''; position: absolute; left: 0; top: calc((var(--_row-height) - var(--_shape-size)) / 2); inline-size: var(--_shape-size); block-size: var(--_shape-size); background: currentColor; }
  .lvl > span { padding-left: calc(var(--_shape-size) + 6px); font: var(--_weight-medium) var(--_font-size-tiny) / 1 var(--_font); letter-spacing: 0.05em; text-transform: uppercase; }
  .trace .lvl { color: var(--_trace); }
  .debug .lvl { color: var(--_debug); }
  .info .lvl { color: var(--_info); }
  .warn .lvl { color: var(--_warn); }
  .error .lvl { color: var(--_error); }
  .fatal .lvl { color: var(--_fatal); }
  :is(.warn, .error, .fatal) .lvl > span { font-weight: var(--_weight-strong); }
  .trace .lvl::before { border-radius: 50%; scale: 0.4; }
  .debug .lvl::before { border-radius: 50%; box-sizing: border-box; background: none; border: 1.5px solid; scale: 0.85; }
  .info .lvl::before { border-radius: 50%; scale: 0.75; }
  .warn .lvl::before { clip-path: polygon(50% 6%, 99% 93%, 1% 93%); }
  .error .lvl::before { clip-path: polygon(50% -2%, 102% 50%, 50% 102%, -2% 50%); }
  .fatal .lvl::before { clip-path: polygon(evenodd, 30% -2%, 70% -2%, 102% 30%, 102% 70%, 70% 102%, 30% 102%, -2% 70%, -2% 30%, 30% -2%, 33% 23%, 67% 23%, 57% 50%, 67% 77%, 33% 77%, 43% 50%, 33% 23%); }

  .msg { color: var(--_ink); tab-size: 7; }
  :is(.trace, .debug) > .msg { color: var(--_ink-2); }
  .verb { color: var(--_ink-2); }
  .verb.writes { color: var(--_ink); font-weight: var(--_weight-strong); }
  .qs { color: var(--_ink-3); }
  .etype { color: var(--_error); font-weight: var(--_weight-strong); }
  .status { font: var(--_weight-strong) var(--_font-size-small) / 1 var(--_font); font-variant-numeric: tabular-nums; padding: 2px 6px; border-radius: var(--_radius-chip); }
  .s2, .s3 { font-weight: var(--_weight-medium); }
  .s2 { color: var(--_2xx); background: var(--_2xx-bg); }
  .s3 { color: var(--_3xx); background: var(--_3xx-bg); }
  .s4 { color: var(--_4xx); background: var(--_4xx-bg); }
  .s5 { color: var(--_5xx); background: var(--_5xx-bg); }
  .status.none { color: var(--_ink-3); }
  .dur { color: var(--_ink-3); }
  .dur.slow { color: var(--_ink); font-weight: var(--_weight-strong); }
  ::highlight(log-hit) { color: var(--_hit, MarkText); background-color: var(--_hit-bg, Mark); text-decoration: underline 2px var(--_hit-line, transparent); }
  mark { color: var(--_hit); background: var(--_hit-bg); box-shadow: inset 0 -2px 0 var(--_hit-line); border-radius: calc(var(--_radius-chip) / 2); padding-block: 1px; }

  .row.error { background: var(--_bg-row-error); }
  .row.error::before { background: var(--_error); }
  .row.fatal { background: var(--_bg-row-fatal); }
  .row.fatal::before { background: var(--_fatal); inline-size: calc(2 * var(--_mark-width)); }
  .row.fatal .msg { font-weight: var(--_weight-strong); }
  .fatal .lvl > span { background: var(--_fatal); color: var(--_on-fatal); margin-left: calc(var(--_shape-size) + 4px); padding: 3px 5px; border-radius: var(--_radius-chip); }
  .row:hover { background: var(--_bg-row-hover); }
  .row.selected { background: var(--_bg-row-selected); }
  .row.selected::before { background: var(--_accent); inline-size: 4px; }
  .scroll:focus-visible .row.cursor { outline: var(--_focus-width) solid var(--_accent); outline-offset: calc(-1 * var(--_focus-width)); }
  .scroll:focus-visible .row.cursor::before { display: none; }

  .row.gap, .row.notice { font: var(--_font-size) / var(--_row-height) var(--_font); font-variant-numeric: tabular-nums; display: flex; align-items: center; gap: var(--_col-gap); padding-inline: 18px 12px; color: var(--_ink-2); }
  .row.gap {
    background: repeating-linear-gradient(135deg, var(--_bg-gap) 0 7px, var(--_bg-gap-stripe) 7px 8px);
    border-block: 1px dashed var(--_bar-warn); line-height: calc(var(--_row-height) - 2px); color: var(--_ink);
  }
  .say { display: flex; align-items: center; gap: var(--_space-2); min-inline-size: 0; }
  .say > span { overflow: hidden; text-overflow: ellipsis; }
  .say b { font-weight: var(--_weight-strong); }
  .row.gap .icon { color: var(--_warn); }
  .row.notice .t { font: var(--_font-size-mono) / 1 var(--_font-mono); inline-size: var(--_time); flex: none; overflow: hidden; }
  .row.notice .icon { inline-size: 14px; block-size: 14px; color: var(--_ink-3); }
  .row.notice::after { content: ''; flex: 1; border-block-start: 1px solid var(--_border); }
  .row.line { justify-content: center; background: var(--_bg-chrome); }
  .row.line::after { display: none; }

  /* what is new, and what a key could not do: over the heads, where they cover no row */
  .over {
    position: absolute; inset: 0 0 auto; block-size: var(--_head-height); display: flex; align-items: center; justify-content: end; gap: var(--_space-2); pointer-events: none;
    --_before: var(--_start); padding-inline: var(--_before) calc(var(--_end) + var(--_dur-room) + var(--_st-room) + var(--_scrollbar, 0px)); font: var(--_font-size-small) / 1.1 var(--_font);
  }
  .note { flex: 1; align-content: center; min-inline-size: 0; block-size: 100%; margin: 0; overflow: hidden; color: var(--_ink); text-align: left; }
  .note:not(:empty) { margin: 0 calc(-1 * var(--_space-2)) 0 calc(var(--_start) - var(--_before)); padding-inline-end: var(--_space-2); background: var(--_bg-row); }
  .chip {
    flex: none; display: inline-flex; align-items: center; gap: 6px; block-size: calc(var(--_head-height) - 2px); padding: 0 12px 0 8px; border: 0; border-radius: var(--_radius-pill);
    background: var(--_accent); color: var(--_on-accent); font: var(--_weight-strong) var(--_font-size-small) / 1 var(--_font); font-variant-numeric: tabular-nums; white-space: nowrap; cursor: default; pointer-events: auto;
  }
  .chip:focus-visible { outline-color: var(--_on-accent); outline-offset: calc(-2px - var(--_focus-width)); }
  .chip .icon { inline-size: 14px; block-size: 14px; stroke-width: 2; }
  .chip small { display: inline-flex; gap: 5px; align-items: center; font-size: inherit; font-weight: var(--_weight-medium); }
  .chip .short { display: none; }

  /* the message keeps its room; milliseconds and level words go first, then the instance */
  @container log-list (width < 680px) {
    .scroll, .head, .over { --_gap: 8px; --_time: 8ch; --_level: 12px; --_duration-width: 62px; --_start: 16px; --_end: 8px; }
    .head .lvl-h { font-size: 0; }
    .entry > .t { text-overflow: clip; }
    .lvl > span { position: absolute; clip-path: inset(50%); }
    .msg { tab-size: 1; }
    .row.gap, .row.notice { padding-inline: 16px 8px; gap: 8px; }
  }
  @container log-list (width < 560px) {
    .scroll, .head, .over { --_instance: 0px; --_in-room: 0px; --_columns: var(--_time) var(--_level) minmax(0, 1fr) var(--_status-width) var(--_duration-width); }
    .in { display: none; }
    .chip .long { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
    .chip .short { display: inline; }
    /* with no room beside the word for messages, the count stands in its place */
    .over { --_before: calc(var(--_start) + var(--_time) + var(--_gap) + var(--_in-room) + var(--_level) + var(--_gap)); }
    .note:empty { flex: none; }
    .chip { margin-inline-end: auto; }
  }
  @container log-list (width < 380px) {
    .scroll, .head, .over { --_dur-room: 0px; --_columns: var(--_time) var(--_level) minmax(0, 1fr) var(--_status-width); }
    .dur, .dur-h { display: none; }
  }
  @container log-list (width < 300px) {
    .scroll, .head, .over { --_st-room: 0px; --_columns: var(--_time) var(--_level) minmax(0, 1fr); }
    .st, .st-h { display: none; }
  }
  @media (pointer: coarse) {
    .chip { border-block: 8px solid transparent; background-clip: padding-box; }
  }
  @media (forced-colors: active) {
    .row.selected { background: Highlight; color: HighlightText; forced-color-adjust: none; }
    .row.selected * { color: HighlightText; background: none; }
    .row.error::before, .row.fatal::before { background: CanvasText; }
    .row.gap { border-block: 2px dashed CanvasText; }
    .lvl::before { forced-color-adjust: none; color: CanvasText; }
    .selected .lvl::before { color: HighlightText; }
    .status, .chip, .fatal .lvl > span { border: 1px solid CanvasText; }
    mark { background: Mark; color: MarkText; }
    ::highlight(log-hit) { background-color: Mark; color: MarkText; }
  }
`;
