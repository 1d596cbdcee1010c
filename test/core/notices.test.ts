import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Gap } from '../../src/core/gap.js';
import type { InstanceChange } from '../../src/core/instance-lives.js';
import { Notices } from '../../src/core/notices.js';

const gap = (instance: string, info: number, from: number, cause: Gap['cause'] = 'slow'): Gap => ({ cause, instance, levels: [0, 0, info, 0, 0, 0], from, to: from + 10 });

test('a gap joins the newest row of the same cause', () => {
  const notices = new Notices();
  notices.add(7, 100, { name: 'gap', ...gap('a', 1, 50) });
  assert.equal(notices.join(7, gap('a', 2, 40)), true);
  assert.deepEqual(notices.get(7), { time: 100, notice: { name: 'gap', cause: 'slow', instance: 'a', levels: [0, 0, 3, 0, 0, 0], from: 40, to: 60 } });
  assert.equal(notices.join(7, gap('b', 4, 70)), true);
  assert.deepEqual(notices.get(7)?.notice, { name: 'gap', cause: 'slow', instance: '', levels: [0, 0, 7, 0, 0, 0], from: 40, to: 80 });
});

test('a gap joins no row of another cause, none that something stands behind, none that was drawn and none that is no gap', () => {
  const notices = new Notices();
  notices.add(7, 100, { name: 'gap', ...gap('a', 1, 50) });
  assert.deepEqual([notices.join(7, gap('a', 1, 50, 'bus')), notices.join(8, gap('a', 1, 50))], [false, false]);
  notices.settle();
  assert.equal(notices.join(7, gap('a', 1, 50)), false);
  notices.add(8, 100, { name: 'cleared', count: 1 });
  assert.equal(notices.join(8, gap('a', 1, 50)), false);
});

test('what becomes of instances within a second is one row, also where other rows and pictures came between; silence is apart', () => {
  const notices = new Notices(), change = (instance: string, kind: InstanceChange['change'] = 'stopped'): InstanceChange[] => [{ instance, change: kind, at: 1 }];
  const said = (id: number): string => {
    const notice = notices.get(id)?.notice;
    return notice?.name === 'instances' ? notice.changes.map(({ instance }) => instance).join() : '';
  };
  assert.equal(notices.joinChanges(2100, change('a')), false);
  notices.add(7, 2100, { name: 'instances', changes: change('a') });
  notices.add(8, 2200, { name: 'cleared', count: 1 });
  notices.settle();
  assert.deepEqual([notices.joinChanges(2999, change('b', 'started')), said(7)], [true, 'a,b']);
  assert.equal(notices.joinChanges(2999, change('c', 'silent')), false);
  notices.add(9, 2999, { name: 'instances', changes: change('c', 'silent') });
  assert.deepEqual([notices.joinChanges(2999, change('d', 'silent')), notices.joinChanges(2999, change('e')), said(7), said(9)], [true, true, 'a,b,e', 'c,d']);
  assert.equal(notices.joinChanges(3000, change('f')), false, 'another second');
  notices.delete(7);
  assert.equal(notices.joinChanges(2999, change('g')), false, 'the row is gone');
});

test('rows are counted, found and let go', () => {
  const notices = new Notices();
  for (const id of [3, 5, 9]) notices.add(id, id, { name: 'cleared', count: id });
  assert.deepEqual([notices.size, notices.countBefore(5), notices.get(4), notices.get(9)?.time], [3, 1, null, 9]);
  notices.delete(3);
  assert.deepEqual([notices.size, notices.countBefore(5)], [2, 0]);
  notices.clear();
  assert.deepEqual([notices.size, notices.get(9)], [0, null]);
});
