// The suites of a folder of tests by name, as they are counted: `elements/log-list`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export function suiteNames(folder: string): string[] {
  const files = readdirSync(join(import.meta.dirname, '..', folder), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.test.ts')).map((file) => `${folder}/${file.replaceAll('\\', '/').slice(0, -'.test.ts'.length)}`).sort();
}
