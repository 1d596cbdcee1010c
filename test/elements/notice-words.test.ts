import { expect } from '@open-wc/testing';
import { formatClock } from '../../src/core/format.js';
import type { InstanceChange } from '../../src/core/instance-lives.js';
import type { Notice } from '../../src/core/notice.js';
import { visibleText } from '../../src/core/visible-text.js';
import { noticeInWords } from '../../src/elements/notice-words.js';
import { strings } from '../helpers/english.js';

const TIME = Date.UTC(2026, 0, 2, 12, 0, 1), CLOCK = formatClock(TIME);

const words = (notice: Notice): string => {
  const { strong, rest } = noticeInWords(notice, strings);
  return `${strong === '' ? '' : `*${strong}*`}${rest}`.replaceAll(/[\u2068\u2069]/g, '');
};

const changes = (...all: (readonly [change: InstanceChange['change'], instance: string, at?: number | null])[]): string =>
  words({ name: 'instances', changes: all.map(([change, instance, at = TIME]) => ({ change, instance, at })) });

describe('what the viewer itself says in the list', () => {
  it('is what became of an instance, and when', () => {
    expect(changes(['stopped', 'api-1'])).to.equal(`api-1 stopped sending at ${CLOCK}`);
    expect(changes(['started', 'api-1'])).to.equal(`api-1 started at ${CLOCK}`);
    expect(changes(['started', 'api-1', null])).to.equal('api-1 started again');
    expect(changes(['again', 'api-1'])).to.equal('api-1 sends again');
    expect(changes(['silent', 'api-1'])).to.equal(`*Nothing heard from api-1 since ${CLOCK}*: its last entries may be missing`);
    expect(changes(['twin', 'api-1'])).to.equal('Two processes use the name api-1: each needs one of its own to be told apart');
  });

  it('is told of many at once in one sentence each, with a few names and the latest time', () => {
    expect(changes(['stopped', 'a', TIME - 900], ['started', 'x'], ['stopped', 'b'], ['stopped', 'c', TIME - 100])).to.equal(
      `3 instances stopped sending at ${CLOCK}: a, b and c; x started at ${CLOCK}`);
    const hundred = Array.from({ length: 100 }, (_, index) => ['stopped', `i${index}`] as const);
    expect(changes(...hundred)).to.equal(`100 instances stopped sending at ${CLOCK}: i0, i1, i2, i3 and 96 others`);
    expect(changes(['silent', 'a', TIME - 5000], ['silent', 'b'])).to.equal(`*Nothing heard from 2 instances since ${CLOCK}*: a and b; their last entries may be missing`);
  });

  it('is that other instances are not visible, why, and that they are again', () => {
    expect(words({ name: 'others-away', since: TIME, reason: 'Redis does not answer' })).to.equal(`*Other instances not visible since ${CLOCK}*: Redis does not answer`);
    expect(words({ name: 'others-away', since: TIME, reason: '' })).to.equal(`*Other instances not visible since ${CLOCK}*`);
    expect(words({ name: 'others-back', at: TIME })).to.equal(`Other instances visible again since ${CLOCK}; of any that started and ended in between nothing is known`);
  });

  it('holds names and reasons that are hostile, long or missing, set apart from the words', () => {
    const hostile = '\u202e\u2066evil';
    expect(visibleText(hostile)).not.to.match(/[\u202e\u2066]/);
    expect(changes(['again', hostile])).to.equal(`${visibleText(hostile)} sends again`);
    expect(words({ name: 'others-away', since: TIME, reason: hostile + 'x'.repeat(300) })).to.match(/: .{5,230}$/).and.not.to.match(/[\u202e\u2066]/);
    expect(changes(['again', 'x'.repeat(300)])).to.equal(`${'x'.repeat(64)} sends again`);
    expect(changes(['again', ''])).to.equal('without a name sends again');
    expect(noticeInWords({ name: 'instances', changes: [{ change: 'again', instance: 'api', at: TIME }] }, strings).rest).to.equal('\u2068api\u2069 sends again');
  });

  it('has its times in UTC where the list has', () => {
    expect(noticeInWords({ name: 'others-back', at: TIME }, strings, 'utc').rest).to.equal('Other instances visible again since 12:00:01; of any that started and ended in between nothing is known');
  });
});
