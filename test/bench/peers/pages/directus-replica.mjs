/* global document, requestAnimationFrame */
// A REPLICA of the approach of Directus' page, written for this benchmark from its behaviour, not its code: a deeply reactive array of 10,000; each
// message is pushed and drawn by itself; the list is computed from all entries by the text of their JSON; rows of variable height.
import 'vue-virtual-scroller/dist/vue-virtual-scroller.css';
import { computed, createApp, h, nextTick, ref } from 'vue';
import { DynamicScroller, DynamicScrollerItem } from 'vue-virtual-scroller';
import { cap, newestIn, present } from '../../pages/probe.ts';
import { feed, lineOf } from './feed.mjs';

let taken = 0;
const entries = ref([]), words = ref('');
const shown = computed(() => entries.value.filter((entry) => JSON.stringify(entry).toLowerCase().includes(words.value.toLowerCase())));

const Page = {
  setup: () => () => h(DynamicScroller, { class: 'fill snap', items: shown.value, minItemSize: 24, keyField: 'key' }, {
    default: ({ item, index, active }) => h(DynamicScrollerItem, { item, active, 'data-index': index }, () => h('div', { class: 'line' }, lineOf(item))),
    after: () => h('div', { class: 'end' }),
  }),
};
const host = document.body.appendChild(document.createElement('div'));
host.className = 'fill';
createApp(Page).mount(host);

function toEnd() {
  const scroller = host.firstElementChild;
  if (scroller !== null) scroller.scrollTop = scroller.scrollHeight;
}

feed((arrived) => {
  for (const entry of arrived) entries.value.push({ ...entry, key: taken++ });
  if (entries.value.length > cap) entries.value.splice(0, entries.value.length - cap);
  void nextTick(toEnd);
});

present({
  taken: () => taken,
  newest: () => newestIn(host.textContent),
  /** From a keystroke to the rows in the document; the original waits another 100 ms before it begins. */
  async search(text) {
    const from = performance.now();
    words.value = text;
    await nextTick();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return { rows: shown.value.length, firstMs: performance.now() - from, lastMs: performance.now() - from };
  },
});
