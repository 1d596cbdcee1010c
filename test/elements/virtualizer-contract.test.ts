// What the list leans on in @lit-labs/virtualizer 2.1.1 and could not be read from its documentation. A release that changes one of these fails
// here, and not in a reader's hands.
import { expect, fixture, html } from '@open-wc/testing';
import { virtualize, virtualizerRef } from '@lit-labs/virtualizer/virtualize.js';
import { render, type TemplateResult } from 'lit';
import { FixedRowLayout, itemsOf, type RowPlan } from '../../src/elements/fixed-row-layout.js';

const ROW = 20, HEIGHT = 400;
const ROWS = new CSSStyleSheet();
ROWS.replaceSync(`.row { position: absolute; margin: 0; block-size: ${ROW}px; }`);

async function page(): Promise<{ box: HTMLElement; plan: RowPlan & { top: number; settled: number[] }; draw(length: number): Promise<void>; shown(): string[] }> {
  const box = await fixture<HTMLElement>(html`<div></div>`);
  box.style.height = `${HEIGHT}px`;
  document.adoptedStyleSheets = [ROWS];
  const plan = {
    rowHeight: ROW, awaited: null, newest: [] as unknown[], slots: 1, top: 0, settled: [] as number[],
    get scrollTop() { return box.scrollTop; },
    height: 0,
    place(): number { return this.top; },
    turn(_first: number, _last: number, slots: number): void { this.slots = slots; },
    widen(): void { /* another size is none of this page's */ },
    settle(): void {
      this.settled.push(box.scrollHeight);
      box.scrollTop = this.top;
    },
  };
  const layout = { type: FixedRowLayout, plan };
  const row = (_: unknown, index: number): TemplateResult => html`<p class="row">${index}</p>`;
  return {
    box, plan,
    async draw(length) {
      plan.height = length * ROW;
      plan.newest = itemsOf(length);
      render(virtualize({ scroller: true, items: plan.newest, keyFunction: (_, index) => index % plan.slots, renderItem: row, layout }), box);
      await new Promise(requestAnimationFrame);
    },
    shown: () => [...box.querySelectorAll('p')].map((child) => child.textContent),
  };
}

describe('@lit-labs/virtualizer', () => {
  it('takes an array that has only a length, and draws by position', async () => {
    const { draw, shown } = await page();
    await draw(1_000_000);
    expect(shown()[0]).to.equal('0');
    expect(shown().length).to.be.below(60);
  });

  it('has rows and size in place when the layout’s message returns, so that the scroller can be put anywhere in the same task', async () => {
    const { draw, plan, box, shown } = await page();
    await draw(100);
    plan.top = 1000 * ROW - HEIGHT;
    plan.settled.length = 0;
    await draw(1000);
    expect(plan.settled[0]).to.be.at.least(1000 * ROW);
    expect(box.scrollTop).to.equal(1000 * ROW - HEIGHT);
    expect(shown().at(-1)).to.equal('999');
  });

  it('draws again for new items of the same length', async () => {
    const { draw, box } = await page();
    await draw(100);
    box.querySelector('p')?.remove();
    let changes = 0;
    box.addEventListener('rangeChanged', () => changes++);
    await draw(100);
    expect(changes).to.be.at.least(1);
  });

  it('adds nothing below the last row, given a sizer of 2 px', async () => {
    const { draw, box } = await page();
    await draw(100);
    const sizer = box.querySelector<HTMLElement>('[virtualizer-sizer]');
    expect(sizer).to.be.instanceOf(HTMLElement);
    if (sizer !== null) sizer.style.lineHeight = '2px';
    // Gecko rounds the sizer's own box up
    expect(box.scrollHeight).to.be.within(100 * ROW, 100 * ROW + 1);
  });

  it('leaves rows where they are put, where the layout gives it no positions', async () => {
    const { draw, box } = await page();
    await draw(10);
    const row = box.querySelector('p') as HTMLElement;
    row.style.top = '7px';
    await draw(12);
    expect([row.style.top, row.style.transform]).to.deep.equal(['7px', '']);
  });

  it('can be reached through its ref, for the page to be let go of', async () => {
    const { draw, box } = await page();
    await draw(10);
    expect((box as unknown as Record<symbol, unknown>)[virtualizerRef]).to.be.an('object');
  });
});
