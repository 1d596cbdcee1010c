import { expect } from '@open-wc/testing';
import { PageFrames } from '../../src/elements/page-frames.js';

/** The animation frames that pass until a frame is given, of which each is as dear as `ms`. */
async function framesUntil(frames: PageFrames, ms: number): Promise<number> {
  let passed = 0, isGiven = false;
  const count = (): void => {
    if (isGiven) return;
    passed++;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  await new Promise<void>((resolve) => {
    frames.frame(() => {
      isGiven = true;
      for (const end = performance.now() + ms; performance.now() < end;);
      resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve)); // its cost is known
  return passed;
}

describe('the frames of a page', () => {
  it('are given one after the other while they are cheap', async () => {
    const frames = new PageFrames(), passed: number[] = [];
    for (let index = 0; index < 8; index++) passed.push(await framesUntil(frames, 0));
    // a busy machine can make one dear
    expect(Math.min(...passed)).to.be.at.most(2);
  });

  it('are given less often the more they cost, so that most of the time is left', async () => {
    const frames = new PageFrames();
    const starts: number[] = [];
    for (let index = 0; index < 4; index++) {
      await new Promise<void>((resolve) => {
        frames.frame(() => {
          starts.push(performance.now());
          for (const end = performance.now() + 30; performance.now() < end;);
          setTimeout(resolve);
        });
      });
    }
    for (let index = 1; index < starts.length; index++) expect((starts[index] as number) - (starts[index - 1] as number)).to.be.at.least(95);
  });

  it('are soon given again when they are cheap again', async () => {
    const frames = new PageFrames();
    for (let index = 0; index < 3; index++) await framesUntil(frames, 30);
    const passed: number[] = [];
    for (let index = 0; index < 8; index++) passed.push(await framesUntil(frames, 0));
    expect(Math.min(...passed)).to.be.at.most(2);
  });

  it('are not given to who has cancelled, not even where they had to wait', async () => {
    const frames = new PageFrames();
    for (let index = 0; index < 3; index++) await framesUntil(frames, 30);
    let isGiven = false;
    const cancel = frames.frame(() => (isGiven = true));
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    cancel();
    await framesUntil(frames, 0);
    expect(isGiven).to.equal(false);
  });

  it('tell whether the page is hidden', () => {
    expect(new PageFrames().hidden()).to.equal(document.visibilityState === 'hidden');
  });
});
