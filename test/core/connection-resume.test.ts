import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeBus, encodeBye, encodeGap, encodeMark, encodeStream } from '../../src/core/protocol.js';
import { advance, connected, live } from '../helpers/connection-bench.js';
import { settled } from '../helpers/fake-socket.js';

const EXT = { v: 1, floor: 'trace', hub: 'h', markMs: 5000 } as const;

describe('after a loss', () => {
  test('a connection goes on where it stood, as often as it comes back, and begins at now with a level', async () => {
    let seq = 0;
    const made = await connected({ resume: () => new Map(seq === 0 ? [] : [['api', { epoch: 'e', seq }]]) });
    made.socket.accept('info', EXT);
    assert.deepEqual(made.socket.sent, ['{"type":"subscribe","log_level":"info","ext":{"v":1}}']);
    for (seq of [7, 9]) {
      made.socket.end();
      await advance(made.clock, 1000);
      made.socket.accept('info', EXT);
      assert.deepEqual(made.socket.sent, [`{"type":"subscribe","log_level":"info","ext":{"v":1,"resume":{"api":{"epoch":"e","seq":${seq}}}}}`]);
    }
    made.connection.setLevel('warn');
    assert.equal(made.socket.sent.at(-1), '{"type":"subscribe","log_level":"warn","ext":{"v":1}}');
  });

  test('a server with numbers owes no row, a server without them one with the time of the outage', async () => {
    const outages: number[][] = [], made = await connected({ onOutage: (from, to) => outages.push([from, to]) });
    made.socket.accept('info', EXT);
    made.socket.end();
    await advance(made.clock, 1000);
    made.socket.accept();
    assert.deepEqual(outages, []);
    const from = made.clock.now();
    made.socket.end();
    await advance(made.clock, 1000);
    made.socket.accept();
    assert.deepEqual(outages, [[from, made.clock.now()]]);
  });

  test('an outage between two visits of a page to the same server is said too', async () => {
    const outages: number[][] = [], made = await live({ onOutage: (from, to) => outages.push([from, to]) }), from = made.clock.now();
    made.connection.disconnect();
    await advance(made.clock, 60_000);
    made.connection.connect();
    await settled();
    made.socket.accept();
    assert.deepEqual(outages, [[from, from + 60_000]]);
  });
});

test('what a server says of its numbers is handed on unread, in its place among the entries', async () => {
  const frames: string[] = [], made = await connected({ onEntries: (frame) => frames.push(frame), onNews: (frame) => frames.push(frame) });
  made.socket.open();
  const at = { epoch: 'e', seq: 1, levels: new Map([[30, 1]]) }, said = [
    '{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":1,"floor":"trace","hub":"h"}}',
    encodeStream('api', at, 'new'), '{"type":"logs","data":{},"uid":"a"}', encodeGap({ instance: 'api', epoch: 'e', from: 2, to: 3, cause: 'slow', levels: null }),
    encodeMark(1, new Map([['api', at]])), encodeBus(null, 1),
  ];
  for (const frame of said) made.socket.say(frame);
  assert.deepEqual([frames, made.unreadable], [said, 0]);
});

test('whether the server reaches the others is part of the status: at once, at each change, and not again where nothing has changed', async () => {
  const made = await connected(), away = { since: 40, reason: 'Redis does not answer' };
  const seen = (): unknown[] => made.statuses.flatMap((status) => (status.state === 'live' ? [status.othersAway] : []));
  made.socket.open();
  made.socket.say(encodeBus(away, 40));
  made.socket.acknowledge('info', { ...EXT, away });
  made.socket.acknowledge('info', { ...EXT, away });
  made.socket.say(encodeBus(null, 70));
  made.socket.acknowledge('info', EXT);
  made.socket.say(encodeBus(away, 90));
  assert.deepEqual(seen(), [away, null, away]);
  made.socket.acknowledge('info', EXT);
  made.socket.acknowledge('info', { ...EXT, away });
  assert.deepEqual(seen().slice(3), [null, away], 'an answer counts as much as a frame');
  made.socket.end();
  await advance(made.clock, 10_000);
  made.socket.accept('info', EXT);
  assert.deepEqual([seen().at(-1), made.unreadable], [null, 0]);
});

test('a server that stops and names a time is tried within it', async () => {
  const made = await connected({ random: () => 0.5 });
  made.socket.accept('info', EXT);
  made.socket.say(encodeBye('restart', 8000));
  made.socket.end(1012);
  const { status } = made.connection;
  assert.equal(status.state === 'reconnecting' && status.retryAt - made.clock.now(), 4000);
  await advance(made.clock, 4000);
  made.socket.end();
  assert.equal(made.connection.status.state === 'reconnecting' && made.connection.status.retryAt - made.clock.now(), 500, 'that was for one try');
});

describe('a refusal whose reason is known', () => {
  const refuse = async (made: Awaited<ReturnType<typeof connected>>): Promise<void> => {
    made.socket.end();
    made.probes.at(-1)?.answer({ kind: 'readable', status: 401, body: { errors: [{ extensions: { code: 'TOKEN_EXPIRED' } }] } });
    await settled();
  };

  for (const [name, accessToken] of [['the cookie', null], ['a function that gives the same token', () => 'same']] as const) {
    test(`is tried at most three times in any minute with ${name}`, async () => {
      const made = await connected({ accessToken }), times: number[] = [];
      let sockets = 0;
      for (let second = 0; second < 600; second++) {
        if (made.sockets.length > sockets) {
          sockets = made.sockets.length;
          times.push(made.clock.now());
          await refuse(made);
        }
        await advance(made.clock, 1000);
      }
      for (const time of times) assert.ok(times.filter((other) => other >= time && other < time + 60_000).length <= 3);
      assert.ok(times.length > 15, `${times.length} tries in ten minutes: it does not give up either`);
    });
  }

  test('is tried at once with a new token', async () => {
    let token = 'old';
    const made = await connected({ accessToken: () => token });
    await refuse(made);
    await advance(made.clock, 500);
    assert.equal(made.sockets.length, 1);
    token = 'new';
    await advance(made.clock, 1000);
    assert.equal(made.sockets.length, 2);
  });

  test('is tried at once where a person wants it', async () => {
    const made = await connected();
    await refuse(made);
    made.connection.retry();
    await settled();
    assert.equal(made.sockets.length, 2);
  });
});
