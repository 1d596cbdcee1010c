import { expect } from '@open-wc/testing';
import { RowSlots } from '../../src/elements/row-slots.js';

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, index) => first + index);

/** The key that each id is drawn by. */
function keys(slots: RowSlots, ids: readonly (number | null)[], count = ids.length): Map<number | null, number> {
  slots.turn(ids, count);
  return new Map(ids.map((id, place) => [id, slots.at(place)]));
}

describe('the nodes of the list', () => {
  it('keep their rows while some leave at the top or come there, and are never two at one row', () => {
    const slots = new RowSlots();
    let before = keys(slots, range(100, 30)), first = 100;
    for (const by of [1, 3, 10, -1, -7, 10, 0, -10]) {
      first += by;
      const after = keys(slots, range(first, 30));
      expect(new Set(after.values()).size, `after ${by}`).to.equal(30);
      for (const [id, key] of after) if (before.has(id)) expect(key, `row ${id} after ${by}`).to.equal(before.get(id));
      before = after;
    }
  });

  it('stay where they are in the document where most of the screen is new', () => {
    for (const by of [11, 29, 30, 5000, -11, -30, -5000]) {
      const slots = new RowSlots(), before = [...keys(slots, range(10_000, 30)).values()];
      expect([...keys(slots, range(10_000 + by, 30)).values()], String(by)).to.deep.equal(before);
    }
  });

  it('go on with a line that has no id, with fewer rows than nodes, and with another number of nodes', () => {
    const slots = new RowSlots();
    const before = keys(slots, range(5, 10), 30), after = keys(slots, [null, ...range(6, 9)], 30);
    expect(new Set(after.values()).size).to.equal(10);
    expect(keys(slots, range(5, 12), 30).size).to.equal(12);
    expect(before.size).to.equal(10);
    expect(new Set(keys(slots, range(5, 12), 12).values()).size).to.equal(12);
    expect(keys(slots, [], 12).size).to.equal(0);
    expect(new Set(keys(slots, [null, null, 7], 12).values()).size).to.be.at.most(3);
  });
});
