// The language of the ready page: by its address, by the browser, and in spite of whatever else stands there.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { createLogServer } from '../../src/server/index.js';
import { chooseLanguage, OTHER_LANGUAGES, WORDS } from '../../src/server/page-language.js';
import { answerTo, requestText } from './raw-request.js';
import { endWith, listen, TOKEN } from './start-server.js';

describe('which language is chosen', () => {
  for (const [wanted, accepted, language] of [
    [null, undefined, 'en'], [null, '', 'en'], [null, '*', 'en'], [null, 'fr-FR,fr;q=0.9', 'en'],
    [null, 'de', 'de'], [null, 'DE-at', 'de'], [null, 'ar-EG,ar;q=0.9,en;q=0.8', 'ar'], [null, 'fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'en'],
    [null, 'en;q=0.1,de;q=0.9', 'de'], [null, 'de;q=0.5, ar;q=0.5', 'de'], [null, 'de;q=0, ar;q=0.001', 'ar'], [null, 'de;q=2, ar', 'de'], [null, 'de;q=x;ar', 'de'],
    ['de', 'ar', 'de'], ['de-CH', undefined, 'de'], ['en', 'de', 'en'], ['fr', 'de', 'de'], ['', 'ar', 'ar'], ['"><script>', 'de', 'de'], ['__proto__', 'constructor', 'en'],
    [null, '"><script>alert(1)</script>', 'en'], [null, `${'de-'.repeat(4000)};q=1`, 'de'], [null, ',;,;q=,'.repeat(1000), 'en'],
  ] as const) {
    test(`${JSON.stringify(wanted)} and ${JSON.stringify(accepted)?.slice(0, 60)}: ${language}`, () => assert.equal(chooseLanguage(wanted, accepted), language));
  }
});

test('the page speaks every language that the viewer is shipped in', () => {
  const shipped = readdirSync(join(import.meta.dirname, '../../dist/cdn/languages')).filter((name) => name.endsWith('.js')).map((name) => name.replace('.js', ''));
  assert.deepEqual(shipped.sort(), [...OTHER_LANGUAGES].sort());
});

test('each language says all that another says, in words of its own', () => {
  const [first, ...others] = OTHER_LANGUAGES.map((language) => WORDS[language]);
  for (const words of others) {
    assert.deepEqual([...words.sentences.keys()], [...first?.sentences.keys() ?? []]);
    for (const [refusal, sentence] of words.sentences) assert.ok(sentence !== '' && sentence !== refusal.message && sentence !== first?.sentences.get(refusal), refusal.message);
  }
});

interface StartedPage {
  readonly origin: string;
  readonly host: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

async function startPage(context: TestContext): Promise<StartedPage> {
  const logs = createLogServer({
    page: '/logs',
    authenticate: ({ token }) => {
      if (token === 'boom') throw new Error('the database is away');
      return token === TOKEN ? { id: 'ada' } : token === 'demoted' ? { id: 'bob', allowed: false } : null;
    },
  });
  const server = createServer((_, response) => void response.end('the application'));
  logs.attach(server);
  const host = await listen(server), origin = `http://${host}`;
  endWith(context, server, logs);
  return { host, origin, get: (path, headers = {}) => fetch(`${origin}${path}`, { headers, redirect: 'manual' }) };
}

const as = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

test('who is not signed in is asked in the language of the browser, and the choice of the address goes along', async (context) => {
  const page = await startPage(context), german = await (await page.get('/logs', { 'accept-language': 'de-DE,de;q=0.9' })).text();
  assert.ok(german.includes('<html lang="de">') && german.includes('<title>Protokoll</title>') && german.includes('Hier ist niemand angemeldet.') && german.includes('<button>Protokoll öffnen</button>'), german);
  assert.doesNotMatch(german, /Nobody|Open the logs|Or sign in/);
  const arabic = await (await page.get('/logs?lang=ar&level=debug', { 'accept-language': 'de' })).text();
  assert.ok(arabic.includes('<html lang="ar" dir="rtl">') && arabic.includes('action="logs/sign-in?level=debug&#38;lang=ar"'), arabic);
  assert.equal((await page.get('/logs/?lang=de-AT&theme=dark')).headers.get('location'), '../logs?theme=dark&lang=de');
  const refused = await fetch(`${page.origin}/logs/sign-in?lang=de`, { method: 'POST', redirect: 'manual', headers: { origin: page.origin }, body: new URLSearchParams({ token: 'wrong' }) });
  assert.match(await refused.text(), /Dieses Token ist nicht gültig\..*action="sign-in\?lang=de"/s);
  const kept = await fetch(`${page.origin}/logs/sign-in?lang=de`, { method: 'POST', redirect: 'manual', headers: { origin: page.origin }, body: new URLSearchParams({ token: TOKEN }) });
  assert.equal(kept.headers.get('location'), '../logs?lang=de');
});

test('the viewer comes with the words of its language, which are served beside it and nowhere else', async (context) => {
  const page = await startPage(context);
  for (const [language, count] of [['en', 1], ['de', 2], ['ar', 2]] as const) {
    const html = await (await page.get(`/logs?lang=${language}`, as(TOKEN))).text(), scripts = [...html.matchAll(/<script type="module" src="([^"]+)">/g)].map(([, source]) => source ?? '');
    assert.equal(scripts.length, count, language);
    assert.match(scripts.at(-1) ?? '', /^logs\/system-logs\.[0-9a-f]{16}\.js$/);
    if (language === 'en') continue;
    assert.match(scripts[0] ?? '', new RegExp(`^logs/system-logs\\.${language}\\.[0-9a-f]{16}\\.js$`));
    const answer = await page.get(`/${scripts[0]}`), text = await answer.text();
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'public, max-age=31536000, immutable']);
    assert.ok(text.includes(language === 'de' ? 'Anhalten' : 'إيقاف مؤقت') && !text.includes('sourceMappingURL'));
  }
  for (const path of ['/logs/system-logs.fr.0123456789abcdef.js', '/logs/system-logs.de.js', '/logs/system-logs.de.0123456789abcdef.js/x', '/logs/languages/de.js', '/logs/system-logs.de.0123456789abcdeg.js']) {
    assert.equal(await (await page.get(path)).text(), 'the application', path);
  }
});

test('what has no words of its own is said in English, and marked as English', async (context) => {
  const page = await startPage(context);
  const { body } = await answerTo(page.host, requestText('/logs?lang=ar', { Host: page.host, Connection: 'close' }, 'PUT /logs?lang=ar HTTP/1.1'));
  assert.match(body, /<html lang="ar" dir="rtl">.*<p id="said" lang="en" dir="ltr">This path takes only GET\.<\/p>/s);
  assert.match(await (await page.get('/logs?lang=de', as('demoted'))).text(), /<p id="said" role="alert">Dieses Konto darf das Protokoll nicht lesen\.<\/p>/);
  assert.match(await (await page.get('/logs?lang=de', as('boom'))).text(), /<p id="said">Die Anmeldung ließ sich nicht prüfen/);
  assert.match(await (await page.get('/logs?lang=en', as('boom'))).text(), /<p id="said">The sign-in check of this server failed\.<\/p>/);
});

test('a choice that is none is refused in the language of the page, with the names that there are', async (context) => {
  const page = await startPage(context), levels = 'trace, debug, info, warn, error, fatal';
  for (const [lang, level, theme] of [
    ['en', `level must be one of ${levels}.`, 'theme must be light or dark; without it the page follows the system.'],
    ['de', `Für level gibt es nur ${levels}.`, 'Für theme gibt es nur light und dark; ohne theme folgt die Seite dem System.'],
    ['ar', `يجب أن تكون قيمة level واحدة من: ${levels}.`, 'يجب أن تكون قيمة theme إما light أو dark؛ ومن دونها تتبع الصفحة النظام.'],
  ] as const) {
    for (const [query, sentence] of [['level=bogus', level], ['theme=red', theme]] as const) {
      const answer = await page.get(`/logs?${query}&lang=${lang}`, as(TOKEN)), text = await answer.text();
      assert.equal(answer.status, 400);
      assert.ok(text.includes(`<p id="said">${sentence}</p>`), text);
    }
  }
});

test('no text of a request comes into the page', async (context) => {
  const page = await startPage(context), hostile = '"><script>alert(1)</script>';
  for (const headers of [{}, as(TOKEN)]) {
    const answer = await page.get(`/logs?lang=${encodeURIComponent(hostile)}`, { ...headers, 'accept-language': hostile }), html = await answer.text();
    assert.ok(html.includes('<html lang="en">') && !html.includes('alert(1)'), html);
  }
  const { status, body } = await answerTo(page.host, requestText('/logs?lang=%zz&lang=de', { Host: page.host, Connection: 'close', 'Accept-Language': '\u00e4;q=9,,' }));
  assert.ok(status === 401 && body.includes('<html lang="en">'), body);
});
