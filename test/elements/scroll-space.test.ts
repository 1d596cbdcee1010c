import { expect } from '@open-wc/testing';
import { MAX_HEIGHT, ScrollSpace } from '../../src/elements/scroll-space.js';

const ROW = 24, VIEWPORT = 600;

function space(rows: number): ScrollSpace {
  const made = new ScrollSpace();
  made.resize(rows * ROW, VIEWPORT);
  return made;
}

describe('ScrollSpace', () => {
  it('is the scroller’s own space up to the limit', () => {
    const small = space(1000);
    small.moveTo(4321);
    expect([small.virtual, small.physical, small.shift, small.height]).to.deep.equal([4321, 4321, 0, 24_000]);
    small.scrolled(100);
    expect(small.virtual).to.equal(100);
  });

  for (const rows of [400_000, 1_000_000, 5_000_000]) {
    it(`reaches both ends of ${rows} rows, with the scroller at its own ends`, () => {
      const large = space(rows);
      expect(large.height).to.equal(MAX_HEIGHT);
      large.moveTo(Infinity);
      expect(large.virtual).to.equal(rows * ROW - VIEWPORT);
      expect(large.physical).to.equal(MAX_HEIGHT - VIEWPORT);
      large.moveTo(0);
      expect(large.physical).to.equal(0);
      large.scrolled(MAX_HEIGHT - VIEWPORT);
      expect(large.virtual).to.equal(large.end);
      large.scrolled(0);
      expect(large.virtual).to.equal(0);
    });

    it(`moves as far by a wheel’s notch in ${rows} rows as in a thousand, wherever it is`, () => {
      const large = space(rows);
      for (const start of [0, 100, 3999, 4001, 1e6, large.end / 2, large.end - 4001, large.end - 200]) {
        large.moveTo(start);
        large.settle();
        for (let notch = 0; notch < 50 && large.virtual + 120 <= large.end; notch++) {
          const before = large.virtual;
          large.scrolled(large.physical + 120);
          expect(large.virtual - before, `from ${before}`).to.equal(120);
          expect(large.physical).to.be.within(0, MAX_HEIGHT - VIEWPORT);
        }
      }
    });

    it(`never runs out of way before the rows do, notch by notch through 30,000 notches of ${rows} rows`, () => {
      const large = space(rows);
      for (const [start, by] of [[large.end, -120], [0, 120]] as const) {
        large.moveTo(start);
        for (let notch = 0; notch < 30_000; notch++) {
          const before = large.virtual;
          large.scrolled(Math.max(0, Math.min(MAX_HEIGHT - VIEWPORT, large.physical + by)));
          if (before + by > 0 && before + by < large.end) expect(large.virtual).to.equal(before + by);
        }
      }
    });

    it(`can be put on each thousandth of the track of ${rows} rows by the thumb, in order`, () => {
      const large = space(rows);
      let before = -1;
      for (let step = 0; step <= 1000; step++) {
        large.scrolled(step % 2 === 0 ? 0 : MAX_HEIGHT - VIEWPORT);
        large.scrolled(Math.round(((MAX_HEIGHT - VIEWPORT) * step) / 1000));
        expect(large.virtual).to.be.above(before);
        before = large.virtual;
      }
    });
  }

  it('keeps the scroller where it is while rows leave above', () => {
    const large = space(1_000_000);
    large.moveTo(9_000_000);
    large.settle();
    const { physical } = large;
    large.moveTo(9_000_000 - 4800);
    expect(large.physical).to.equal(physical);
    expect(large.virtual - large.shift).to.equal(physical);
  });
});
