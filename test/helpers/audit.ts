// Axe over a part of the page: all rules of WCAG 2.2 A and AA and the best practices that concern a part, not a page.
import type axeModule from 'axe-core';
import type { NodeResult, Result } from 'axe-core';
import 'axe-core/axe.min.js'; // no module: it leaves its name on the window

const { axe } = window as unknown as { axe: typeof axeModule };

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export interface Audit {
  readonly violations: readonly string[];
  /** What axe could not decide: to be looked at by a person. */
  readonly undecided: readonly string[];
}

export async function audit(target: Element): Promise<Audit> {
  const { violations, incomplete } = await axe.run(target, {
    resultTypes: ['violations', 'incomplete'], runOnly: TAGS,
    // the page around the part belongs to the test; the size of targets is off in axe unless it is asked for
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'landmark-one-main': { enabled: false }, 'target-size': { enabled: true } },
  });
  return { violations: violations.flatMap(told), undecided: incomplete.flatMap(told) };
}

function told({ id, nodes }: Result): string[] {
  return nodes.map((node) => `${id}: ${String(node.target.flat().at(-1))} (${reason(node)})`);
}

function reason({ any, all, none, html }: NodeResult): string {
  return `${[...any, ...all, ...none].map(({ message }) => message).join('; ')}) (${html.slice(0, 120)}`;
}
