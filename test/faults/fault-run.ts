// One fault run: two processes on one bus, three viewers, and a schedule of logging and faults. Everything real runs on a clock and on sockets of the
// run's own. In the end all faults are over, every viewer is connected, and the numbers must agree.
import { LEVEL_VALUES, type LevelName } from '../../src/core/levels.js';
import { manualClock } from '../helpers/manual-platform.js';
import { settled } from '../helpers/fake-socket.js';
import { checkLaws, checkLife, NO_TOTALS, type Totals } from './laws.js';
import { FaultBus } from './fault-bus.js';
import { FaultProcess, type Limits } from './fault-process.js';
import { FaultViewer } from './fault-viewer.js';
import { MemoryLink } from './memory-link.js';
import type { Mutant } from './mutants.js';
import type { Schedule, Step } from './schedule.js';
import { keyOf, SourceRecord } from './source-record.js';

const NAMES = ['api-1', 'api-2'] as const;
const LEVELS = [LEVEL_VALUES.info, LEVEL_VALUES.info, LEVEL_VALUES.debug, LEVEL_VALUES.info, LEVEL_VALUES.warn, LEVEL_VALUES.trace, LEVEL_VALUES.error, 35, LEVEL_VALUES.fatal];
const MARK_MS = 5000;
/** No step moves time further at once: messages pass in between, as they do in life. */
const STRIDE_MS = 500;

const ROOMY: Limits = {
  floor: 'trace', maxBufferedBytes: 20_000, maxRingEntries: 100_000, maxRingBytes: 1e8, maxRingMs: 600_000, maxRingErrors: 1000, maxQueuedBytes: 1e7, keepMs: 600_000, markMs: MARK_MS,
};

interface Seat {
  readonly viewer: FaultViewer;
  home: number;
  link: MemoryLink | null;
  /** Something kept it from reading. */
  wasHindered: boolean;
}

export class FaultRun {
  readonly #schedule: Schedule;
  readonly #clock = manualClock();
  readonly #record = new SourceRecord();
  readonly #bus = new FaultBus();
  readonly #limits: Limits;
  readonly #processes: FaultProcess[];
  readonly #seats: Seat[] = [];
  readonly #arriving: { link: MemoryLink; seat: Seat }[] = [];
  readonly #faults = new Map<string, number>();
  readonly #mutant: Mutant | null;
  #random: number;
  #epochs = 0;

  constructor(schedule: Schedule, mutant: Mutant | null = null) {
    this.#schedule = schedule;
    this.#mutant = mutant;
    this.#random = schedule.seed % 2147483647 || 1;
    this.#bus.onFault = (kind) => this.#count(kind);
    this.#limits = schedule.recoverable ? ROOMY : {
      ...ROOMY, maxBufferedBytes: 1000 + this.#pick(8000), maxRingEntries: 20 + this.#pick(400), maxRingMs: 20_000 + this.#pick(40_000), maxRingErrors: 3 + this.#pick(20),
      maxQueuedBytes: 10_000 + this.#pick(20_000), keepMs: 10_000 + this.#pick(20_000),
    };
    this.#processes = NAMES.map((_, index) => this.#start(index));
    for (const [index, level] of (['info', 'trace', 'warn'] as LevelName[]).entries()) this.#seat(level, index % 2);
  }

  async run(): Promise<Totals> {
    for (const process of this.#processes) process.log(this.#levels(30, 7), 'before');
    await this.#advance(1000);
    for (const step of this.#schedule.steps) {
      await this.#do(step);
      await this.#pump();
    }
    await this.#heal();
    return this.#settleAccounts();
  }

  async #do(step: Step): Promise<void> {
    switch (step.do) {
      case 'log': return this.#log(step, 'x'.repeat(step.mix % 40));
      case 'flood':
        this.#count('flood');
        return this.#log(step, 'x'.repeat(20 + (step.mix % 100)));
      case 'tick': return this.#advance(step.ms);
      case 'reset': return this.#reset(this.#seats[step.viewer] as Seat, 'reset');
      case 'halfOpen': {
        const { link } = this.#hinder(step.viewer);
        if (link === null || link.isOver || link.isDead) return;
        link.isDead = true;
        return this.#count('halfOpen');
      }
      case 'stall': {
        const { link } = this.#hinder(step.viewer);
        if (link === null || link.isOver) return;
        link.isStalled = !link.isStalled;
        return this.#count('stall');
      }
      case 'resumeOnOther': {
        const seat = this.#hinder(step.viewer);
        if (this.#process(1 - seat.home).isAlive) seat.home = 1 - seat.home;
        return this.#reset(seat, 'resumeOnOther');
      }
      case 'away': case 'long': {
        const { viewer } = this.#hinder(step.viewer);
        viewer.connection.disconnect();
        await this.#advance(step.do === 'long' ? this.#limits.keepMs + 1000 : step.ms);
        viewer.connection.connect();
        return this.#count(step.do);
      }
      case 'level': {
        // the others keep theirs, so that of every level everything is owed
        this.#count('level');
        return this.#seats[2]?.viewer.connection.setLevel(step.level);
      }
      case 'busy': {
        const { viewer } = this.#hinder(step.viewer);
        viewer.isBusy = !viewer.isBusy;
        if (!viewer.isBusy) viewer.catchUp();
        return this.#count('busy');
      }
      case 'busRepeat': return this.#between(this.#bus.repeating, step.on);
      case 'busLoss': return this.#between(this.#bus.lossy, step.on);
      case 'restart':
        this.#count('restart');
        this.#noteEnd(step.process);
        if (this.#process(step.process).isAlive) this.#process(step.process).stop(2000);
        return this.#replace(step.process);
      case 'crash':
        this.#count('crash');
        this.#noteEnd(step.process);
        if (this.#process(step.process).isAlive) this.#process(step.process).crash(this.#levels(step.count, step.mix), 'last');
        return this.#replace(step.process);
      case 'die': return this.#die(step);
    }
  }

  /** It is killed after its own viewers got what the others will never have, and nobody starts it again; a balancer gives its viewers to the other. */
  async #die({ process: index, count, mix }: Extract<Step, { do: 'die' }>): Promise<void> {
    const process = this.#process(index);
    if (!process.isAlive || !this.#process(1 - index).isAlive) return;
    this.#bus.cut.add(process.name);
    process.log(this.#levels(count, mix), 'to its own');
    await this.#pump();
    this.#noteEnd(index);
    process.crash([], '');
    this.#bus.cut.delete(process.name);
    for (const seat of this.#seats) if (seat.home === index) seat.home = 1 - index;
    this.#count('die');
  }

  #log({ process: index, count, mix }: { readonly process: number; readonly count: number; readonly mix: number }, padding: string): void {
    const process = this.#process(index);
    if (process.isAlive) process.log(this.#levels(count, mix), padding);
  }

  /** Viewers that are not there, or that the bus does not reach, do not hear that a process ends. Its own viewers are away until they are back. */
  #noteEnd(index: number): void {
    const { name, stream } = this.#process(index);
    for (const seat of this.#seats) {
      const { viewer, link, home } = seat;
      if (link === null || link.isOver || link.isDead || link.isStalled || this.#bus.lossy.has(`${name} ${NAMES[home]}`)) viewer.unheard.add(keyOf(name, stream.epoch));
      if (home === index) seat.wasHindered = true;
    }
  }

  async #replace(index: number): Promise<void> {
    await this.#advance(this.#pick(1500));
    this.#processes[index] = this.#start(index);
  }

  async #heal(): Promise<void> {
    this.#bus.lossy.clear();
    this.#bus.repeating.clear();
    for (const { viewer, link } of this.#seats) {
      viewer.isBusy = false;
      if (link !== null) link.isStalled = false;
      viewer.connection.connect();
      viewer.catchUp();
    }
    for (let time = 0; time < 120 && !this.#seats.every(isWell); time++) await this.#advance(1000);
    // who died in the last step is not heard of for three marks
    await this.#advance(5 * MARK_MS);
  }

  #settleAccounts(): Totals {
    const totals: Totals = { ...NO_TOTALS, runs: 1, violations: [], faults: this.#faults };
    if (!this.#seats.every(isWell)) totals.violations.push('a viewer did not come back');
    for (const [index, { viewer, wasHindered }] of this.#seats.entries()) {
      viewer.catchUp();
      for (const { cause } of viewer.gaps) this.#count(`gap ${cause}`);
      for (const { name, isAlive } of this.#processes) checkLife(totals, viewer, `viewer ${index}`, name, isAlive);
      if (viewer.store.snapshot.removed > 0) this.#count('evict');
      checkLaws(totals, viewer, this.#record, { name: `viewer ${index}`, isSteady: index < 2, recoverable: this.#schedule.recoverable, wasHindered, busLost: this.#faults.has('busLoss') });
      viewer.connection.disconnect();
    }
    for (const process of this.#processes) if (process.isAlive) process.stop(0);
    return totals;
  }

  // ── what it is made of ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  #start(index: number): FaultProcess {
    return new FaultProcess(NAMES[index] as string, `e${++this.#epochs}`, { bus: this.#bus, clock: this.#clock, limits: this.#limits, record: this.#record });
  }

  #seat(level: LevelName, home: number): void {
    const limits = { maxEntries: 1000, maxWaitingBytes: this.#schedule.recoverable ? 8e6 : 20_000 };
    const viewer: FaultViewer = new FaultViewer(level, {
      clock: this.#clock, random: () => this.#pick(1000) / 1000, record: this.#record, limits,
      connect: () => {
        const link = new MemoryLink((text, hand) => viewer.take(text, hand));
        link.alter = this.#mutant?.alter?.() ?? link.alter;
        seat.link = link;
        this.#arriving.push({ link, seat });
        return link.client;
      },
    });
    const seat: Seat = { viewer, home, link: null, wasHindered: false };
    this.#mutant?.viewer?.(viewer);
    this.#seats.push(seat);
  }

  #process(index: number): FaultProcess {
    return this.#processes[index] as FaultProcess;
  }

  #hinder(index: number): Seat {
    const seat = this.#seats[index] as Seat;
    seat.wasHindered = true;
    return seat;
  }

  #reset(seat: Seat, kind: string): void {
    seat.wasHindered = true;
    if (seat.link === null || seat.link.isOver || seat.link.isDead) return;
    seat.link.break();
    this.#count(kind);
  }

  #between(ways: Set<string>, on: boolean): void {
    for (const way of [`${NAMES[0]} ${NAMES[1]}`, `${NAMES[1]} ${NAMES[0]}`]) if (on) ways.add(way);
    else ways.delete(way);
  }

  /** Moves time on, and messages. */
  async #advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STRIDE_MS) {
      this.#clock.advance(Math.min(left, STRIDE_MS));
      await this.#pump();
    }
  }

  /** Moves messages until none is on its way. */
  async #pump(): Promise<void> {
    for (;;) {
      let moved = false;
      for (const { link, seat } of this.#arriving.splice(0)) {
        this.#process(seat.home).accept(link);
        moved = true;
      }
      for (const { link } of this.#seats) if (link?.pump() === true) moved = true;
      if (moved) continue;
      if (!this.#seats.some(({ viewer }) => viewer.connection.status.state === 'connecting')) return;
      await settled();
      if (this.#arriving.length === 0) return;
    }
  }

  #levels(count: number, mix: number): number[] {
    return Array.from({ length: count }, (_, index) => LEVELS[(mix * 31 + index * index + (index >> 2)) % LEVELS.length] as number);
  }

  #pick(below: number): number {
    this.#random = (this.#random * 48271) % 2147483647;
    return this.#random % below;
  }

  #count(kind: string): void {
    this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + 1);
  }
}

function isWell({ viewer, link }: Seat): boolean {
  return viewer.connection.status.state === 'live' && link !== null && !link.isOver && !link.isDead;
}
