// docs/accessibility.md against the browsers: the accessibility trees that it shows, and what its walk-through says is said at each step, pressed
// with real keys. Chromium and Firefox give their whole tree, WebKit role and name of the element where the focus is.
import { expect } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { encodeGap } from '../../src/core/protocol.js';
import { focusables, focused } from '../helpers/focusables.js';
import { entryFrame, line } from '../helpers/log-lines.js';
import { settled, STATES, viewerStage, type ViewerStage } from '../helpers/viewer-stage.js';

const isWebKit = !/Chrome\/|Firefox\//.test(navigator.userAgent);
/** A browser brings its tree up to date in its own time. */
const LOOKS = 60;

const doc = await (await fetch('/docs/accessibility.md')).text();
const steps = [...doc.matchAll(/^\| ([^|]+) \| `([^|]+)` \|([^|]*)\|$/gm)].map(([, keys = '', said = '', note = '']) => ({ keys: keys.replaceAll('`', '').trim(), said, note }));
const trees = new Map([...doc.matchAll(/```tree ([^\n]+)\n(.*?)```/gs)].map(([, name = '', tree = '']) => [name, tree.trimEnd()]));

/** Looks until the browser says what is expected, or gives what it says at last. */
async function eventually(read: () => Promise<string>, expected: string): Promise<string> {
  let seen = '';
  for (let look = 0; look < LOOKS && seen !== expected; look++) {
    seen = await read();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return seen;
}

/** What is said of the element with the focus, or of the row that it stands for. */
async function spoken(): Promise<string> {
  const focus = focused(), active = focus?.getAttribute('aria-activedescendant') ?? null;
  const element = (active === null ? null : focus?.querySelector(`#${active}`)) ?? focus;
  if (element === null || element === document.body) return 'nothing';
  const id = element.id;
  element.id ||= 'spoken';
  Object.assign(window, { spoken: element });
  const said = await executeServerCommand('spoken') as string | null;
  if (id === '') element.removeAttribute('id');
  return said ?? 'nothing';
}

/** WebKit's driver tells no states, and takes no name for a row from its cells. */
function asWebKit(said: string): string {
  return said.startsWith('row ') ? 'row' : said.replace(/(?: (?:selected|pressed|expanded|collapsed))+$/, '');
}

const SMALL: Readonly<Record<string, (stage: ViewerStage) => Promise<void>>> = {
  'a viewer with three entries and a gap': async (stage) => {
    stage.socket.accept('debug');
    stage.socket.say(entryFrame(line(1)));
    stage.socket.say(entryFrame(line(2, 30, { req: { method: 'GET', url: '/orders' }, res: { statusCode: 404 }, responseTime: 3 })));
    stage.socket.say(encodeGap({ instance: 'api-1', epoch: 'e', from: 5, to: 7, cause: 'slow', levels: new Map([[30, 2], [50, 1]]) }));
    stage.socket.say(entryFrame(line(3, 50, { msg: 'order failed', err: { type: 'PaymentError', message: 'no answer' } })));
    await stage.draw();
  },
  'an entry is open': async (stage) => {
    await SMALL['a viewer with three entries and a gap']?.(stage);
    await stage.open('order failed');
  },
};

describe('docs/accessibility.md', () => {
  it('has trees and steps', () => {
    expect([...trees.keys()]).to.deep.equal(Object.keys(SMALL));
    expect(steps.length).to.be.above(20);
  });

  if (!isWebKit) {
    for (const [name, bring] of Object.entries(SMALL)) {
      it(`shows the tree of ${name}`, async () => {
        const stage = await viewerStage();
        stage.viewer.timeZone = 'utc';
        await bring(stage);
        const expected = trees.get(name) ?? '';
        const read = async (): Promise<string> => ((await executeServerCommand('accessibility-tree')) as string[]).join('\n').replace(/(slow, )[\d:]+/g, '$112:04:09'); // when the test ran
        expect(await eventually(read, expected)).to.equal(expected);
      });
    }
  }

  it('says at each step of its walk-through what the browser says', async () => {
    const stage = await viewerStage();
    stage.viewer.timeZone = 'utc';
    await STATES['following, with gap rows']?.(stage);
    const wrong: string[] = [];
    for (const [index, { keys, said }] of steps.entries()) {
      if (index === 0) focusables(stage.viewer, { tabStops: true })[0]?.focus();
      else for (const key of keys.split(' ')) await sendKeys({ press: key === 'Space' ? ' ' : key });
      await settled(stage.viewer);
      const expected = isWebKit ? asWebKit(said) : said;
      const heard = await eventually(spoken, expected);
      if (heard !== expected) wrong.push(`${keys}: ${heard}, not ${expected}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});
