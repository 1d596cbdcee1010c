// Which copy of this package is on the page. The first to define an element wins; of two different ones the second says so in the console, since a fault
// that is mended in it is not mended in the first. Knows nothing of the elements.

/** As in package.json. */
export const VERSION = '0.1.0';

const KEY = Symbol.for('system-logs/version');
const page = globalThis as { [KEY]?: string };

const first = (page[KEY] ??= VERSION);
if (first !== VERSION) console.warn(`system-logs ${VERSION} was loaded after system-logs ${first}, whose elements stay in use. Load one of them.`);
