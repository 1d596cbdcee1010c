// An error and its causes, for reading: the application's own frames strong with their place at the end, those of packages and of Node dim and,
// where they come in runs, folded to a count. A function; it keeps nothing.
import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorChain, ErrorField, ErrorLink } from '../core/error-chain.js';
import type { StackFrame, StackLine } from '../core/error-stack-text.js';
import { readableValue } from '../core/json-find.js';
import { icon } from './icons.js';
import { shownLabel, shownText } from './shown-text.js';
import type { Strings } from './strings.js';

const MAX_TEXT = 2000, MAX_WORD = 500, MAX_SOURCE = 60, MAX_SOURCES = 3, FOLD_FROM = 3;

type Words = Strings['detail'];

/** @param text the entry's JSON that the chain was read from */
export function errorStack({ links, isCut }: ErrorChain, text: string, { detail }: Strings): TemplateResult {
  // from the last to the first, so that each link finds what is below it drawn
  const below: TemplateResult[][] = [];
  for (const link of links.toReversed()) {
    const inner = below.splice(link.depth + 1).flat();
    (below[link.depth] ??= []).unshift(linkOf(link, text, inner, detail));
  }
  return html`${below[0]}${isCut ? html`<p class="note">${detail.errorCut}</p>` : nothing}`;
}

function linkOf({ depth, relation, type, message, fields, lines }: ErrorLink, text: string, inner: readonly TemplateResult[], detail: Words): TemplateResult {
  const content = html`
    <p class="e-line" dir="ltr">${type === '' ? nothing : html`<bdi class="e-type">${shownText(type, MAX_WORD)}</bdi>: `}${
      message === '' ? html`<span class="dim">${detail.noMessage}</span>` : html`<bdi>${shownText(message, MAX_TEXT)}</bdi>`
    }</p>
    ${fields.length === 0 ? nothing : html`<dl class="kv">${fields.map((field) => fieldOf(field, text))}</dl>`}
    ${lines.length === 0 ? nothing : html`<div class="stack">${runsOf(lines, depth === 0, detail)}</div>`}${inner}`;
  return depth === 0 ? content : html`<div class="cause"><p class="label">${relation === 'part' ? detail.oneOf : detail.causedBy}</p>${content}</div>`;
}

function fieldOf({ key, member }: ErrorField, text: string): TemplateResult {
  const kind = member.kind === 'number' ? 'number' : member.kind === 'string' ? 'string' : 'literal';
  return html`<dt><bdi>${shownText(key, MAX_WORD)}</bdi></dt><dd class=${kind}><bdi>${shownText(readableValue(text, member), MAX_TEXT)}</bdi></dd>`;
}

/** The lines in their order, runs of frames that are not the application's own folded. */
function runsOf(lines: readonly StackLine[], isFirst: boolean, detail: Words): TemplateResult[] {
  const shown: TemplateResult[] = [], hasOwn = lines.some((line) => line.kind === 'frame' && line.source === null);
  for (let at = 0; at < lines.length;) {
    const run: StackFrame[] = [];
    for (let line = lines[at]; line?.kind === 'frame' && line.source !== null; line = lines[at + run.length]) run.push(line);
    if (run.length >= FOLD_FROM) shown.push(foldOf(run, isFirst && !hasOwn, detail));
    else if (run.length > 0) shown.push(...run.map((frame) => frameOf(frame, detail)));
    else shown.push(lineOf(lines[at] as StackLine, detail));
    at += Math.max(1, run.length);
  }
  return shown;
}

function foldOf(run: readonly StackFrame[], isOpen: boolean, detail: Words): TemplateResult {
  const sources = [...new Set(run.map(({ source }) => source as string))];
  const named = sources.slice(0, MAX_SOURCES).map((source) => shownLabel(source, MAX_SOURCE)).join(', ') + (sources.length > MAX_SOURCES ? ', …' : '');
  return html`<details class="fold" ?open=${isOpen}>
    <summary>${icon('chevron')}<bdi>${detail.frames(run.length, named)}</bdi></summary>
    ${run.map((frame) => frameOf(frame, detail))}
  </details>`;
}

function lineOf(line: StackLine, detail: Words): TemplateResult {
  return line.kind === 'frame' ? frameOf(line, detail) : html`<p class="e-line"><bdi>${shownText(line.text, MAX_TEXT)}</bdi></p>`;
}

function frameOf({ name, place, source }: StackFrame, detail: Words): TemplateResult {
  return html`<p class=${source === null ? 'frame-line' : 'frame-line dim'}><bdi class=${name === '' ? 'fn dim' : 'fn'}>${
    name === '' ? detail.anonymous : shownText(name, MAX_WORD)
  }</bdi> <bdi class="at">${shownText(place, MAX_WORD)}</bdi></p>`;
}
