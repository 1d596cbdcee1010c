// The viewer's drawings: icons of 16 px, and one shape for each level, so that a level is never told by colour alone.
import { svg, html, type TemplateResult } from 'lit';
import { nearestLevel, type LevelName } from '../core/levels.js';

const paths = {
  search: svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3"/>`,
  pause: svg`<path d="M5.5 3.5v9M10.5 3.5v9" stroke-width="2"/>`,
  play: svg`<path d="M5 3.2v9.6l7.5-4.8Z"/>`,
  clear: svg`<circle cx="8" cy="8" r="5.2"/><path d="m4.4 11.6 7.2-7.2"/>`,
  down: svg`<path d="M8 3v10M4 9l4 4 4-4"/>`,
  chevron: svg`<path d="m5.5 3 5 5-5 5"/>`,
  open: svg`<path d="m4 6 4 4 4-4"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M3.500 10.500h-.2A.8.8 0 0 1 2.500 9.700V3.300a.8.8 0 0 1 .8-.8h6.400a.8.8 0 0 1 .8.8v.2"/>`,
  wrap: svg`<path d="M2.500 4h11M2.500 8h9a2 2 0 0 1 0 4H8.500m1.800-1.800L8.500 12l1.800 1.800M2.500 12H5"/>`,
  gap: svg`<path d="M2 5.500h12M2 10.500h3l1.500-2 2 4 1.500-2H14"/>`,
  link: svg`<path d="M2.500 8h3l1.500-3.500 2.500 7L11 8h2.500"/>`,
  check: svg`<path d="m3.500 8.500 3 3 6-7"/>`,
  instance: svg`<rect x="2.500" y="3" width="11" height="4" rx="1"/><rect x="2.500" y="9" width="11" height="4" rx="1"/><path d="M5 5h.01M5 11h.01"/>`,
  filter: svg`<path d="M2.500 4h11M4.500 8h7M6.500 12h3"/>`,
};

const shapes: Readonly<Record<LevelName, TemplateResult>> = {
  trace: svg`<circle cx="5" cy="5" r="1.6"/>`,
  debug: svg`<circle cx="5" cy="5" r="3.2" fill="none" stroke-width="1.6"/>`,
  info: svg`<circle cx="5" cy="5" r="3.6"/>`,
  warn: svg`<path d="M5 .6 9.9 9.3H.1Z"/>`,
  error: svg`<path d="M5-.2 10.2 5 5 10.2-.2 5Z"/>`,
  fatal: svg`<path fill-rule="evenodd" d="M3-.2h4L10.2 3v4L7 10.2H3L-.2 7V3Zm.3 2.500 1 2.700-1 2.700h3.400l-1-2.700 1-2.700Z"/>`,
};

export type IconName = keyof typeof paths;

/** An icon; what it means must stand beside it in words. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${paths[name]}</svg>`;
}

/** The shape of a level; a custom level has that of the nearest pino level below it. */
export function levelShape(level: number): TemplateResult {
  return html`<svg class="shape" viewBox="0 0 10 10" aria-hidden="true">${shapes[nearestLevel(level)]}</svg>`;
}
