import { expect } from '@open-wc/testing';
import { PageFrames } from '../../src/elements/page-frames.js';

/** Animation frames and a clock that the test moves: a frame each 16 ms. */
function manualFrames(): { draw(): Promise<void>; spend(ms: number): void; restore(): void } {
  const { requestAnimationFrame: request, cancelAnimationFrame: cancel } = window, readClock = performance.now.bind(performance);
  let asked = new Map<number, FrameRequestCallback>(), last = 0, now = 1000;
  window.requestAnimationFrame = (callback) => {
    asked.set(++last, callback);
    return last;
  };
  window.cancelAnimationFrame = (id) => void asked.delete(id);
  performance.now = () => now;
  return {
    /** One frame, and its picture. */
    async draw() {
      now = Math.floor(now / 16) * 16 + 16;
      const callbacks = [...asked.values()];
      asked = new Map();
      for (const callback of callbacks) callback(now);
      await new Promise((resolve) => setTimeout(resolve));
    },
    spend: (ms) => void (now += ms),
    restore() {
      window.requestAnimationFrame = request;
      window.cancelAnimationFrame = cancel;
      performance.now = readClock;
    },
  };
}

describe('the frames of a page', () => {
  let page: ReturnType<typeof manualFrames>, frames: PageFrames;
  beforeEach(() => {
    page = manualFrames();
    frames = new PageFrames();
  });
  afterEach(() => page.restore());

  /** Asks for a frame that costs so much; returns which one it was given. */
  async function drawn(ms: number, isLittle = false): Promise<number> {
    let isGiven = false;
    frames.frame(() => {
      isGiven = true;
      page.spend(ms);
    }, () => isLittle);
    let passed = 0;
    while (!isGiven) {
      passed++;
      await page.draw();
    }
    return passed;
  }

  async function several(...costs: number[]): Promise<number[]> {
    const passed: number[] = [];
    for (const ms of costs) passed.push(await drawn(ms));
    return passed;
  }

  it('are given one after the other while they are cheap', async () => {
    expect(await several(0, 1, 4, 4, 0, 2)).to.deep.equal([1, 1, 1, 1, 1, 1]);
  });

  it('are given when twelve times what the last ones cost has passed', async () => {
    expect(await several(5, 5, 5, 8, 8, 8, 8)).to.deep.equal([1, 4, 4, 4, 4, 4, 6]);
  });

  it('are given when three times what the last ones cost has passed, where little is new by then', async () => {
    await several(8, 8, 8);
    expect([await drawn(8, true), await drawn(8, true), await drawn(8)]).to.deep.equal([2, 2, 6]);
  });

  it('are given every 100 ms however dear they are', async () => {
    expect(await several(30, 30, 30, 30)).to.deep.equal([1, 6, 6, 6]);
  });

  it('are given at once again when they are cheap again, and one that is dear by chance changes nothing', async () => {
    expect(await several(30, 30, 30, 0, 0, 30, 0, 0)).to.deep.equal([1, 6, 6, 6, 1, 1, 1, 1]);
  });

  it('are not given to who has cancelled, not even where they had to wait', async () => {
    await drawn(30);
    let isGiven = false;
    const cancel = frames.frame(() => (isGiven = true), () => false);
    await page.draw();
    await page.draw();
    cancel();
    for (let index = 0; index < 20; index++) await page.draw();
    expect(isGiven).to.equal(false);
  });

  it('tell whether the page is hidden', () => {
    expect(frames.hidden()).to.equal(document.visibilityState === 'hidden');
  });
});
