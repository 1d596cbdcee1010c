import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InstanceLives } from '../../src/core/instance-lives.js';
import type { Notice } from '../../src/core/notice.js';
import { MAX_STREAMS, NO_NUMBERS, NONE_QUIET, type BusAway, type ServerExtension, type StreamPosition, type StreamState } from '../../src/core/protocol.js';
import { manualClock } from '../helpers/manual-platform.js';

const AWAY: BusAway = { since: 40, reason: 'Redis does not answer' };
const at = (epoch: string, seq = 1): StreamPosition => ({ epoch, seq, levels: NO_NUMBERS });

function livesOf() {
  const said: Notice[] = [], lives = new InstanceLives(manualClock(1000), (notice) => said.push(notice));
  return {
    lives,
    subscribed: (streams: Record<string, string>, more: Partial<ServerExtension> = {}) => lives.hear({
      type: 'subscribed', level: 'info',
      ext: { v: 1, floor: 'trace', hub: 'h', markMs: 5000, keep: null, streams: positionsOf(streams), quiet: NONE_QUIET, away: null, unknown: [], ...more },
    }),
    mark: (streams: Record<string, string>, quiet: Record<string, number> = {}, time = 90) => lives.hear({ type: 'mark', time, streams: positionsOf(streams), quiet: new Map(Object.entries(quiet)) }),
    stream: (instance: string, epoch: string, state: StreamState, time: number | null, seq = 1) => lives.hear({ type: 'stream', instance, ...at(epoch, seq), state, time }),
    bus: (away: BusAway | null, since: number) => lives.hear({ type: 'bus', away, since }),
    stateOf: (instance: string) => {
      const { state, since } = lives.of(instance);
      return since === null ? state : `${state} since ${since}`;
    },
    /** What was said, in short, and forgets it. */
    said: () => said.splice(0).map((notice) => {
      if (notice.name === 'instances') return notice.changes.map(({ instance, change, at: when }) => `${instance} ${change} ${when}`).join();
      return notice.name === 'others-away' ? `away ${notice.since}: ${notice.reason}` : notice.name === 'others-back' ? `back ${notice.at}` : notice.name;
    }),
  };
}

const positionsOf = (streams: Record<string, string>): Map<string, StreamPosition> => new Map(Object.entries(streams).map(([instance, epoch]) => [instance, at(epoch)]));

describe('an instance', () => {
  test('of which nothing was said sends, and so does one that the view begins with; nothing is said of either', () => {
    const { subscribed, mark, stateOf, said } = livesOf();
    subscribed({ a: 'e' });
    mark({ a: 'e', b: 'e' });
    assert.deepEqual([stateOf('a'), stateOf('b'), stateOf('nobody'), said()], ['sending', 'sending', 'sending', []]);
  });

  test('that ends is said once, at the time that the server says, also where its end is told again by another server', () => {
    const { subscribed, stream, mark, stateOf, said } = livesOf();
    subscribed({ a: 'e', b: 'e' });
    stream('a', 'e', 'end', 60);
    stream('a', 'e', 'end', 63);
    mark({ a: 'e', b: 'e' });
    assert.deepEqual([stateOf('a'), stateOf('b'), said()], ['stopped since 60', 'sending', ['a stopped 60']]);
  });

  test('that is not heard any more is said, with the time until which it was, by the first word of it; so is its return', () => {
    const { subscribed, stream, mark, stateOf, said } = livesOf();
    subscribed({ a: 'e' });
    stream('a', 'e', 'quiet', 60);
    mark({ a: 'e' }, { a: 60 });
    assert.deepEqual([stateOf('a'), said()], ['silent since 60', ['a silent 60']]);
    stream('a', 'e', 'live', 80);
    mark({ a: 'e' });
    assert.deepEqual([stateOf('a'), said()], ['sending', ['a again 80']]);
  });

  test('is as the marks say, where the word of it was lost', () => {
    const { subscribed, mark, stateOf, said } = livesOf();
    subscribed({ a: 'e' });
    mark({ a: 'e' }, { a: 60 });
    assert.deepEqual([stateOf('a'), said()], ['silent since 60', ['a silent 60']]);
    mark({ a: 'e' }, {}, 95);
    assert.deepEqual([stateOf('a'), said()], ['sending', ['a again 95']]);
  });

  test('that is known and silent where the view goes on is said at once; one that numbers show to be, too', () => {
    const { subscribed, lives, mark, stateOf, said } = livesOf();
    subscribed({ a: 'e', b: 'e' });
    subscribed({ a: 'e' }, { quiet: new Map([['a', 60]]), unknown: ['b'] });
    assert.deepEqual([stateOf('a'), stateOf('b'), said()], ['silent since 60', 'sending', ['a silent 60']]);
    for (const name of ['a', 'b', 'nobody']) lives.miss(name, 70);
    assert.deepEqual([stateOf('a'), stateOf('b'), said()], ['silent since 60', 'silent since 70', ['b silent 70']]);
    mark({ a: 'e', b: 'e' }, { a: 60 }, 95);
    assert.deepEqual([stateOf('b'), said()], ['sending', ['b again 95']]);
  });

  test('of which a server names a start that is older than the one that is known, and then that one, is heard again', () => {
    const { subscribed, mark, stateOf, said } = livesOf();
    subscribed({ a: 'e4' });
    subscribed({}, { unknown: ['a'] });
    mark({ a: 'e3' });
    mark({ a: 'e3' }, { a: 60 }, 95);
    assert.deepEqual([stateOf('a'), said()], ['silent since 60', ['a started null', 'a silent 60']]);
    mark({ a: 'e4' }, {}, 100);
    mark({ a: 'e4' }, {}, 105);
    assert.deepEqual([stateOf('a'), said()], ['sending', ['a again 100']]);
    subscribed({}, { unknown: ['a'] });
    mark({ a: 'e3' });
    assert.deepEqual(said(), [], 'a server that is behind tells of the one before');
  });

  test('that is silent when the view begins is so without a word, and is said to send again', () => {
    const { subscribed, stream, stateOf, said } = livesOf();
    subscribed({ a: 'e' }, { quiet: new Map([['a', 60]]) });
    assert.deepEqual([stateOf('a'), said()], ['silent since 60', []]);
    stream('a', 'e', 'live', 80);
    assert.deepEqual(said(), ['a again 80']);
  });

  test('that starts is said; one that the server only hears of late is not; a new start of one that is known is, with or without its time', () => {
    const { subscribed, stream, stateOf, said } = livesOf();
    subscribed({ a: 'e' });
    stream('b', 'e', 'new', 70, 0);
    stream('c', 'e', 'new', null, 0);
    stream('d', 'e', 'new', 70, 9);
    assert.deepEqual(said(), ['b started 70']);
    stream('a', 'f', 'new', 75, 0);
    stream('a', 'f', 'new', 75, 0);
    stream('c', 'f', 'new', null, 9);
    assert.deepEqual(said(), ['a started 75', 'c started null']);
    stream('a', 'e', 'end', 76);
    assert.deepEqual([stateOf('a'), said()], ['sending', []], 'the end of the start before');
  });

  test('that started anew while the viewer was away is said by the next mark, and not again where a server tells of the start before', () => {
    const { subscribed, stream, mark, stateOf, said } = livesOf();
    subscribed({ a: 'e' });
    stream('a', 'e', 'end', 60);
    subscribed({ a: 'f' });
    assert.deepEqual(said(), ['a stopped 60']);
    mark({ a: 'f' });
    assert.deepEqual([stateOf('a'), said()], ['sending', ['a started null']]);
    mark({ a: 'e' });
    stream('a', 'e', 'new', 99, 0);
    mark({ a: 'f' });
    assert.deepEqual(said(), []);
  });

  test('whose name two processes use is said once; while one of them goes on, it sends', () => {
    const { subscribed, stream, mark, stateOf, said } = livesOf();
    subscribed({ a: 'new' });
    stream('a', 'old', 'twin', 50);
    stream('a', 'old', 'twin', 55);
    mark({ a: 'new' });
    assert.deepEqual(said(), ['a twin 50']);
    stream('a', 'new', 'end', 60);
    mark({ a: 'old' });
    assert.deepEqual([stateOf('a'), said()], ['sending', []]);
    stream('a', 'old', 'end', 70);
    assert.deepEqual([stateOf('a'), said()], ['stopped since 70', ['a stopped 70']]);
  });

  test('is one of so many: those that do not send any more are forgotten first', () => {
    const { subscribed, stream, stateOf, said } = livesOf();
    const names = Array.from({ length: MAX_STREAMS }, (_, index) => `i${index}`);
    subscribed(Object.fromEntries(names.map((name) => [name, 'e'])));
    stream('i7', 'e', 'end', 60);
    stream('i8', 'e', 'end', 50);
    stream('more', 'e', 'new', 70, 0);
    assert.deepEqual([stateOf('i7'), stateOf('i8'), said().at(-1)], ['stopped since 60', 'sending', 'more started 70']);
  });
});

describe('the others', () => {
  test('that the server does not reach are said once, and when it reaches them again', () => {
    const { subscribed, bus, said } = livesOf();
    bus(AWAY, 40);
    bus({ ...AWAY, reason: 'nothing listens at the address of Redis' }, 40);
    subscribed({}, { away: AWAY });
    assert.deepEqual(said(), ['away 40: Redis does not answer']);
    bus(null, 70);
    bus(null, 70);
    assert.deepEqual(said(), ['back 70']);
  });

  test('are said at once to who comes while they are away, and back where the next server reaches them', () => {
    const { subscribed, said } = livesOf();
    subscribed({}, { away: AWAY });
    subscribed({});
    assert.deepEqual(said(), ['away 40: Redis does not answer', 'back 1000']);
  });

  test('a server of another endpoint has others; a server without numbers says nothing of them', () => {
    const { lives, subscribed, said, stateOf, stream } = livesOf();
    subscribed({ a: 'e' }, { away: AWAY });
    stream('a', 'e', 'end', 60);
    said();
    lives.hear({ type: 'subscribed', level: 'info', ext: null });
    assert.deepEqual([stateOf('a'), said()], ['stopped since 60', []]);
    lives.forget();
    subscribed({ a: 'f' });
    assert.deepEqual([stateOf('a'), said()], ['sending', []]);
  });
});
