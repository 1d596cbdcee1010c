// The page's animation frames as a store uses them: one a publish, and under load not every one. What a publish costs (its own work, and the styles,
// layout and painting that follow from it) is measured, and the next one waits until drawing has had its share of the time and no more: so much
// is left for what comes in, for the rest of the page and for the reader's own hands, on a slow machine too.
import type { Scheduler } from '../core/platform.js';

/** Drawing gets one part of the time in so many; one in few while so little comes that each entry can be read. */
const PARTS = 12, LITTLE_PARTS = 3;
/** Too little to be worth a wait, in ms: at 60 frames a second, a quarter of the time. */
const CHEAP_MS = 4;
/** No picture waits longer than this because of its cost, in ms. */
const LONGEST_MS = 100;
/** The least of so many pictures' costs counts: what else the page does in between can only add to one. */
const PICTURES = 3;

export class PageFrames implements Scheduler {
  #costs: readonly number[] = [];
  #notBefore = 0;
  #notBeforeLittle = 0;

  frame(callback: () => void, isLittle: () => boolean): () => void {
    let frame = 0;
    const ask = (): void => {
      frame = requestAnimationFrame(() => {
        const now = performance.now();
        if (now < (isLittle() ? this.#notBeforeLittle : this.#notBefore)) return ask();
        // what is timed within a frame runs when its picture is painted
        setTimeout(() => this.#onDrawn(now, performance.now() - now));
        callback();
      });
    };
    ask();
    return () => cancelAnimationFrame(frame);
  }

  hidden(): boolean {
    return document.visibilityState === 'hidden';
  }

  #onDrawn(startedAt: number, ms: number): void {
    this.#costs = [...this.#costs.slice(1 - PICTURES), ms];
    const cost = Math.min(...this.#costs);
    const after = (parts: number): number => (cost <= CHEAP_MS ? 0 : startedAt + Math.min(LONGEST_MS, cost * parts));
    this.#notBefore = after(PARTS);
    this.#notBeforeLittle = after(LITTLE_PARTS);
  }
}
