// Every colour, size, font and radius of the viewer, declared once as `--log-*` custom properties; no other style sheet names one. Each
// element carries this sheet and styles itself by the private `--_*` that it makes of them, so that a value set on the element or on any
// ancestor wins over the default here, also through a shadow root.
import { css } from 'lit';

export const theme = css`
  :host {
    /* fonts */
    --_font: var(--log-font, -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Helvetica Neue", Arial, sans-serif);
    --_font-mono: var(--log-font-mono, ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace);
    --_font-size: var(--log-font-size, 13px);              /* chrome: buttons, fields, notices            */
    --_font-size-mono: var(--log-font-size-mono, 12.5px);       /* rows, JSON, stacks                          */
    --_font-size-small: var(--log-font-size-small, 11.5px);      /* counts, status line, chips, column heads    */
    --_font-size-tiny: var(--log-font-size-tiny, 10.5px);       /* level labels in rows, time axis             */
    --_font-size-title: var(--log-font-size-title, 15px);        /* message at the head of the detail           */
    --_weight-medium: var(--log-weight-medium, 500);
    --_weight-strong: var(--log-weight-strong, 600);
    --_line-height: var(--log-line-height, 1.5);             /* running text; rows use --log-row-height     */
    --_line-height-mono: var(--log-line-height-mono, 1.6);        /* JSON, stacks, raw text                      */

    /* spacing: 4 px steps */
    --_space-1: var(--log-space-1, 4px);  --_space-2: var(--log-space-2, 8px);  --_space-3: var(--log-space-3, 12px);  --_space-4: var(--log-space-4, 16px);  --_space-6: var(--log-space-6, 24px);

    /* sizes */
    --_row-height: var(--log-row-height, 24px);
    --_control-height: var(--log-control-height, 28px);
    --_control-height-small: var(--log-control-height-small, 24px);
    --_toolbar-height: var(--log-toolbar-height, 44px);
    --_head-height: var(--log-head-height, 26px);            /* column heads                                */
    --_status-height: var(--log-status-height, 28px);
    --_splitter-width: var(--log-splitter-width, 9px);          /* hit area; the line itself is 1 px           */
    --_mark-width: var(--log-mark-width, 2px);              /* bar at the start edge of a row              */
    --_shape-size: var(--log-shape-size, 9px);              /* level shape                                 */
    --_detail-size: var(--log-detail-size, 44%);             /* inline size beside the list                 */
    --_detail-size-below: var(--log-detail-size-below, 50%);       /* block size when stacked                     */
    --_col-time: var(--log-col-time, 13ch);  --_col-instance: var(--log-col-instance, 9ch);  --_col-level: var(--log-col-level, 62px);   /* ch of the mono font */
    --_col-status: var(--log-col-status, 44px);  --_col-duration: var(--log-col-duration, 68px);
    --_col-gap: var(--log-col-gap, 10px);

    /* radii, lines, shadow, focus, motion */
    --_radius: var(--log-radius, 10px);  --_radius-control: var(--log-radius-control, 6px);  --_radius-chip: var(--log-radius-chip, 4px);  --_radius-pill: var(--log-radius-pill, 22px);
    --_focus-width: var(--log-focus-width, 2px);
    --_shadow-float: var(--log-shadow-float, 0 1px 2px light-dark(#1a1e241f, #00000066), 0 6px 20px light-dark(#1a1e2424, #00000080));
    --_duration: var(--log-duration, 120ms);

    /* surfaces */
    --_bg-row: var(--log-bg-row, light-dark(#ffffff, #14171b));
    --_bg-row-alt: var(--log-bg-row-alt, light-dark(#f9fafb, #171a1f));
    --_bg-row-hover: var(--log-bg-row-hover, light-dark(#f0f2f5, #1f2329));
    --_bg-row-selected: var(--log-bg-row-selected, light-dark(#e4edfd, #1c2c4a));
    --_bg-row-error: var(--log-bg-row-error, light-dark(#fdf3f1, #251819));
    --_bg-row-fatal: var(--log-bg-row-fatal, light-dark(#fae3e0, #361b1c));
    --_bg-gap: var(--log-bg-gap, light-dark(#fbf5e6, #241f14));
    --_bg-gap-stripe: var(--log-bg-gap-stripe, light-dark(#f4e9cc, #2f281a));
    --_bg-chrome: var(--log-bg-chrome, light-dark(#f6f7f9, #1a1d22));
    --_bg-field: var(--log-bg-field, light-dark(#ffffff, #101317));
    --_bg-control: var(--log-bg-control, light-dark(#ffffff, #23272e));
    --_bg-control-hover: var(--log-bg-control-hover, light-dark(#eef0f3, #2c313a));
    --_bg-float: var(--log-bg-float, light-dark(#ffffff, #22262d));
    --_border: var(--log-border, light-dark(#e3e6ea, #2a2e35));
    --_border-control: var(--log-border-control, light-dark(#cdd2d9, #3b414b));
    --_border-field: var(--log-border-field, light-dark(#858d99, #6c7683));

    /* text */
    --_ink: var(--log-ink, light-dark(#1a1e24, #e3e7ec));
    --_ink-2: var(--log-ink-2, light-dark(#454d58, #b4bcc7));
    --_ink-3: var(--log-ink-3, light-dark(#5b6470, #97a0ac));

    /* accent: selection, focus, the one primary action. Nothing else */
    --_accent: var(--log-accent, light-dark(#2553c4, #94b5ff));
    --_on-accent: var(--log-on-accent, light-dark(#ffffff, #0e1830));

    /* levels (text and shape) */
    --_trace: var(--log-trace, light-dark(#5f6772, #949ca8));
    --_debug: var(--log-debug, light-dark(#5a5b95, #a7abdd));
    --_info: var(--log-info, light-dark(#0d6683, #74bcd4));
    --_warn: var(--log-warn, light-dark(#855300, #e6b455));
    --_error: var(--log-error, light-dark(#b3261e, #ff938a));
    --_fatal: var(--log-fatal, light-dark(#97150f, #ffa49c));
    --_on-fatal: var(--log-on-fatal, light-dark(#ffffff, #2b0503));   /* label on a fill of --log-fatal */

    /* graphics, 3:1 */
    --_bar-warn: var(--log-bar-warn, light-dark(#c58410, #dca63f));
    --_live: var(--log-live, light-dark(#1e7f4e, #57c38a));

    /* http status classes */
    --_2xx: var(--log-2xx, light-dark(#1f6340, #8fd0ab));  --_2xx-bg: var(--log-2xx-bg, light-dark(#eef6f1, #18251e));
    --_3xx: var(--log-3xx, light-dark(#454d58, #b4bcc7));  --_3xx-bg: var(--log-3xx-bg, light-dark(#eaedf1, #262b32));
    --_4xx: var(--log-4xx, light-dark(#7a4c00, #ebbf6b));  --_4xx-bg: var(--log-4xx-bg, light-dark(#faeed4, #33290f));
    --_5xx: var(--log-5xx, light-dark(#9f1c15, #ffa49c));  --_5xx-bg: var(--log-5xx-bg, light-dark(#fadfdc, #431f1e));

    /* values */
    --_json-key: var(--log-json-key, light-dark(#454d58, #b4bcc7));
    --_json-string: var(--log-json-string, light-dark(#17664b, #84cba8));
    --_json-number: var(--log-json-number, light-dark(#2350b4, #94b8f5));
    --_json-literal: var(--log-json-literal, light-dark(#7a3b9e, #cfa4ea));

    /* search hits */
    --_hit: var(--log-hit, light-dark(#1a1e24, #fff3c9));          --_hit-bg: var(--log-hit-bg, light-dark(#ffe999, #5a4708));
    --_hit-line: var(--log-hit-line, light-dark(#a67c00, #d9ae36));
  }
  /* a look may be as dense as it likes with a mouse; a finger needs its 44 px in any of them */
  @media (pointer: coarse) {
    :host {
      --_row-height: max(44px, var(--log-row-height, 44px)); --_control-height: max(44px, var(--log-control-height, 44px)); --_control-height-small: max(44px, var(--log-control-height-small, 44px));
      --_toolbar-height: max(56px, var(--log-toolbar-height, 56px)); --_head-height: max(46px, var(--log-head-height, 46px)); --_status-height: max(44px, var(--log-status-height, 44px)); --_splitter-width: max(44px, var(--log-splitter-width, 44px));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host { --_duration: var(--log-duration, 0ms); }
  }
  @media (prefers-contrast: more) {
    :host {
      --_border: var(--log-border, light-dark(#858d99, #6c7683)); --_border-control: var(--log-border-control, light-dark(#5b6470, #97a0ac)); --_ink-3: var(--log-ink-3, var(--_ink-2)); --_bg-row-alt: var(--log-bg-row-alt, var(--_bg-row));
    }
  }
`;
