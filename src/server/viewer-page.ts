// A ready page with the viewer, behind the same `authenticate` as the endpoint: the page, the bundle, a way to sign in where the application has none,
// and a stream, all beneath one path. No file is looked for by what a request says. It knows no entries.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLevelName, LEVEL_NAMES, type LevelName } from '../core/levels.js';
import type { Admission } from './admission.js';
import type { LogServerSettings } from './config.js';
import { PAGE_POLICY, refusalHtml, viewerHtml, type Theme } from './page-html.js';
import { chooseLanguage, languageNamed, nobody, OTHER_LANGUAGES, tokenInAddress, unchecked, wrongLevel, wrongTheme, wrongToken, type PageLanguage } from './page-language.js';
import { cookiesOf, isOwnOrigin, pathOf, refusals, TOKEN_COOKIE, type Refusal } from './upgrade-gate.js';
import { ViewerBundle } from './viewer-bundle.js';

/** A form with one token in it; a token is at most as long as a cookie can be. */
const MAX_FORM_BYTES = 16 * 1024, MAX_TOKEN_BYTES = 3000;
/** Why a token was refused, for the page to which a browser is led back then: by code, in a cookie for the page alone, and for no longer than it takes to get there. */
const TOLD: readonly Refusal[] = [wrongToken, refusals.expired, refusals.forbidden, unchecked];
const TOLD_COOKIE = 'system-logs-refused', TOLD_SECONDS = 10;
const THEMES: readonly string[] = ['light', 'dark'] satisfies Theme[];

/** What the address of the page may choose; the language, where it does not, is the browser's. */
interface Choices {
  readonly level: LevelName;
  readonly theme: Theme | null;
  /** The same as a query, '' for none. */
  readonly query: string;
}

export class ViewerPage {
  /** Where the page's own viewer connects to, beneath the page, so that the cookie with its token reaches nothing else. */
  readonly streamPath: string;
  readonly #page: string;
  readonly #admission: Admission;
  readonly #bundle = new ViewerBundle('system-logs.min.js', 'system-logs');
  /** The viewer's words in other languages; English is in the bundle. */
  readonly #words = OTHER_LANGUAGES.map((language) => ({ language, bundle: new ViewerBundle(`languages/${language}.js`, `system-logs.${language}`) }));
  /** The last part of the path: how the page's own parts are named relative to it. */
  readonly #last: string;
  readonly #level: LevelName;

  /** @throws Error with a sentence where the bundle is missing */
  constructor(page: string, { level }: LogServerSettings, admission: Admission) {
    this.#page = page;
    this.#admission = admission;
    this.streamPath = `${page}/stream`;
    this.#last = page.slice(page.lastIndexOf('/') + 1);
    this.#level = LEVEL_NAMES.indexOf(level) > LEVEL_NAMES.indexOf('info') ? level : 'info';
  }

  /** True for a path that the page answers; what else may be beneath it is the application's. */
  has(path: string): boolean {
    if (!path.startsWith(this.#page)) return false;
    const rest = path.slice(this.#page.length);
    return rest === '' || rest === '/' || rest === '/sign-in' || (rest.startsWith('/') && this.#scriptNamed(rest.slice(1)) !== undefined);
  }

  /** Answers a request whose path it has. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const rest = pathOf(request).slice(this.#page.length), isForm = rest === '/sign-in' && request.method === 'POST';
    if (!isForm && request.method !== 'GET' && request.method !== 'HEAD') return refuse(request, response, refusals.method, null);
    const { obstacle } = this.#admission;
    if (obstacle !== null && obstacle !== refusals.busy) return refuse(request, response, obstacle, null);
    const script = this.#scriptNamed(rest.slice(1));
    if (script !== undefined) return script.answer(rest.slice(1), request, response);
    const choices = this.#read(request);
    if ('status' in choices) return refuse(request, response, choices, null);
    if (isForm) return this.#signIn(request, response, choices);
    if (rest !== '') return redirect(response, 308, `../${this.#last}${choices.query}`);
    return this.#show(request, response, choices);
  }

  async #show(request: IncomingMessage, response: ServerResponse, choices: Choices): Promise<void> {
    const action = `${this.#last}/sign-in${choices.query}`;
    if (/[?&]access_token=/i.test(request.url ?? '')) return refuse(request, response, tokenInAddress, action);
    const admitted = await this.#admission.admit(request, 'plain');
    if ('status' in admitted) {
      if (admitted.status === 503) return refuse(request, response, admitted, null);
      return refuse(request, response, toldBefore(request) ?? (admitted === refusals.unknown ? nobody : admitted), action);
    }
    const { level, theme } = choices, language = languageOf(request);
    // the words first, so that nothing is seen in English before they come
    const scripts = [...this.#words.filter((each) => each.language === language).map(({ bundle }) => bundle), this.#bundle].map(({ name }) => `${this.#last}/${name}`);
    send(response, 200, viewerHtml({ scripts, endpoint: `${this.#last}/stream`, level, language, theme }));
  }

  /** Keeps a token in a cookie that no script sees and that goes to the page alone: with no path of its own it belongs to where the form was sent. */
  async #signIn(request: IncomingMessage, response: ServerResponse, { query }: Choices): Promise<void> {
    const { origin } = request.headers;
    // every browser names the origin of a form; a page elsewhere must not sign its visitors in
    if (origin === undefined || !isOwnOrigin(origin, request)) return refuse(request, response, refusals.origin, null);
    const token = await readToken(request), refusal = await this.#check(token, request), attributes = `HttpOnly; SameSite=Lax${origin.startsWith('https:') ? '; Secure' : ''}`;
    // a program reads the status; a browser that stayed here would ask whether to send the form again
    if (refusal !== null && !/\btext\/html\b/i.test(request.headers.accept ?? '')) return refuse(request, response, refusal, `sign-in${query}`);
    response.setHeader('Set-Cookie', refusal === null ? `${TOKEN_COOKIE}=${Buffer.from(token ?? '').toString('base64url')}; ${attributes}` : `${TOLD_COOKIE}=${refusal.code}; Max-Age=${TOLD_SECONDS}; ${attributes}`);
    redirect(response, 303, `../${this.#last}${query}`);
  }

  /** Why a token signs nobody in: one of those that can be told; null where it does. */
  async #check(token: string | null, request: IncomingMessage): Promise<Refusal | null> {
    if (token === null || Buffer.byteLength(token) > MAX_TOKEN_BYTES) return wrongToken;
    const { verdict } = await this.#admission.signIn(token, request);
    if (verdict === 'allowed') return null;
    return verdict === 'unavailable' ? unchecked : verdict === 'unknown' ? wrongToken : refusals[verdict];
  }

  /** A refusal where a choice is none. */
  #read(request: IncomingMessage): Choices | Refusal {
    const wanted = queryOf(request), level = wanted.get('level'), theme = wanted.get('theme'), language = languageNamed(wanted.get('lang') ?? '');
    if (level !== null && !isLevelName(level)) return wrongLevel;
    if (theme !== null && !THEMES.includes(theme)) return wrongTheme;
    const query = Object.entries({ level, theme, lang: language }).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])).join('&');
    return { level: level ?? this.#level, theme: theme as Theme | null, query: query === '' ? '' : `?${query}` };
  }

  /** Of any version. */
  #scriptNamed(name: string): ViewerBundle | undefined {
    return [this.#bundle, ...this.#words.map(({ bundle }) => bundle)].find((bundle) => bundle.hasName(name));
  }
}

function queryOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'));
}

function languageOf(request: IncomingMessage): PageLanguage {
  return chooseLanguage(queryOf(request).get('lang'), request.headers['accept-language']);
}

/** What the form that was sent just now was refused for. */
function toldBefore(request: IncomingMessage): Refusal | undefined {
  const cookies = cookiesOf(request);
  return TOLD.find(({ code }) => cookies.includes(`${TOLD_COOKIE}=${code}`));
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal, action: string | null): void {
  const { status } = refusal;
  if (status === 405) response.setHeader('Allow', 'GET, HEAD');
  if (status === 503) response.setHeader('Retry-After', '5');
  send(response, status, refusalHtml(refusal, action, languageOf(request)));
}

function send(response: ServerResponse, status: number, html: string): void {
  const body = Buffer.from(html);
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length, 'Cache-Control': 'no-store', 'Content-Security-Policy': PAGE_POLICY,
    'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'SAMEORIGIN', 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Resource-Policy': 'same-origin',
    // not `no-referrer`: the form would come from nowhere then
    'Referrer-Policy': 'same-origin',
  }).end(body);
}

function redirect(response: ServerResponse, status: 303 | 308, location: string): void {
  response.writeHead(status, { Location: location, 'Cache-Control': 'no-store', 'Content-Length': 0 }).end();
}

/** The token of the form; null where there is none, or too much of it. */
async function readToken(request: IncomingMessage): Promise<string | null> {
  let form = '';
  // to its end, because who stops reading ends the connection, and could not answer
  for await (const chunk of request.setEncoding('utf8')) if (form.length <= MAX_FORM_BYTES) form += chunk as string;
  return form.length > MAX_FORM_BYTES ? null : (new URLSearchParams(form).get('token')?.trim() || null);
}
