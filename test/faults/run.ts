// `npm run faults -- --runs N --seed S`: random fault runs through the real code; one line of JSON last, and exit code 1 where a law breaks, with the
// seed and the shortest schedule that breaks it.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runFaults } from './fault-runs.js';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string', default: String(Date.now() % 2 ** 31) } } });
const runs = Number(values.runs), seed = Number(values.seed);
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  console.log('--runs takes a whole number from 1, --seed a whole number.');
  process.exit(1);
}
const { totals, failure } = await runFaults({ runs, seed });
if (failure !== null) console.log(`A law breaks with --seed ${seed}:\n${failure}`);
const { faults, violations, ...counts } = totals;
console.log(JSON.stringify({ ...counts, seed, faults: Object.fromEntries([...faults].sort()) }));
const { sent, shown, evicted, missing, unknowable } = counts;
process.exit(failure === null && violations.length === 0 && shown + evicted + missing + unknowable === sent ? 0 : 1);
