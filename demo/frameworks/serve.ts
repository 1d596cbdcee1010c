// `npm run demo react`: builds the admin page of one framework and serves it. Prints where the page is; PORT chooses its port (default 8080, 0: any free one).
import { fail, failToListen, readSettings } from '../settings.js';
import { buildPage, FRAMEWORKS, policyOf, type Framework } from './build.js';
import { Site } from './site.js';

const ORDER_MS = 800;

const [name = '', ...others] = process.argv.slice(2);
if (!isFramework(name) || others.length > 0) fail(`Say whose page is wanted: npm run demo ${FRAMEWORKS.join('|')}`);

const { port } = readSettings([], process.env);
const site = await Site.start({ folder: await buildPage(name), policy: policyOf(name), port }).catch((error: unknown) => failToListen(error, port));
const customers = setInterval(() => site.placeOrder(), ORDER_MS);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clearInterval(customers);
    void site.close();
  });
}
console.log(`page ${site.url}`);

function isFramework(text: string): text is Framework {
  return (FRAMEWORKS as readonly string[]).includes(text);
}
