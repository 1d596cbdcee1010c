// A number for each level of a stream: its last `lseq`s, or counts of its entries; and how both stand on the wire, as an object whose keys are
// level numbers. Reading believes nothing. It does not know what the numbers are of.
import { isObject } from './json-object.js';
import { readLevel } from './levels.js';

/** By pino's level number; a level that is not there has 0. */
export type LevelNumbers = ReadonlyMap<number, number>;

export const NO_NUMBERS: LevelNumbers = new Map();

/** So many levels of one stream are numbered apart. */
export const MAX_LEVELS = 64;

const LEVEL_KEY = /^(?:0|-?[1-9]\d{0,9})$/;

/** True for 0, 1, 2 … up to the last number that has no two meanings. */
export function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** `{"30":9000,"40":200}`. */
export function writeNumbers(numbers: LevelNumbers): Record<string, number> {
  return Object.fromEntries(numbers);
}

/** Null for anything but an object of at most `MAX_LEVELS` level numbers, each with a whole number from 0. */
export function readNumbers(value: unknown): LevelNumbers | null {
  if (!isObject(value)) return null;
  const members = Object.entries(value), numbers = new Map<number, number>();
  if (members.length > MAX_LEVELS) return null;
  for (const [key, number] of members) {
    const level = Number(key);
    if (!LEVEL_KEY.test(key) || readLevel(level) !== level || !isNumber(number)) return null;
    numbers.set(level, number);
  }
  return numbers;
}

/** Adds `by` to the number of a level. */
export function addNumber(numbers: Map<number, number>, level: number, by: number): void {
  numbers.set(level, (numbers.get(level) ?? 0) + by);
}

export function sumOfNumbers(numbers: LevelNumbers): number {
  let sum = 0;
  for (const number of numbers.values()) sum += number;
  return sum;
}
