import { expect } from '@open-wc/testing';
import { explain, explainEndpoint, type Cause, type FailureFacts } from '../../src/core/causes.js';
import type { ConnectionStatus } from '../../src/core/connection-status.js';
import { CauseNews } from '../../src/elements/cause-news.js';

const FACTS: FailureFacts = {
  phase: 'connecting', timedOut: false, closeCode: 1006, reason: '', bye: null, serverError: null, hasToken: true, host: 'logs.example.com', online: true, probe: null,
};
const guess = explain(FACTS), unreachable = explain({ ...FACTS, probe: { kind: 'silent' } }), lost = explain({ ...FACTS, phase: 'open' });
const silent = explain({ ...FACTS, closeCode: null, timedOut: true }), wrongPath = explain({ ...FACTS, closeCode: null, timedOut: true, probe: { kind: 'opaque' } });
const LIVE: ConnectionStatus = { state: 'live', level: 'info', floor: null, numbered: false, silentSince: null, othersAway: null };

const failed = (attempt: number, cause: Cause): ConnectionStatus =>
  ({ state: 'reconnecting', attempt, retryAt: attempt * 1000, cause });
const trying = (attempt: number): ConnectionStatus => ({ state: 'connecting', attempt });

/** The sentences that are told at these statuses. */
function toldOf(...statuses: ConnectionStatus[]): string[] {
  const news = new CauseNews();
  return statuses.flatMap((status) => news.read(status)?.sentence ?? []);
}

describe('CauseNews', () => {
  it('tells the cause that HTTP made exact, not the guess before it, and once for all tries', () => {
    expect(toldOf(trying(1), failed(2, guess), failed(2, unreachable), trying(2), failed(3, unreachable), failed(3, unreachable), trying(3))).to.deep.equal([unreachable.sentence]);
  });

  it('tells the guess where no answer came before the next try', () => {
    expect(toldOf(trying(1), failed(2, guess), trying(2), failed(3, guess), trying(3), failed(4, guess), failed(4, unreachable))).to.deep.equal([guess.sentence, unreachable.sentence]);
  });

  it('takes the second status of a failure for the answer also where it has the code of the guess', () => {
    expect(toldOf(trying(1), failed(2, silent), failed(2, wrongPath), trying(2), failed(3, wrongPath), failed(3, wrongPath))).to.deep.equal([wrongPath.sentence]);
  });

  it('tells at once why an open connection was lost, and again after it was live', () => {
    expect(toldOf(LIVE, failed(1, lost), trying(1), LIVE, failed(1, lost))).to.deep.equal([lost.sentence, lost.sentence]);
  });

  it('tells why no try is made any more, each time, and nothing where the page disconnected', () => {
    const wrong = explainEndpoint('x:', 'malformed'), ended: ConnectionStatus = { state: 'closed', cause: wrong };
    expect(toldOf({ state: 'idle' }, ended, ended, trying(1), failed(2, guess), { state: 'closed', cause: null })).to.deep.equal([wrong.sentence, wrong.sentence]);
  });
});
