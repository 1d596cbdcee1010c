// Parts of the viewer, to see what each costs: `store` (socket, decoding, ring, snapshot; nothing is drawn), `rows` (the same and 40 of the viewer's own
// rows in fixed places, without a virtualizer), `list` (`<log-list>` alone).
import { html, render } from 'lit';
import { ConnectionController } from '../../../src/elements/connection-controller.js';
import '../../../src/elements/log-list.js';
import { LogStore } from '../../../src/core/log-store.js';
import { RowPainter } from '../../../src/elements/row-painter.js';
import { styles } from '../../../src/elements/log-list.styles.js';
import { theme } from '../../../src/elements/theme.styles.js';
import { cap, endpoint, mark, present } from './probe.js';

mark(LogStore.prototype, 'flush', 'flush');

const ROWS = 40;
const part = new URLSearchParams(location.search).get('part');
const controller = new ConnectionController({ endpoint, level: 'trace', maxEntries: cap, maxBytes: 1024 ** 3 });
const { store } = controller;

if (part === 'rows') {
  const host = document.body.appendChild(document.createElement('div')), root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [theme, styles].map(({ styleSheet }) => styleSheet as CSSStyleSheet);
  const painter = new RowPainter();
  store.subscribe(({ length }) => {
    const from = Math.max(0, length - ROWS);
    render(html`<div class="scroll" role="grid">${Array.from({ length: Math.min(ROWS, length) }, (_, at) => painter.draw(store.rowAt(from + at), from + at, () => store.rowAt(from + at - 1)))}</div>`, root);
    root.querySelectorAll<HTMLElement>('[role=row]').forEach((row, at) => (row.style.top = `${at * 24}px`));
  });
} else if (part === 'list') {
  const list = document.createElement('log-list');
  list.controller = controller;
  document.body.append(list);
}
controller.connect();

present({ taken: () => store.snapshot.received, lost: () => store.snapshot.missing.reduce((sum, count) => sum + count, 0) });
