// docs/browsers.md as text, made of counts: suites × browsers. It reads and runs nothing.

export interface SuiteCounts {
  readonly passed: number;
  readonly failed: number;
  /** The names of the tests that were skipped; each says why. */
  readonly skipped: readonly string[];
}

export interface BrowserColumn {
  readonly title: string;
  readonly elements: Readonly<Record<string, SuiteCounts>>;
  /** The end-to-end suites; null where nothing drives this browser through them. */
  readonly e2e: Readonly<Record<string, SuiteCounts>> | null;
}

const NOTHING: SuiteCounts = { passed: 0, failed: 0, skipped: [] };

export function browsersPage(columns: readonly BrowserColumn[]): string {
  const elements = Object.keys(columns[0]?.elements ?? {}).sort(), e2e = columns.flatMap((column) => Object.keys(column.e2e ?? {})).sort();
  const skips = columns.flatMap(({ title, elements: suites, e2e: others }) =>
    Object.entries({ ...suites, ...others }).flatMap(([suite, { skipped }]) => skipped.map((name) => `- ${title}, \`${suite}\`: ${name}`)));
  return `# Browsers

Each suite of tests, and how many of its tests passed in each browser on the machine of the last run. The table is made by the tests: \`npm test\` counts,
\`npm run browsers\` writes this page, and the last step of \`npm test\` holds it to the suites that there are.

The element suites run in all three engines: real elements in a real page, with real keys and a real pointer. The end-to-end suites need a browser that
Playwright drives on a Debian machine, which is Chromium; those of the policies drive Firefox too, by WebDriver BiDi.

${table(columns, elements, ({ elements: suites }) => suites)}

${table(columns.filter((column) => column.e2e !== null), e2e, ({ e2e: suites }) => suites ?? {})}

${skips.length === 0 ? 'No test is skipped in any of them.' : `Skipped, and why:\n\n${skips.join('\n')}`}

## What else differs

| | Chromium | Firefox | WebKit |
|---|---|---|---|
| found in a page, drawn by | \`chromium\`, headless | \`firefox-esr\`, headless | WebKitGTK’s MiniBrowser on a screen of its own (\`webkit2gtk-driver\`, \`xvfb\`) |
| driven by | Chrome’s DevTools protocol | WebDriver BiDi | WebDriver |
| the accessibility tree is read from | the browser’s own tree | the browser’s own tree | role and name of each element, as the browser computes them |
| forced colours, reduced motion, coarse pointer | set by the tests | the style sheets’ rules are read | the style sheets’ rules are read |

Safari itself was not tried; WebKitGTK has its engine, and other fonts, scrollbars and keys. On a Mac, Tab reaches buttons only where
“Keyboard navigation” is switched on in the system’s settings.
`;
}

function table(columns: readonly BrowserColumn[], suites: readonly string[], of: (column: BrowserColumn) => Readonly<Record<string, SuiteCounts>>): string {
  const line = (name: string, cells: readonly string[]): string => `| ${name} | ${cells.join(' | ')} |`;
  const sums = columns.map((column) => suites.map((suite) => of(column)[suite] ?? NOTHING).reduce((sum, counts) => ({
    passed: sum.passed + counts.passed, failed: sum.failed + counts.failed, skipped: [...sum.skipped, ...counts.skipped],
  }), NOTHING));
  return [
    line('suite', columns.map(({ title }) => title)),
    `|---|${'---:|'.repeat(columns.length)}`,
    ...suites.map((suite) => line(`\`${suite}\``, columns.map((column) => cell(of(column)[suite])))),
    line('**all**', sums.map((sum) => `**${cell(sum)}**`)),
  ].join('\n');
}

/** `12 passed`, and what else there is. */
function cell(counts: SuiteCounts | undefined): string {
  if (counts === undefined) return '—';
  const { passed, failed, skipped } = counts;
  return [`${passed} passed`, ...(failed > 0 ? [`${failed} failed`] : []), ...(skipped.length > 0 ? [`${skipped.length} skipped`] : [])].join(', ');
}
