// Runs the steps of a test run, each a program of Node, one after the other or beside each other; a step that fails ends everything, with the
// program's exit code. Sums up what the programs counted: the last line is `N passed, N failed, N skipped`. Knows nothing of what the steps test.
import { spawn } from 'node:child_process';
import process from 'node:process';

const total = { passed: 0, failed: 0, skipped: 0 }, running = new Set();

/**
 * Runs a program of Node to its end.
 * @param {string} title
 * @param {string | null} script a file, or null where `args` begin with options of Node
 * @param {readonly string[]} args
 * @param {{ env?: object, read?: ((output: string) => typeof total | null) | null, held?: boolean }} how `read` finds in the output how many tests passed;
 *   `held`: what the program prints is printed at its end
 */
export async function step(title, script, args, { env = {}, read = null, held = lanes > 1 } = {}) {
  const head = `\n── ${title} ──\n`, startedAt = Date.now();
  if (!held) console.log(head);
  const child = spawn(process.execPath, [...(script === null ? [] : [script]), ...args], { stdio: ['ignore', 'pipe', held ? 'pipe' : 'inherit'], env: { ...process.env, ...env } });
  running.add(child);
  let output = '', errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    if (!held) process.stdout.write(text);
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => (errors += text));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', (exitCode) => resolve(exitCode ?? 1)));
  running.delete(child);
  if (held) process.stdout.write(`${head}\n${output}${errors}`);
  const counts = read?.(output) ?? null;
  for (const key of Object.keys(total)) total[key] += counts?.[key] ?? 0;
  if (read !== null && counts === null) return finish(code || 1, `${title}: the run ended without saying how many tests passed.`);
  if (read !== null && code === 0 && counts.passed === 0) return finish(1, `${title}: no test ran.`);
  if (code !== 0) return finish(code, `${title}: failed.`);
  console.log(`${title}: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

let lanes = 1;

/** Runs lanes of steps beside each other; each is a function that runs its steps one after the other. */
export async function beside(...parts) {
  lanes = parts.length;
  await Promise.all(parts.map((part) => part()));
  lanes = 1;
}

/** Ends everything; what still runs is ended first. */
export function finish(code, sentence = null) {
  for (const child of running) child.kill();
  if (sentence !== null) console.log(`\n${sentence}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exit(code);
}

/** `node --test` in its `spec` form ends with lines such as `ℹ pass 12`. */
export function readNodeSummary(output) {
  const count = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? NaN);
  const counts = { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') + count('todo') };
  return Object.values(counts).some(Number.isNaN) ? null : counts;
}

/** The closing line of web-test-runner.config.mjs. */
export function readBrowserSummary(output) {
  const [, passed, failed, skipped] = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output) ?? [];
  return passed === undefined ? null : { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}
