// The page around the viewer, and the page that asks for a token, as text: no script of their own, one style sheet that the policy names by its hash,
// addresses relative to the page, so that a proxy may put any prefix before them. It knows neither requests nor who may read.
import { createHash } from 'node:crypto';
import type { LevelName } from '../core/levels.js';
import { nobody, unchecked, WORDS, wrongToken, type PageLanguage } from './page-language.js';
import type { Refusal } from './upgrade-gate.js';

export type Theme = 'light' | 'dark';

const STYLE = `:root{color-scheme:light dark;font:14px/1.5 system-ui,sans-serif}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
body{margin:0;background:light-dark(#eceef1,#0d0f12);color:light-dark(#1a1e24,#e3e7ec)}
system-logs{display:block;block-size:100vh;block-size:100dvh;box-sizing:border-box;padding:8px}
main{max-inline-size:30rem;margin:15vh auto 0;padding:0 20px}
h1{font-size:20px;margin:0 0 8px}
label{display:block;margin:20px 0 4px;font-weight:600}
input,button{box-sizing:border-box;min-block-size:44px;font:inherit;color:inherit;border:1px solid light-dark(#858d99,#6c7683);border-radius:6px;padding:0 12px}
input{inline-size:100%;background:light-dark(#fff,#101317)}
[role=alert]{color:light-dark(#b3261e,#ff938a);font-weight:600}
[aria-invalid]{border-color:light-dark(#b3261e,#ff938a)}
button{margin-block-start:12px;background:light-dark(#fff,#23272e);font-weight:600}
:focus-visible{outline:2px solid light-dark(#2553c4,#94b5ff);outline-offset:1px}`;

/** Four lines, as a data address: a browser asks for no other icon then. */
const ICON = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Cpath stroke=%22%232553c4%22 stroke-width=%222%22 d=%22M2 3h8M2 7h12M2 11h6M2 15h10%22/%3E%3C/svg%3E';

/** Nothing but the bundle runs, and it speaks with nothing but this host. */
export const PAGE_POLICY = [
  "default-src 'none'", "script-src 'self'", `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`, "connect-src 'self'", 'img-src data:', "base-uri 'none'",
  "form-action 'self'", "frame-ancestors 'self'", "require-trusted-types-for 'script'", 'trusted-types system-logs',
].join('; ');

export interface PageParts {
  /** Relative to the page, in their order. */
  readonly scripts: readonly string[];
  readonly endpoint: string;
  readonly level: LevelName;
  readonly language: PageLanguage;
  /** Null: as the reader's system has it. */
  readonly theme: Theme | null;
}

export function viewerHtml({ scripts, endpoint, level, language, theme }: PageParts): string {
  return document(language, theme, scripts.map((script) => `<script type="module" src="${escape(script)}"></script>`).join(''),
    `<system-logs endpoint="${escape(endpoint)}" level="${level}"></system-logs><noscript><main><p>${WORDS[language].noScript}</p></main></noscript>`);
}

/**
 * The sentence is an alert, in the title too, where somebody was refused and can enter another token; that nobody is signed in is none.
 * @param refusal why the page is not shown @param action where a token is sent to, relative to the page; null where none would help
 */
export function refusalHtml(refusal: Refusal, action: string | null, language: PageLanguage): string {
  const { title, token, open, orSignIn, sentences } = WORDS[language];
  // why a check failed is for who runs the server, and told in English
  const known = sentences.get(refusal.code === unchecked.code ? unchecked : refusal), said = known ?? refusal.message;
  const isAlert = action !== null && refusal !== nobody, inEnglish = known === undefined && language !== 'en' ? ' lang="en" dir="ltr"' : '';
  // the field has the focus, so that its description is what a screen reader says of the page
  const form = action === null ? '' : `<form method="post" action="${escape(action)}"><label for="token">${token}</label><input id="token" name="token" type="password" dir="ltr" autocomplete="current-password" required`
    + ` autofocus aria-describedby="said"${refusal === wrongToken ? ' aria-invalid="true"' : ''}><button>${open}</button></form><p>${orSignIn}</p>`;
  return document(language, null, '', `<main><h1>${title}</h1><p id="said"${inEnglish}${isAlert ? ' role="alert"' : ''}>${escape(said)}</p>${form}</main>`, isAlert ? `${said.replace(/\.$/, '')} · ` : '');
}

function document(language: PageLanguage, theme: Theme | null, head: string, body: string, titleStart = ''): string {
  return `<!doctype html>\n<html lang="${language}"${language === 'ar' ? ' dir="rtl"' : ''}${theme === null ? '' : ` data-theme="${theme}"`}>\n<head><meta charset="utf-8"><title>${escape(titleStart)}${WORDS[language].title}</title>`
    + `<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="${ICON}"><style>${STYLE}</style>${head}</head>\n<body>${body}</body>\n</html>\n`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
