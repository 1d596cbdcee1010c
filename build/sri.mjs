// `npm run sri`: the `integrity` of each one-file bundle, to be printed beside a release. The same sources give the same bytes.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

for (const file of ['system-logs.min.js', 'system-logs.iife.min.js']) {
  console.log(`${file} sha384-${createHash('sha384').update(readFileSync(`dist/cdn/${file}`)).digest('base64')}`);
}
