// The line over the rows of a list: the heads of the columns, and above them how many entries are new, and what a key could not do. There they
// cover no row, however low the list is. It draws what it is told; it knows neither the store nor where the reader stands.
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Arrivals, LogSnapshot } from '../core/log-snapshot.js';
import { icon, levelShape } from './icons.js';
import type { Strings } from './strings.js';

/** What a key of the list could not do, or did in another way. An object of its own each time, so that it is heard again. */
export interface ListNote {
  readonly says: 'noErrors' | 'onlyError' | 'errorsFromOldest' | 'errorsFromNewest';
}

const LEVEL_OF_ERRORS = 50;

export function columnHeads({ list }: Strings): TemplateResult {
  return html`
    <div class="heads" id="heads" role="rowgroup">
      <div class="head" role="row" aria-rowindex="1">
        <span role="columnheader">${list.time}</span><span class="in" role="columnheader">${list.instance}</span><span class="lvl-h" role="columnheader">${list.level}</span
        ><span role="columnheader">${list.message}</span><span class="st-h" role="columnheader">${list.status}</span><span class="dur-h" role="columnheader">${list.duration}</span>
      </div>
    </div>`;
}

/** What is new where the reader is not; `gone` of it had to make room for what came later. */
export interface News extends Arrivals {
  readonly gone: number;
}

/** A pause has a bar of its own. */
export function newsOf(snapshot: LogSnapshot | null): News | null {
  if (snapshot === null || snapshot.following || snapshot.paused !== null || snapshot.unseen.entries === 0) return null;
  const { unseen, retained, hidden, untested } = snapshot;
  return { ...unseen, gone: Math.max(0, unseen.entries - (retained - hidden - untested)) };
}

/** @param news what a reader can go to; null where there is nothing, or nowhere to go */
export function overHeads(note: ListNote | null, news: News | null, toLatest: () => void, { list, numbers }: Strings): TemplateResult {
  return html`
    <div class="over">
      <p class="note" role="status" dir="auto">${note === null ? nothing : keyed(note, html`<span>${list[note.says]}</span>`)}</p>
      ${news === null ? nothing : html`<button class="chip" part="chip" dir="auto" type="button" title=${news.gone === 0 ? list.toLatest : `${list.toLatest}. ${list.chipGone(news.gone)}.`} @click=${toLatest}>${icon('down')}<span>${list.chip(news.entries)}</span> ${
        news.errors === 0 ? nothing : html`<small>${levelShape(LEVEL_OF_ERRORS)}<span class="long">${list.chipErrors(news.errors)}</span><span class="short" aria-hidden="true">${numbers.count(news.errors)}</span></small>`}</button>`}
    </div>`;
}
