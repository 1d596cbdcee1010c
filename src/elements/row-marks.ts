// Marks the words of a search in the rows that are drawn, as ranges of their text (CSS custom highlights): no element for each word, so that marks cost
// no layout. Engines without them get `<mark>` elements from the row's template. Knows nothing of what the rows are of.
import { highlight } from '../core/highlight.js';

/** The name in `::highlight()`. It is the document's, so that all lists of a page share it. */
const NAME = 'log-hit';

/** Whether this engine has custom highlights. */
export const hasHighlights = typeof Highlight === 'function' && 'highlights' in CSS;

export class RowMarks {
  #ranges: StaticRange[] = [];

  /** Marks what the patterns find in the messages of these rows, and nothing that was marked before. */
  mark(rows: Iterable<Element>, patterns: readonly RegExp[]): void {
    this.clear();
    if (!hasHighlights || patterns.length === 0) return;
    for (const row of rows) {
      const message = row.querySelector('.msg > span:last-child');
      if (message === null) continue;
      const texts = document.createTreeWalker(message, NodeFilter.SHOW_TEXT);
      while (texts.nextNode() !== null) this.#markIn(texts.currentNode as Text, patterns);
    }
    const marks = CSS.highlights.get(NAME) ?? new Highlight();
    for (const range of this.#ranges) marks.add(range);
    CSS.highlights.set(NAME, marks);
  }

  clear(): void {
    if (this.#ranges.length === 0) return;
    const marks = CSS.highlights.get(NAME);
    for (const range of this.#ranges) marks?.delete(range);
    this.#ranges = [];
  }

  #markIn(node: Text, patterns: readonly RegExp[]): void {
    let at = 0;
    for (const { text, hit } of highlight(node.data, patterns)) {
      const end = at + text.length;
      if (hit) this.#ranges.push(new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: end }));
      at = end;
    }
  }
}
