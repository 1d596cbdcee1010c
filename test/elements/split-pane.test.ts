import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys, sendMouse, resetMouse } from '@web/test-runner-commands';
import type { LogSplitPane } from '../../src/elements/split-pane.js';
import '../../src/elements/split-pane.js';
import { frame, until } from '../helpers/page.js';
import { eventsOf, expectAccessible, expectFocus } from '../helpers/shadow.js';

interface Page {
  readonly split: LogSplitPane;
  readonly box: HTMLElement;
  readonly separator: HTMLElement;
  /** Sizes of start and end pane along the direction, in px. */
  sizes(): [start: number, end: number];
  value(): { now: number; min: number; max: number };
}

async function page({ width = 1000, height = 600, layout = 'auto', collapsed = false, direction = 'ltr' } = {}): Promise<Page> {
  const box = document.createElement('div');
  box.style.width = `${width}px`;
  box.dir = direction;
  const split = await fixture<LogSplitPane>(html`
    <log-split-pane .layout=${layout as LogSplitPane['layout']} .collapsed=${collapsed}>
      <p slot="start">list</p><p slot="end">detail</p>
    </log-split-pane>`, { parentNode: box });
  split.style.height = `${height}px`;
  await frame();
  const find = (selector: string): HTMLElement => split.renderRoot.querySelector(selector) as HTMLElement;
  const separator = find('[role=separator]');
  const number = (name: string): number => Number(separator.getAttribute(name));
  return {
    split, box, separator,
    sizes() {
      const key = separator.getAttribute('aria-orientation') === 'vertical' ? 'width' : 'height';
      const round = (selector: string): number => Math.round(find(selector).getBoundingClientRect()[key]);
      return [round('.start'), round('.end')];
    },
    value: () => ({ now: number('aria-valuenow'), min: number('aria-valuemin'), max: number('aria-valuemax') }),
  };
}

/** Keys one after another, with the focus on the line. */
async function keys({ separator }: Page, ...names: string[]): Promise<void> {
  separator.focus();
  for (const name of names) await sendKeys({ press: name });
}

function middleOf({ separator }: Page): [number, number] {
  const { left, top, width, height } = separator.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}

describe('log-split-pane', () => {
  afterEach(() => resetMouse());

  it('passes the accessibility audit in both colour schemes', async () => {
    const { split } = await page();
    await expectAccessible(split);
    split.collapsed = true;
    await split.updateComplete;
    await expectAccessible(split);
  });

  it('has the sizes of the theme until a person moves the line', async () => {
    expect((await page({ width: 1000 })).sizes()).to.deep.equal([559, 440]);
    expect((await page({ width: 800, height: 600 })).sizes()).to.deep.equal([299, 300]);
    const themed = await page({ width: 1000 });
    themed.box.style.setProperty('--log-detail-size', '50%');
    expect(themed.sizes()).to.deep.equal([499, 500]);
  });

  it('stands side by side from 880 px of its own width on, else one above the other, with no error of the window', async () => {
    const errors: string[] = [], original = window.onerror;
    window.onerror = (message) => errors.push(typeof message === 'string' ? message : message.type);
    try {
      const at = await page({ width: 880 });
      expect(at.separator.getAttribute('aria-orientation')).to.equal('vertical');
      for (const [width, orientation] of [[879, 'horizontal'], [1000, 'vertical'], [400, 'horizontal'], [900, 'vertical']] as const) {
        at.box.style.width = `${width}px`;
        await until(() => at.separator.getAttribute('aria-orientation') === orientation);
        await frame();
      }
      expect(errors).to.deep.equal([]);
    } finally {
      window.onerror = original;
    }
  });

  it('stands as the page says, whatever its width', async () => {
    expect((await page({ width: 1000, layout: 'rows' })).separator.getAttribute('aria-orientation')).to.equal('horizontal');
    expect((await page({ width: 500, layout: 'columns' })).separator.getAttribute('aria-orientation')).to.equal('vertical');
  });

  it('tells where the line is and its limits, in percent from the start', async () => {
    const at = await page({ width: 1000 });
    expect(at.value()).to.deep.equal({ now: 56, min: 24, max: 70 });
    at.box.style.width = '1200px';
    await until(() => at.value().min === 20);
    expect(at.value()).to.deep.equal({ now: 56, min: 20, max: 75 });
  });

  it('is moved by arrows, 16 px each, and to its limits by Home and End', async () => {
    const at = await page({ width: 1000 });
    await keys(at, 'ArrowLeft', 'ArrowLeft');
    expect(at.sizes()).to.deep.equal([527, 472]);
    await keys(at, 'ArrowRight');
    expect(at.sizes()).to.deep.equal([543, 456]);
    await keys(at, 'Home');
    expect(at.sizes()).to.deep.equal([239, 760]);
    expect(at.value().now).to.equal(at.value().min);
    await keys(at, 'ArrowLeft');
    expect(at.sizes()).to.deep.equal([239, 760]);
    await keys(at, 'End');
    expect(at.sizes()).to.deep.equal([699, 300]);
    expect(at.value().now).to.equal(at.value().max);
  });

  it('is moved by up and down where one pane is above the other', async () => {
    const at = await page({ width: 600, height: 600 });
    await keys(at, 'ArrowUp');
    expect(at.sizes()).to.deep.equal([283, 316]);
    await keys(at, 'ArrowDown', 'ArrowDown');
    expect(at.sizes()).to.deep.equal([315, 284]);
    await keys(at, 'ArrowLeft');
    expect(at.sizes()).to.deep.equal([315, 284]);
    await keys(at, 'End');
    expect(at.sizes()).to.deep.equal([479, 120]);
  });

  it('mirrors in a right-to-left page: the line still goes where the arrow points', async () => {
    const at = await page({ width: 1000, direction: 'rtl' });
    const { left } = at.separator.getBoundingClientRect();
    await keys(at, 'ArrowLeft');
    expect(at.separator.getBoundingClientRect().left).to.be.closeTo(left - 16, 1);
    expect(at.sizes()).to.deep.equal([575, 424]);
    const [x, y] = middleOf(at);
    await drag([x, y], [x + 50, y]);
    expect(at.sizes()).to.deep.equal([525, 474]);
  });

  it('hands on the keys that are not its own', async () => {
    const at = await page(), heard = eventsOf<KeyboardEvent>(at.box, 'keydown');
    await keys(at, 'ArrowLeft', 'Escape', 'e');
    expect(heard.map(({ key }) => key)).to.deep.equal(['Escape', 'e']);
  });

  it('is dragged by the pointer, and takes the focus', async () => {
    const at = await page({ width: 1000 });
    const [x, y] = middleOf(at);
    await drag([x, y], [x - 100, y + 30]);
    expect(at.sizes()).to.deep.equal([459, 540]);
    expectFocus(at.split, at.separator);
    await sendMouse({ type: 'move', position: [x + 100, y] });
    expect(at.sizes()).to.deep.equal([459, 540]);
  });

  it('stops at its limits while it is dragged', async () => {
    const at = await page({ width: 1000 });
    const [x, y] = middleOf(at);
    await drag([x, y], [5, y]);
    expect(at.sizes()).to.deep.equal([239, 760]);
  });

  it('goes back where it was by Escape during a drag, which nothing around hears', async () => {
    const at = await page({ width: 1000 }), heard = eventsOf(at.box, 'keydown');
    const [x, y] = middleOf(at);
    await sendMouse({ type: 'move', position: [x, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [x - 100, y] });
    expect(at.sizes()).to.deep.equal([459, 540]);
    await sendKeys({ press: 'Escape' });
    expect(at.sizes()).to.deep.equal([559, 440]);
    await sendMouse({ type: 'move', position: [x - 150, y] });
    expect(at.sizes()).to.deep.equal([559, 440]);
    await sendMouse({ type: 'up' });
    expect(heard).to.deep.equal([]);
  });

  it('goes back to the default by a double click', async () => {
    const at = await page({ width: 1000 });
    await keys(at, 'Home');
    at.separator.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    expect(at.sizes()).to.deep.equal([559, 440]);
  });

  it('keeps a person’s size as a share of the whole, one for each layout', async () => {
    const at = await page({ width: 1000, height: 600 });
    await keys(at, 'Home');
    at.box.style.width = '1500px';
    await until(() => at.sizes()[1] === 1140);
    at.box.style.width = '600px';
    await until(() => at.separator.getAttribute('aria-orientation') === 'horizontal');
    expect(at.sizes()).to.deep.equal([299, 300]);
    at.box.style.width = '1000px';
    await until(() => at.separator.getAttribute('aria-orientation') === 'vertical');
    expect(at.sizes()).to.deep.equal([239, 760]);
  });

  it('gives the detail 300 px, and in a narrow place no more than half', async () => {
    const at = await page({ width: 1000 });
    await keys(at, 'End');
    at.box.style.width = '900px';
    await until(() => at.sizes()[0] === 599);
    expect(at.sizes()).to.deep.equal([599, 300]);
    const narrow = await page({ width: 400, layout: 'columns' });
    expect(narrow.sizes()).to.deep.equal([199, 200]);
  });

  for (const [direction, options] of [['side by side', { width: 1000 }], ['side by side, from right to left', { width: 1000, direction: 'rtl' }], ['one above the other', { width: 500 }]] as const) {
    it(`draws nothing of the line over the pane of the rows, also where it is pointed at: ${direction}`, async () => {
      const at = await page(options), box = at.separator.getBoundingClientRect(), start = (at.split.renderRoot.querySelector('.start') as HTMLElement).getBoundingClientRect();
      await sendMouse({ type: 'move', position: middleOf(at) });
      await until(() => at.separator.matches(':hover'));
      for (const part of ['::before', '::after']) {
        const { left, right, top } = getComputedStyle(at.separator, part), px = Number.parseFloat;
        if (direction === 'one above the other') expect(box.top + px(top), part).to.be.at.least(start.bottom - 0.01);
        else if (direction === 'side by side') expect(box.left + px(left), part).to.be.at.least(start.right - 0.01);
        else expect(box.right - px(right), part).to.be.at.most(start.left + 0.01);
      }
    });
  }

  it('leaves out the end pane and the line while it is collapsed, and has the size again afterwards', async () => {
    const at = await page({ width: 1000 });
    await keys(at, 'ArrowLeft');
    at.split.collapsed = true;
    await at.split.updateComplete;
    expect(at.sizes()).to.deep.equal([1000, 0]);
    expect(at.separator.getBoundingClientRect().width).to.equal(0);
    at.split.collapsed = false;
    await at.split.updateComplete;
    expect(at.sizes()).to.deep.equal([543, 456]);
    expect(at.value().now).to.equal(54);
  });
});

async function drag(from: [number, number], to: [number, number]): Promise<void> {
  await sendMouse({ type: 'move', position: from });
  await sendMouse({ type: 'down' });
  await sendMouse({ type: 'move', position: to });
  await sendMouse({ type: 'up' });
}
