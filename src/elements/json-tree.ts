// A JSON text as a tree that a person opens and closes, by pointer and by the keys of the ARIA tree pattern; a part of `<log-detail>`. Which rows there
// are, `core/json-outline.ts` knows; here they are drawn and moved in.
import { html, LitElement, noChange, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';
import { readableValue } from '../core/json-find.js';
import { JsonOutline, MAX_DEPTH, type OutlineRow, type Preview, type Toggles, type ValueRow } from '../core/json-outline.js';
import { chrome } from './chrome.styles.js';
import { icon } from './icons.js';
import { jsonTreeStyles } from './json-tree.styles.js';
import { Localizer } from './localizer.js';
import { shownText } from './shown-text.js';
import type { Strings } from './strings.js';
import { theme } from './theme.styles.js';

const MAX_KEY = 200, MAX_PREVIEW_KEY = 30, MAX_INDENT = 24, MAX_TOGGLES = 1000;
/** A longer text is told by its characters, since a few lines may hold them all. */
const MAX_COUNTED_IN_LINES = 5000;

/** Tells a row's style how deep it stands; a style attribute would be against a strict content policy. */
class IndentDirective extends Directive {
  override render(_depth: number): unknown {
    return noChange;
  }

  override update(part: ElementPart, [depth]: [number]): unknown {
    (part.element as HTMLElement).style.setProperty('--_depth', String(Math.min(depth, MAX_INDENT)));
    return noChange;
  }
}
const indent = directive(IndentDirective);

type RowElement = HTMLElement & { row: OutlineRow };

/** A person asks for a copy of one value. For the element that holds the tree. */
export class TreeCopyEvent extends Event {
  /** A string as its text, anything else as JSON, as it was written. */
  readonly text: string;

  constructor(text: string) {
    super('log-tree-copy');
    this.text = text;
  }
}

/**
 * @summary A JSON text as a tree; a part of `<log-detail>`.
 * @fires {TreeCopyEvent} log-tree-copy - A person asks for a copy of the value that has the focus; stays within the detail.
 */
export class LogJsonTree extends LitElement {
  static override styles = [theme, chrome, jsonTreeStyles];

  /** Valid JSON. */
  @property({ attribute: false }) text = 'null';
  /** The text holds only what a person asked for, so it is shown open. */
  @property({ attribute: false }) isFiltered = false;
  @property({ attribute: false }) isWrapped = true;
  /** What a person opened and closed; whoever owns it keeps it for the next text. */
  @property({ attribute: false }) toggles: Toggles = new Map<string, boolean>();
  /** The path of the row that has the tab stop. */
  @state() private current = '';

  readonly #localizer = new Localizer(this);
  #outline = new JsonOutline('null', this.toggles);
  #mustFocus = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('text') && !changed.has('isFiltered')) return;
    if (this.toggles.size > MAX_TOGGLES) this.toggles.clear();
    this.#outline = new JsonOutline(this.text, this.isFiltered ? new Map<string, boolean>() : this.toggles, this.isFiltered);
  }

  override render(): TemplateResult {
    const { rows } = this.#outline;
    if (rows.length === 0) return html`<p class="empty">${this.text}</p>`;
    const current = rows.some(({ path }) => path === this.current) ? this.current : rows[0]?.path;
    return html`<div class=${classMap({ tree: true, wrap: this.isWrapped })} role="tree" aria-label=${this.#localizer.strings.detail.tree} @keydown=${this.#onKey} @copy=${this.#onCopy} @click=${this.#onClick}>${
      repeat(rows, ({ path }) => path, (row) => this.#row(row, row.path === current))
    }</div>`;
  }

  override updated(): void {
    if (!this.#mustFocus) return;
    this.#mustFocus = false;
    this.renderRoot.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
  }

  #row(row: OutlineRow, isCurrent: boolean): TemplateResult {
    const isOpen = row.kind === 'value' ? row.isOpen : null, holds = row.kind === 'value' && row.preview !== null;
    return html`<div
      class=${classMap({ node: true, opens: isOpen !== null && holds, open: isOpen === true, more: row.kind === 'more' })}
      role="treeitem"
      part="tree-row"
      tabindex=${isCurrent ? 0 : -1}
      aria-level=${row.depth + 1}
      aria-posinset=${row.position}
      aria-setsize=${row.size}
      aria-expanded=${ifDefined(isOpen === null ? undefined : isOpen)}
      .row=${row}
      ${indent(row.depth)}
    ><span class="twist">${isOpen !== null && holds ? icon('chevron') : nothing}</span>${
      row.kind === 'more'
        ? html`<span class="link">${this.#localizer.strings.detail.more(row.next, row.left)}</span>`
        : html`${row.key === null ? nothing : html`<bdi class="key">${shownText(row.key, MAX_KEY)}</bdi>`}${this.#value(row)}`
    }</div>`;
  }

  #value(row: ValueRow): TemplateResult {
    const { preview, words, isOpen, member, depth } = row, { detail } = this.#localizer.strings;
    if (words !== null) {
      const all = words.lines > 1 && words.length < MAX_COUNTED_IN_LINES ? detail.allLines(words.lines) : detail.allCharacters(words.length);
      return html`<bdi class="value string">"${shownText(words.shown)}${words.shown.length < words.length ? '…' : ''}"${
        isOpen === true && words.shown.length < words.length ? html` <span class="preview">${detail.restInRaw}</span>` : nothing}${
        isOpen === null ? nothing : html` <button class="link words" type="button" tabindex="-1">${isOpen ? detail.less : all}</button>`
      }</bdi>`;
    }
    if (preview === null) return html`<bdi class="value ${member.kind === 'number' ? 'number' : 'literal'}">${this.#outline.written(row)}</bdi>`;
    if (isOpen === true) return html``;
    const isTooDeep = depth >= MAX_DEPTH && preview.size > 0;
    return html`<bdi class="value preview">${isTooDeep ? `… ${detail.tooDeep}` : previewOf(preview, detail)}</bdi>`;
  }

  readonly #onClick = (event: Event): void => {
    const target = event.target as Element, element = target.closest<RowElement>('[role=treeitem]');
    if (element === null) return;
    const { row } = element;
    this.current = row.path;
    // a drag that marks text ends in a click too
    const isMarking = getSelection()?.type === 'Range';
    if (target.closest('.words') !== null || (!isMarking && (row.kind === 'more' || row.preview !== null))) this.#toggle(row);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { rows } = this.#outline, element = (event.target as Element).closest<RowElement>('[role=treeitem]');
    const index = element === null ? -1 : rows.findIndex(({ path }) => path === element.row.path), row = rows[index];
    if (row === undefined) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // what a person has selected is the browser's to copy
    if (!(isPlain ? this.#command(event.key, row, index) : isCopyKey(event) && getSelection()?.type !== 'Range' && this.#askForCopy(row))) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Does what a key means; false where it means nothing here. */
  #command(key: string, row: OutlineRow, index: number): boolean {
    const { rows } = this.#outline, isOpen = row.kind === 'value' ? row.isOpen : null;
    switch (key) {
      case 'ArrowDown': return this.#go(rows[index + 1]);
      case 'ArrowUp': return this.#go(rows[index - 1]);
      case 'Home': return this.#go(rows[0]);
      case 'End': return this.#go(rows.at(-1));
      case 'ArrowRight':
        if (isOpen === false) return this.#toggle(row);
        return isOpen === true && row.kind === 'value' && row.preview !== null ? this.#go(rows[index + 1]) : true;
      case 'ArrowLeft':
        if (isOpen === true) return this.#toggle(row);
        return this.#go(rows.slice(0, index).findLast(({ depth }) => depth < row.depth));
      case 'Enter':
      case ' ': return this.#toggle(row);
      default: return false;
    }
  }

  /** Chromium finds words selected in a field that was left, and then has nothing to copy: it tells the row with the focus, and not a text in it. */
  readonly #onCopy = (event: Event): void => {
    const { row } = event.target as Partial<RowElement>;
    if (row !== undefined && this.#askForCopy(row)) event.preventDefault();
  };

  #askForCopy(row: OutlineRow): boolean {
    return row.kind === 'value' && this.dispatchEvent(new TreeCopyEvent(readableValue(this.text, row.member)));
  }

  #go(row: OutlineRow | undefined): true {
    if (row !== undefined) this.current = row.path;
    this.#mustFocus = row !== undefined;
    return true;
  }

  #toggle(row: OutlineRow): true {
    const index = this.#outline.rows.indexOf(row);
    this.#outline.toggle(row);
    this.requestUpdate();
    // where there were more members to show, the first of them is next
    return this.#go(row.kind === 'more' ? this.#outline.rows[index] : row);
  }
}

/** Where the keys write other letters than Latin ones, a browser goes by the place of the key. */
function isCopyKey({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  const isC = key.toLowerCase() === 'c' || (code === 'KeyC' && !/^[a-z]$/i.test(key));
  return isC && ctrlKey !== metaKey && !altKey && !shiftKey;
}

function previewOf(preview: Preview, detail: Strings['detail']): unknown {
  const { size } = preview;
  if (preview.kind === 'array') {
    if (size === 0) return '[]';
    return preview.items === null ? `[ ${detail.items(size)} ]` : ['[ ', shownText(preview.items.join(', ')), ' ]'];
  }
  if (size === 0) return '{}';
  const keys = preview.keys.flatMap((key, index) => [index === 0 ? '' : ', ', shownText(key, MAX_PREVIEW_KEY)]);
  return ['{ ', ...keys, size > preview.keys.length ? `, ${detail.keysMore(size - preview.keys.length)}` : '', ' }'];
}

if (!customElements.get('log-json-tree')) customElements.define('log-json-tree', LogJsonTree);

declare global {
  interface HTMLElementTagNameMap {
    'log-json-tree': LogJsonTree;
  }
}
