// A request that was answered, for reading: its line, its query as keys and values, its headers folded. A function; it keeps nothing.
import { html, nothing, type TemplateResult } from 'lit';
import { formatDuration, type HttpFacts } from '../core/log-entry.js';
import type { NamedValue, NamedValues, RequestParts } from '../core/request-parts.js';
import { icon } from './icons.js';
import { shownText } from './shown-text.js';
import type { Strings } from './strings.js';

const MAX_NAME = 200, MAX_VALUE = 5000;

type Words = Strings['detail'];

export function requestView({ method, url, status, duration, query, requestHeaders, responseHeaders }: HttpFacts & RequestParts, { detail }: Strings): TemplateResult {
  return html`
    <p class="req-line" part="request">
      <b><bdi>${shownText(method, MAX_NAME)}</bdi></b>
      <bdi class="url">${shownText(url, MAX_VALUE)}</bdi>
      <span class=${statusClass(status)}>${status ?? detail.noStatus}</span>
      ${duration === null ? nothing : html`<span class="num dim">${detail.duration(Number(formatDuration(duration)))}</span>`}
    </p>
    <p class="label">${detail.query}</p>
    ${query.size === 0 ? html`<p class="note">${detail.noQuery}</p>` : listOf(query, detail)}
    ${foldOf(detail.requestHeaders(requestHeaders.size), requestHeaders, detail)}
    ${foldOf(detail.responseHeaders(responseHeaders.size), responseHeaders, detail)}`;
}

function statusClass(status: number | null): string {
  if (status === null || status < 200) return 'status s3';
  return status < 300 ? 'status s2' : status < 400 ? 'status s3' : status < 500 ? 'status s4' : 'status s5';
}

function foldOf(label: string, values: NamedValues, detail: Words): TemplateResult {
  if (values.size === 0) return html`<p class="note">${label}</p>`;
  return html`<details class="fold"><summary>${icon('chevron')}${label}</summary>${listOf(values, detail)}</details>`;
}

function listOf({ items, size }: NamedValues, detail: Words): TemplateResult {
  return html`<dl class="kv">${items.map(pairOf)}</dl>${size > items.length ? html`<p class="note">${detail.moreInTree(size - items.length)}</p>` : nothing}`;
}

function pairOf({ name, value }: NamedValue): TemplateResult {
  return html`<dt><bdi>${shownText(name, MAX_NAME)}</bdi></dt><dd class="string"><bdi>${shownText(value, MAX_VALUE)}</bdi></dd>`;
}
