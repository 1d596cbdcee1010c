// The list: columns, rows, what levels and states do to them, and what gives way where the list is narrow.
import { css } from 'lit';

export const styles = css`
  :host {
    container: log-list / inline-size; display: flex; flex-direction: column; position: relative; min-inline-size: 0; min-block-size: 0; block-size: 100%; overflow: clip;
    background: var(--_bg-row); direction: ltr; font: var(--_font-size-mono) / var(--_row-height) var(--_font-mono);
  }
  .heads { flex: none; padding-inline-end: var(--_scrollbar, 0px); border-block-end: 1px solid var(--_border); }
  .scroll {
    flex: 1; min-block-size: 0; overflow: hidden auto; overflow-anchor: none; outline: 0; line-height: var(--_row-height);
    scrollbar-width: thin; scrollbar-color: var(--_border-control) transparent;
  }
  /* the virtualizer's sizer (2 px of text, moved up by 2 px) would else take the list's line height below the last row */
  [virtualizer-sizer] { line-height: 2px; }

  .cols {
    --_columns: var(--_col-time) var(--_col-instance) var(--_col-level) minmax(0, 1fr) var(--_col-status) var(--_col-duration);
    display: grid; grid-template-columns: var(--_columns); column-gap: var(--_col-gap); padding-inline: 18px 12px;
  }
  .head { block-size: var(--_head-height); align-items: center; color: var(--_ink-3); }
  .head > * { font: var(--_font-size-small) / var(--_head-height) var(--_font); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .head > :is(.st-h, .dur-h) { text-align: end; }

  .row { inset-inline: 0; block-size: var(--_row-height); cursor: default; white-space: pre; contain: strict; background: var(--_bg-row); }
  .row.alt { background: var(--_bg-row-alt); }
  .row > * { overflow: hidden; text-overflow: ellipsis; }
  .row::before { content: ''; position: absolute; inset: 0 auto 0 0; inline-size: var(--_mark-width); background: transparent; }
  .t { color: var(--_ink-3); font-variant-numeric: tabular-nums; }
  .t.first { color: var(--_ink-2); font-weight: 500; }
  .in { color: var(--_ink-3); }
  .lvl { display: flex; align-items: center; gap: 6px; font: 500 var(--_font-size-tiny) / 1 var(--_font); letter-spacing: 0.05em; text-transform: uppercase; }
  .lvl.lv-warn, .lvl.lv-error, .lvl.lv-fatal { font-weight: var(--_weight-strong); }
  .msg { color: var(--_ink); }
  .row:not(.http) .msg { grid-column: 4 / -1; }
  .row.trace .msg, .row.debug .msg { color: var(--_ink-2); }
  .verb { display: inline-block; min-inline-size: 6ch; color: var(--_ink-2); }
  .verb.writes { color: var(--_ink); font-weight: var(--_weight-strong); }
  .qs { color: var(--_ink-3); }
  .etype { color: var(--_error); font-weight: var(--_weight-strong); }
  .st { display: flex; justify-content: end; align-items: center; }
  .status { font: var(--_weight-strong) var(--_font-size-small) / 18px var(--_font); font-variant-numeric: tabular-nums; padding-inline: 6px; border-radius: var(--_radius-chip); }
  .s2, .s3 { font-weight: 500; }
  .s2 { color: var(--_2xx); background: var(--_2xx-bg); }
  .s3 { color: var(--_3xx); background: var(--_3xx-bg); }
  .s4 { color: var(--_4xx); background: var(--_4xx-bg); }
  .s5 { color: var(--_5xx); background: var(--_5xx-bg); }
  .status.none { color: var(--_ink-3); }
  .dur { text-align: right; color: var(--_ink-3); font-variant-numeric: tabular-nums; }
  .dur.slow { color: var(--_ink); font-weight: var(--_weight-strong); }
  mark { color: var(--_hit); background: var(--_hit-bg); box-shadow: inset 0 -2px 0 var(--_hit-line); border-radius: 2px; padding-block: 1px; }

  .row.error { background: var(--_bg-row-error); }
  .row.error::before { background: var(--_error); }
  .row.fatal { background: var(--_bg-row-fatal); }
  .row.fatal::before { background: var(--_fatal); inline-size: calc(2 * var(--_mark-width)); }
  .row.fatal .msg { font-weight: var(--_weight-strong); }
  .row.fatal .lvl > span { background: var(--_fatal); color: var(--_on-fatal); padding: 3px 5px; border-radius: var(--_radius-chip); margin-inline: -1px -5px; }
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
  .row.notice .t { font: var(--_font-size-mono) / 1 var(--_font-mono); inline-size: var(--_col-time); flex: none; }
  .row.notice .icon { inline-size: 14px; block-size: 14px; color: var(--_ink-3); }
  .row.notice::after { content: ''; flex: 1; border-block-start: 1px solid var(--_border); }
  .row.line { justify-content: center; background: var(--_bg-chrome); }
  .row.line::after { display: none; }

  .chip {
    position: absolute; inset-block-end: 12px; inset-inline-start: 50%; translate: -50%; display: inline-flex; align-items: center; gap: 10px;
    block-size: 32px; padding-inline: 14px; border-radius: 16px; border: 1px solid var(--_border-control); background: var(--_bg-float); color: var(--_ink);
    font: var(--_weight-strong) var(--_font-size) / 1 var(--_font); font-variant-numeric: tabular-nums; box-shadow: var(--_shadow-float); white-space: nowrap; cursor: default;
  }
  .chip .icon { color: var(--_accent); margin-inline-end: -4px; }
  .chip small { font-size: var(--_font-size-small); font-weight: 400; color: var(--_ink-2); display: inline-flex; gap: 5px; align-items: center; padding-inline-start: 10px; border-inline-start: 1px solid var(--_border); line-height: 16px; }

  /* the message keeps its room; milliseconds and level words go first, then the instance */
  @container log-list (width < 680px) {
    .cols { --_col-gap: 8px; --_col-time: 8.5ch; --_col-level: 12px; --_col-duration: 62px; padding-inline: 16px 8px; }
    .t .ms, .head .lvl-h { font-size: 0; }
    .t .ms { display: none; }
    .row .lvl > span { position: absolute; clip-path: inset(50%); }
    .row.fatal .lvl { color: var(--_fatal); }
    .verb { min-inline-size: 0; margin-inline-end: 1ch; }
    .row.gap, .row.notice { padding-inline: 16px 8px; gap: 8px; }
    .row.notice .t { --_col-time: 8.5ch; }
  }
  @container log-list (width < 560px) {
    .cols { --_columns: var(--_col-time) var(--_col-level) minmax(0, 1fr) var(--_col-status) var(--_col-duration); }
    .cols .in { display: none; }
    .row:not(.http) .msg { grid-column: 3 / -1; }
  }
  @container log-list (width < 380px) {
    .cols { --_columns: var(--_col-time) var(--_col-level) minmax(0, 1fr) var(--_col-status); }
    .cols :is(.dur, .dur-h) { display: none; }
  }
  @container log-list (width < 300px) {
    .cols { --_columns: var(--_col-time) var(--_col-level) minmax(0, 1fr); }
    .cols :is(.st, .st-h) { display: none; }
  }
  @media (pointer: coarse) {
    .chip { block-size: 44px; border-radius: 22px; }
  }
  @media (forced-colors: active) {
    .row.selected { background: Highlight; color: HighlightText; forced-color-adjust: none; }
    .row.selected * { color: HighlightText; background: none; }
    .row.error::before, .row.fatal::before { background: CanvasText; }
    .row.gap { border-block: 2px dashed CanvasText; }
    .status, .chip, .row.fatal .lvl > span { border: 1px solid CanvasText; }
    mark { background: Mark; color: MarkText; }
  }
`;
