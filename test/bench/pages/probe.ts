// What every page of the benchmark answers to the driver: how many entries it has taken, how many animation frames it drew, what its own code spent
// in each of them, and which errors reached the window. The same code runs in every page, so that its cost is in every number.

/** What a page does with the entries. */
export interface Subject {
  /** Entries taken so far. */
  taken(): number;
  /** Entries that arrived and were let go unread. */
  lost?(): number;
  /** The number of the newest entry on the screen, where the lag of what is shown is asked for. */
  newest?(): number;
  /** More that only this page can do, called by the driver by name. */
  readonly [name: string]: unknown;
}

export interface Watch {
  readonly ms: number;
  readonly taken: number;
  readonly lost: number;
  readonly frames: number;
  readonly worstGapMs: number;
  /** When was looked, in ms since 1970, and the newest entry on the screen then. */
  readonly seen: readonly (readonly [number, number])[];
  readonly errors: readonly string[];
  readonly marks: MarkSummary;
}

/** Time of the page's own code by the wall: each marked function's calls and total, and the sum of all of them in one frame. */
export interface MarkSummary {
  readonly calls: Readonly<Record<string, { readonly count: number; readonly ms: number; readonly worstMs: number }>>;
  readonly frames: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  readonly over16: number;
}

export const lane = new URLSearchParams(location.search).get('lane') ?? '';
export const endpoint = `ws://${location.host}/logs?lane=${lane}`;
export const cap = Number(new URLSearchParams(location.search).get('cap') ?? 10_000);

const LOOK_MS = 50;

/** The largest number of an entry in a text: they are written with nine digits. */
export function newestIn(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/(?<!\d)\d{9}(?!\d)/g), ([digits]) => Number(digits)));
}

const marks = new Map<string, { count: number; ms: number; worstMs: number }>();
const frameMs = new Map<unknown, number>();
let depth = 0, isWatching = false;

/**
 * Counts the calls of a method and the time in them; a call inside another marked one counts for the frame only once.
 * @param isOwnTask it runs between two frames, in a task of its own, unless another marked call is around it
 */
export function mark(owner: object, method: string, name: string, isOwnTask = false): void {
  const fields = owner as Record<string, unknown>, inner = fields[method];
  if (typeof inner !== 'function') throw new Error(`The benchmark marks ${name}, but there is no ${method}.`);
  fields[method] = function marked(this: unknown, ...args: unknown[]): unknown {
    if (!isWatching || (isOwnTask && depth > 0)) return inner.apply(this, args) as unknown;
    const from = performance.now();
    depth++;
    try {
      return inner.apply(this, args) as unknown;
    } finally {
      depth--;
      const ms = performance.now() - from, sum = marks.get(name) ?? { count: 0, ms: 0, worstMs: 0 };
      marks.set(name, { count: sum.count + 1, ms: sum.ms + ms, worstMs: Math.max(sum.worstMs, ms) });
      // all that runs in one frame has the same time line; the microtasks of its callbacks belong to it
      const frame = document.timeline.currentTime;
      if (depth === 0 && !isOwnTask) frameMs.set(frame, (frameMs.get(frame) ?? 0) + ms);
    }
  };
}

/** Answers the driver from now on, as `bench`. */
export function present(subject: Subject): void {
  const errors: string[] = [];
  addEventListener('error', (event) => errors.push(event.message));
  addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));
  let frames = 0, last = 0, worstGapMs = 0, from = { at: 0, taken: 0, lost: 0 }, request = 0;
  const tick = (now: number): void => {
    frames++;
    if (last > 0) worstGapMs = Math.max(worstGapMs, now - last);
    last = now;
    request = requestAnimationFrame(tick);
  };
  const lost = (): number => subject.lost?.() ?? 0, seen: [number, number][] = [];
  let looking: ReturnType<typeof setInterval> | undefined;
  Object.assign(globalThis, {
    bench: {
      ...subject, lost, errors,
      start(): void {
        frames = last = worstGapMs = 0;
        marks.clear();
        frameMs.clear();
        isWatching = true;
        seen.length = 0;
        if (new URLSearchParams(location.search).has('look')) looking = setInterval(() => seen.push([Date.now(), subject.newest?.() ?? 0]), LOOK_MS);
        from = { at: performance.now(), taken: subject.taken(), lost: lost() };
        request = requestAnimationFrame(tick);
      },
      stop(): Watch {
        cancelAnimationFrame(request);
        clearInterval(looking);
        isWatching = false;
        return { ms: performance.now() - from.at, taken: subject.taken() - from.taken, lost: lost() - from.lost, frames, worstGapMs, seen, errors, marks: summary() };
      },
    },
  });
}

function summary(): MarkSummary {
  const times = [...frameMs.values()].sort((a, b) => a - b), at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  return { calls: Object.fromEntries(marks), frames: times.length, p50Ms: at(0.5), p99Ms: at(0.99), worstMs: times.at(-1) ?? 0, over16: times.filter((ms) => ms > 16).length };
}
