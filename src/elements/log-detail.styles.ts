// The detail pane: head, tabs and tools, path filter, and the views of an entry. Chrome follows the page's direction; what the entry says is always
// left to right.
import { css } from 'lit';

export const logDetailStyles = css`
  :host { container: log-detail / inline-size; display: block; block-size: 100%; min-block-size: 0; background: var(--_bg-row); }
  /* where there is room for little more than the head, the pane scrolls as a whole */
  .pane { display: flex; flex-direction: column; block-size: 100%; min-block-size: 0; overflow: hidden auto; outline: 0; }
  .nothing { display: grid; place-content: center; padding: var(--_space-6); color: var(--_ink-2); text-align: center; text-wrap: balance; }
  bdi { unicode-bidi: isolate; }
  p { margin: 0; }

  .head { flex: none; padding: 12px 12px 0 18px; padding-inline: 18px 12px; }
  .meta {
    display: flex; flex-wrap: wrap; align-items: center; gap: 0 10px; min-block-size: 24px; font-size: var(--_font-size-small); color: var(--_ink-2);
    font-variant-numeric: tabular-nums;
  }
  .meta > .push { order: 1; }
  .between { color: var(--_ink-3); }
  .offset { color: var(--_ink-3); }
  .instance { font-size: var(--_font-size-mono); overflow-wrap: anywhere; min-inline-size: 0; direction: ltr; }
  .badge {
    display: inline-flex; align-items: center; gap: 5px; padding: 4px 7px; border: 1px solid currentColor; border-radius: var(--_radius-chip); white-space: nowrap;
    font: var(--_weight-strong) var(--_font-size-tiny) / 1 var(--_font); letter-spacing: .05em; text-transform: uppercase;
  }
  .badge.lv-fatal { background: var(--_fatal); border-color: var(--_fatal); color: var(--_on-fatal); }
  .level-number { font-weight: 400; letter-spacing: 0; }
  .title {
    margin: 8px 24px 10px 0; margin-inline: 0 24px; font-size: var(--_font-size-title); line-height: 1.4; font-weight: var(--_weight-strong); color: var(--_ink);
    overflow-wrap: anywhere; white-space: pre-wrap; text-wrap: pretty; text-align: left;
  }
  .title.all { max-block-size: 14em; overflow: auto; }
  .whole { display: block; margin-block: 0 10px; font-size: var(--_font-size-small); min-block-size: 24px; }
  .removed { flex: none; margin: 0 12px 8px; padding: 7px 12px; border: 1px solid var(--_border); border-radius: var(--_radius-control); background: var(--_bg-chrome); color: var(--_ink-2); font-variant-numeric: tabular-nums; }

  .tabs { flex: none; display: flex; flex-wrap: wrap; align-items: center; gap: 0 var(--_space-4); min-block-size: 36px; padding-inline: 18px 10px; border-block-end: 1px solid var(--_border); }
  .tablist { display: flex; gap: var(--_space-4); }
  .tab { position: relative; display: inline-flex; align-items: center; gap: 5px; padding: 8px 0; border: 0; background: none; color: var(--_ink-2); white-space: nowrap; cursor: default; border-radius: var(--_radius-chip); }
  .tab:hover { color: var(--_ink); }
  .tab[aria-selected="true"] { color: var(--_ink); font-weight: var(--_weight-strong); }
  .tab[aria-selected="true"]::after { content: ""; position: absolute; inset: auto 0 -1px; block-size: 2px; background: var(--_accent); }
  .tab .shape { inline-size: 8px; block-size: 8px; }
  .tools { display: flex; align-items: center; gap: 2px; margin-inline-start: auto; }
  .tools [aria-pressed="true"], .tools [aria-expanded="true"] { background: var(--_bg-control-hover); color: var(--_ink); }
  .btn:disabled { color: var(--_ink-3); }
  .when-narrow { display: none; }
  .say { flex-basis: 100%; padding-block: 2px 8px; font-size: var(--_font-size-small); color: var(--_error); }

  .filter { flex: none; padding: 10px 12px 4px 18px; padding-inline: 18px 12px; }
  .note { margin-block: 4px 10px; font-size: var(--_font-size-small); color: var(--_ink-2); overflow-wrap: anywhere; }
  .note:empty { display: none; }
  .filter .note { margin-block: 4px 0; }
  .bare { margin-block: 14px 0; padding-block-start: 10px; border-block-start: 1px solid var(--_border); font-family: var(--_font); }
  .bare code { font: var(--_font-size-mono) var(--_font-mono); padding: 1px 5px; border: 1px solid var(--_border); border-radius: var(--_radius-chip); background: var(--_bg-chrome); color: var(--_ink); white-space: nowrap; }

  .body {
    flex: 1 0 0; min-block-size: 120px; overflow: auto; padding: 6px 12px 16px 18px; direction: ltr; text-align: left; overscroll-behavior: contain;
    scrollbar-width: thin; scrollbar-color: var(--_border-control) transparent;
  }
  .body:focus-visible { outline-offset: -2px; }
  .raw { margin: 0; font: var(--_font-size-mono) / var(--_line-height-mono) var(--_font-mono); }
  .wrap > .raw { white-space: pre-wrap; overflow-wrap: anywhere; }
  .req-line { display: flex; flex-wrap: wrap; align-items: center; gap: 0 10px; margin-block: 6px 12px; font: var(--_font-size-mono) / 1.76 var(--_font-mono); }
  .req-line b { font-weight: var(--_weight-strong); }
  .url { overflow-wrap: anywhere; min-inline-size: 0; }
  .status { padding-inline: 6px; border-radius: var(--_radius-chip); font: var(--_weight-strong) var(--_font-size-small) / 1.56 var(--_font); font-variant-numeric: tabular-nums; }
  .s2 { color: var(--_2xx); background: var(--_2xx-bg); }
  .s3 { color: var(--_3xx); background: var(--_3xx-bg); }
  .s4 { color: var(--_4xx); background: var(--_4xx-bg); }
  .s5 { color: var(--_5xx); background: var(--_5xx-bg); }
  .dim { color: var(--_ink-3); }
  .label { margin: 0 0 2px; font-size: var(--_font-size-small); color: var(--_ink-3); }
  .kv { display: grid; grid-template-columns: fit-content(40%) minmax(0, 1fr); gap: 2px 16px; margin: 0 0 14px; font: var(--_font-size-mono) / var(--_line-height-mono) var(--_font-mono); }
  .kv dt { color: var(--_json-key); overflow-wrap: anywhere; }
  .kv dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; color: var(--_json-string); }
  .kv dd.number { color: var(--_json-number); }
  .kv dd.literal { color: var(--_json-literal); }
  .body:not(.wrap) .kv { grid-template-columns: max-content max-content; }
  .body:not(.wrap) .kv dd, .body:not(.wrap) .url { white-space: pre; overflow-wrap: normal; }
  .fold > summary { display: flex; align-items: center; gap: 6px; min-block-size: 24px; border-radius: var(--_radius-chip); color: var(--_ink-2); font: var(--_font-size-small) / 1.9 var(--_font); list-style: none; cursor: default; }
  .fold > summary::-webkit-details-marker { display: none; }
  .fold > summary:hover { color: var(--_ink); }
  .fold > summary > .icon { inline-size: 9px; block-size: 9px; stroke-width: 2.6; }
  .fold[open] > summary > .icon { rotate: 90deg; }
  .fold > .kv { margin-inline-start: 15px; }

  @container log-detail (width < 470px) {
    .head { padding: 8px 8px 0 14px; padding-inline: 14px 8px; }
    .title { margin-block: 4px 6px; margin-inline-end: 0; font-size: var(--_font-size); }
    .meta > .push { order: 0; }
    .when { order: 1; flex-basis: 100%; }
    .between { display: none; }
    .tabs { padding-inline: 14px 6px; }
    .filter { padding-inline: 14px 8px; }
    .body { padding-inline: 14px 8px; }
    .filter:not(.open) { display: none; }
    .when-narrow { display: inline-flex; }
  }
  @media (max-height: 560px) {
    .head { padding-block-start: 8px; }
    .title { margin-block: 2px 4px; }
    .filter:not(.open) { display: none; }
    .when-narrow { display: inline-flex; }
  }
  @media (pointer: coarse) {
    .tab, .fold > summary, .whole { min-block-size: 44px; }
    .tab { min-inline-size: 44px; justify-content: center; }
    .tablist { gap: var(--_space-1); }
  }
  @media (forced-colors: active) {
    .tab[aria-selected="true"]::after { background: Highlight; }
    .badge, .status { border: 1px solid CanvasText; }
    .tools [aria-pressed="true"] { outline: 1px solid ButtonText; outline-offset: -1px; }
  }
`;
