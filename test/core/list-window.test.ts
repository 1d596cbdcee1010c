import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ListWindow, type WindowRow } from '../../src/core/list-window.js';
import type { LogStore, LogStoreOptions } from '../../src/core/log-store.js';
import type { LogRow } from '../../src/core/notice.js';
import { plainFrame, receive, storeOf } from '../helpers/store-bench.js';

/** A list with a screen of some rows, whose reader stands at a position; it is drawn anew at each publish. */
class Screen {
  readonly store: LogStore;
  readonly window: ListWindow;
  readonly #height: number;
  still = true;
  top = 0;
  /** What the reader sees. */
  rows: readonly WindowRow[] = [];

  constructor(height: number, options: Partial<LogStoreOptions>, messages: readonly string[]) {
    this.store = storeOf(options).store;
    receive(this.store, ...messages);
    this.window = new ListWindow(this.store);
    this.#height = height;
    this.store.subscribe(() => this.#onPublish());
    this.scrollTo(0);
  }

  get onScreen(): LogRow[] {
    return this.rows.filter((row) => 'id' in row);
  }

  /** In words: an entry by its message, `^2` the line above held rows, `~` a hole. */
  get words(): string {
    return this.rows.map(wordOf).join(' ');
  }

  get all(): string {
    return Array.from({ length: this.window.length }, (_, index) => wordOf(this.window.rowAt(index) as WindowRow)).join(' ');
  }

  scrollTo(top: number): void {
    this.top = Math.max(0, Math.min(top, this.window.length - this.#height));
    this.rows = Array.from({ length: this.#height }, (_, index) => this.window.rowAt(this.top + index)).filter((row) => row !== null);
  }

  #onPublish(): void {
    const first = this.rows.find((row): row is LogRow => 'id' in row), offset = first === undefined ? 0 : this.rows.indexOf(first);
    this.window.update(this.onScreen, this.still);
    this.scrollTo(first === undefined ? 0 : this.window.indexOf(first.id) - offset);
  }
}

function wordOf(row: WindowRow): string {
  switch (row.kind) {
    case 'entry': return (JSON.parse(row.text) as { msg: string }).msg;
    case 'notice': return `!${row.notice.name}`;
    case 'older': return `^${row.count}`;
    case 'hole': return '~';
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');

describe('a reader whose rows stay in the buffer', () => {
  test('sees the view of the store', () => {
    const screen = new Screen(3, { maxEntries: 10 }, letters.slice(0, 5));
    assert.deepEqual([screen.all, screen.window.length, screen.window.held], ['a b c d e', 5, []]);
    assert.deepEqual([0, 3, 99].map((id) => screen.window.indexOf(id)), [0, 3, 5]);
    assert.deepEqual([5, -1].map((index) => screen.window.rowAt(index)), [null, null]);
  });
});

describe('a reader whose rows are evicted', () => {
  test('goes on seeing them, below a line that counts what was removed since', () => {
    const screen = new Screen(3, { maxEntries: 5 }, letters.slice(0, 5));
    receive(screen.store, 'f');
    assert.deepEqual([screen.words, screen.all], ['a b c', '^1 a b c d e f']);
    receive(screen.store, 'g', 'h');
    assert.deepEqual([screen.words, screen.all], ['a b c', '^3 a b c d e f g h']);
    receive(screen.store, 'i', 'j', 'k');
    assert.deepEqual([screen.words, screen.all], ['a b c', '^6 a b c ~ g h i j k']);
  });

  test('sees the count begin when the first row left, whatever had left before', () => {
    const screen = new Screen(2, { maxEntries: 5 }, letters.slice(0, 9));
    screen.scrollTo(3);
    receive(screen.store, 'j');
    assert.equal(screen.all, 'f g h i j');
    receive(screen.store, 'k', 'l', 'm');
    assert.deepEqual([screen.words, screen.all], ['h i', '^3 h i j k l m']);
  });

  test('keeps every row of the screen through a burst that turns the whole buffer over', () => {
    const screen = new Screen(4, { maxEntries: 6 }, letters.slice(0, 6));
    screen.scrollTo(1);
    receive(screen.store, ...letters.slice(6));
    assert.deepEqual([screen.words, screen.all], ['b c d e', '^20 b c d e ~ u v w x y z']);
    assert.deepEqual(screen.window.held.map((row) => row.id), [1, 2, 3, 4]);
  });

  test('finds no hole where the next row is the oldest that is kept', () => {
    const screen = new Screen(3, { maxEntries: 4 }, letters.slice(0, 4));
    receive(screen.store, 'e', 'f', 'g');
    assert.equal(screen.all, '^3 a b c d e f g');
    receive(screen.store, 'h');
    assert.equal(screen.all, '^4 a b c ~ e f g h');
  });

  test('scrolls down over the hole, and finds it there still when the rows below it leave too', () => {
    const screen = new Screen(4, { maxEntries: 3 }, letters.slice(0, 4));
    receive(screen.store, ...letters.slice(4, 10));
    assert.equal(screen.all, '^6 b c d ~ h i j');
    screen.scrollTo(3);
    assert.equal(screen.words, 'd ~ h i');
    receive(screen.store, 'k', 'l');
    assert.deepEqual([screen.words, screen.all], ['d ~ h i', '^8 d ~ h i j k l']);
    receive(screen.store, 'm');
    assert.deepEqual([screen.words, screen.all], ['d ~ h i', '^9 d ~ h i ~ k l m']);
    const found = (letter: string): string => wordOf(screen.window.rowAt(screen.window.indexOf(letters.indexOf(letter))) as WindowRow);
    assert.deepEqual(['b', 'd', 'h', 'i', 'k'].map(found), ['d', 'd', 'h', 'i', 'k']);
  });

  test('leaves them behind with the rows that go off the screen', () => {
    const screen = new Screen(2, { maxEntries: 4 }, letters.slice(0, 4));
    receive(screen.store, ...letters.slice(4, 8));
    assert.equal(screen.all, '^4 a b ~ e f g h');
    screen.scrollTo(5);
    receive(screen.store, 'i');
    assert.deepEqual([screen.words, screen.all], ['f g', 'f g h i']);
    receive(screen.store, 'j');
    assert.deepEqual([screen.words, screen.all], ['f g', '^1 f g h i j'], 'a new count begins');
  });

  test('sees them also under a filter, without a hole where what is between was never shown', () => {
    const screen = new Screen(2, { maxEntries: 6 }, []);
    for (const [level, msg] of [[30, 'a'], [50, 'B'], [30, 'c'], [50, 'D'], [30, 'e'], [50, 'F']] as const) screen.store.receive(plainFrame(level, msg));
    screen.store.flush();
    screen.store.setFilter({ hiddenLevels: ['info'] });
    assert.deepEqual([screen.words, screen.all], ['B D', 'B D F']);
    receive(screen.store, 'g', 'h');
    assert.equal(screen.all, '^2 B D F');
    receive(screen.store, 'i');
    screen.scrollTo(0);
    receive(screen.store, 'j', 'k', 'l');
    assert.equal(screen.words, '^6 B', 'the view is empty now');
    assert.equal(screen.all, '^6 B');
  });

  test('keeps its finding that nothing is missing when the next row goes off the screen', () => {
    const screen = new Screen(3, { maxEntries: 6 }, []);
    for (const [level, msg] of [[50, 'A'], [50, 'B'], [30, 'c'], [50, 'D'], [50, 'E'], [50, 'F']] as const) screen.store.receive(plainFrame(level, msg));
    screen.store.flush();
    screen.store.setFilter({ hiddenLevels: ['info'] });
    receive(screen.store, 'g', 'h');
    assert.equal(screen.all, '^2 A B D E F');
    screen.scrollTo(0);
    receive(screen.store, 'i');
    assert.deepEqual([screen.words, screen.all], ['^3 A B', '^3 A B D E F']);
  });

  test('sees notices held like entries, but not counted with them', () => {
    const { store } = storeOf({ maxEntries: 3 });
    store.notify({ name: 'level', level: 'debug' });
    receive(store, 'a', 'b');
    const window = new ListWindow(store), onScreen = [0, 1].map((index) => store.rowAt(index) as LogRow);
    receive(store, 'c', 'd');
    window.update(onScreen, true);
    assert.deepEqual(Array.from({ length: window.length }, (_, index) => wordOf(window.rowAt(index) as WindowRow)), ['^1', '!level', 'a', 'b', 'c', 'd']);
  });

  test('lets go of them by following, by a new filter and by clearing', () => {
    for (const end of ['follow', 'filter', 'clear'] as const) {
      const screen = new Screen(3, { maxEntries: 4 }, letters.slice(0, 4));
      receive(screen.store, 'e', 'f');
      assert.equal(screen.all, '^2 a b c d e f');
      screen.still = end !== 'follow';
      if (end === 'follow') receive(screen.store, 'g');
      else if (end === 'filter') screen.store.setFilter({ search: 'e' });
      else screen.store.clear();
      assert.deepEqual([screen.all, screen.window.held], [{ follow: 'd e f g', filter: 'e', clear: '!cleared' }[end], []]);
    }
  });

  test('finds errors among them, and from them among the others', () => {
    const { store } = storeOf({ maxEntries: 4 });
    for (const [level, msg] of [[50, 'A'], [30, 'b'], [60, 'C'], [30, 'd']] as const) store.receive(plainFrame(level, msg));
    store.flush();
    const window = new ListWindow(store), onScreen = [0, 1, 2].map((index) => store.rowAt(index) as LogRow);
    for (const [level, msg] of [[30, 'e'], [30, 'f'], [50, 'G'], [30, 'h']] as const) store.receive(plainFrame(level, msg));
    store.flush();
    window.update(onScreen, true);
    const found = (from: number, step: 1 | -1): string | -1 => {
      const index = window.findError(from, step);
      return index < 0 ? -1 : wordOf(window.rowAt(index) as WindowRow);
    };
    // 0 the line above, 1 A, 2 b, 3 C, 4 the hole, 5 e, 6 f, 7 G, 8 h
    assert.deepEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8].map((from) => found(from, 1)), ['A', 'A', 'C', 'C', 'G', 'G', 'G', 'G', -1, -1]);
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((from) => found(from, -1)), [-1, -1, 'A', 'A', 'C', 'C', 'C', 'C', 'G', 'G']);
  });
});

test('whatever arrives and wherever the reader scrolls, what is read stands still, and no row is shown beside another that did not follow it without a hole', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ receive: fc.integer({ min: 1, max: 30 }) }) },
    { weight: 3, arbitrary: fc.record({ scroll: fc.integer({ min: -8, max: 8 }) }) },
    { weight: 1, arbitrary: fc.record({ filter: fc.constantFrom('', 'x') }) },
  );
  fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 30 }), (maxEntries, height, steps) => {
    const sent = ['x', 'y', 'x'], screen = new Screen(height, { maxEntries }, sent);
    for (const now of steps) {
      const before = screen.onScreen;
      if ('receive' in now) {
        const messages = Array.from({ length: now.receive }, (_, index) => (index % 3 === 0 ? 'x' : 'y'));
        sent.push(...messages);
        receive(screen.store, ...messages);
        const seen = screen.onScreen.map((row) => row.id);
        // the line above the held rows may take the place of the last one only where the list is at its very beginning
        assert.deepEqual(before.map((row) => row.id).slice(0, seen.length), seen.slice(0, before.length));
      } else if ('scroll' in now) screen.scrollTo(screen.top + now.scroll);
      else screen.store.setFilter({ search: now.filter });
      const { store, window } = screen, search = store.snapshot.filter.search;
      let last: number | null = null, hole = false;
      for (let index = 0; index < window.length; index++) {
        const row = window.rowAt(index) as WindowRow;
        assert.equal(row.kind === 'older', index === 0 && window.held.length > 0);
        if (row.kind === 'hole') hole = true;
        if (!('id' in row)) continue;
        assert.equal(window.indexOf(row.id), index);
        if (last !== null && !hole) assert.equal(sent.slice(last + 1, row.id).some((word) => word.includes(search)), false, `${last} beside ${row.id}`);
        if (last !== null) assert.equal(row.id > last, true, `${row.id} after ${last}`);
        last = row.id;
        hole = false;
      }
    }
  }), { numRuns: 500 });
});
