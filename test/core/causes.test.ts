// Each failure has the sentence that docs/directus.md says it has: the tables there are this test's tables. Then what no table can hold:
// hostile words, tokens, any facts at all, and real failures of a server that behaves as Directus.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { explain, explainEndpoint, explainLevel, isProbeWorthwhile, probeUrl, type Cause, type CauseCode, type EndpointProblem, type FailureFacts, explainToken, type TokenProblem } from '../../src/core/causes.js';
import { CLOSE_CODES } from '../../src/core/protocol.js';
import type { ProbeAnswer } from '../../src/core/platform.js';
import { CAUSE_ROWS as cases, CHECKS } from '../helpers/cause-table.js';
import { startFakeDirectus, type FakeDirectus, type FakeDirectusOptions } from '../helpers/fake-directus.js';

const HOST = 'logs.example.com';
const UNTOUCHED: FailureFacts = { phase: 'connecting', timedOut: false, closeCode: null, reason: '', bye: null, serverError: null, hasToken: false, host: HOST, online: true, probe: null };
/** All but the one that the elements say of their own attributes. */
const CODES: Record<Exclude<CauseCode, 'wrong-attribute'>, true> = {
  'invalid-endpoint': true, 'unknown-level': true, 'no-token': true, offline: true, 'no-connection': true, unreachable: true, 'no-answer': true, refused: true,
  'not-signed-in': true, 'sign-in-expired': true, 'not-allowed': true, 'websockets-disabled': true, 'logs-disabled': true, proxy: true, busy: true,
  'server-error': true, 'server-stopped': true, 'too-slow': true, 'connection-lost': true, closed: true,
};

function bodyOf(word: string): unknown {
  const offer = (websocket: object): unknown => ({ data: { project: { project_name: 'x' }, ...websocket } });
  switch (word) {
    case '': return {};
    case 'nobody': return offer({});
    case 'websocket:false': return offer({ websocket: false });
    case 'logs:false': return offer({ websocket: { rest: {}, logs: false } });
    case 'logs:{…}': return offer({ websocket: { rest: {}, logs: { allowedLogLevels: { info: 30 } } } });
    default: return { errors: [{ message: 'x', extensions: { code: word } }] };
  }
}

function probeOf(words: string): ProbeAnswer {
  if (words === 'silent' || words === 'opaque') return { kind: words };
  const [status = '', word = ''] = words.split(' ');
  return { kind: 'readable', status: Number(status), body: bodyOf(word) };
}

/** The facts that the marks of a row name. */
function factsOf(marks: readonly string[]): FailureFacts {
  return marks.reduce<FailureFacts>((facts, mark) => {
    const [, name = '', words = ''] = /^(\S+) ?(.*)$/.exec(mark) ?? [];
    switch (name) {
      case 'open': return { ...facts, phase: 'open' };
      case 'no': return { ...facts, timedOut: true };
      case 'close': return { ...facts, closeCode: Number(words) };
      case 'reason': return { ...facts, reason: words };
      case 'bye': return { ...facts, bye: words };
      case 'error': return { ...facts, serverError: { code: words.split(' ')[0] ?? '', message: words.slice(words.indexOf(' ') + 1) } };
      case 'token': return { ...facts, hasToken: true };
      case 'offline': return { ...facts, online: false };
      case 'HTTP': return { ...facts, probe: probeOf(words) };
      default: throw new Error(`docs/directus.md has a mark that the test does not know: ${mark}`);
    }
  }, UNTOUCHED);
}

function causeOf(known: string): Cause {
  const marks = [...known.matchAll(/`([^`]*)`/g)].map(([, mark = '']) => mark), [first = ''] = marks;
  const [, problem = '', endpoint = ''] = /^endpoint (\S+) ?(.*)$/.exec(first) ?? [];
  if (problem !== '') return explainEndpoint(endpoint, problem as EndpointProblem);
  if (first.startsWith('page token ')) return explainToken(first.slice(11) as TokenProblem);
  return first.startsWith('level ') ? explainLevel(first.slice(6)) : explain(factsOf(marks));
}

/** A cause as its row reads. */
function rowOf(known: string, cause: Cause, checks: string): string[] {
  const written = checks.split(', ').map((name) => CHECKS.get(name) ?? name);
  const said = [...cause.checks, ...(cause.setting === null ? [] : [`\`${cause.setting}\``])];
  assert.deepEqual(said.length === 0 ? ['–'] : said, written, known);
  return [known, `\`${cause.code}\` ${cause.short}`, `**${cause.title}.** ${cause.sentence}`, checks, cause.retry ? 'yes' : 'no'];
}

describe('the table of what is knowable', () => {
  for (const row of cases) {
    const [known = '', , says = '', checks = ''] = row;
    test(`${known.replaceAll('`', '')}: ${/^\*\*(.*?)\.\*\*/.exec(says)?.[1]}`, () => assert.deepEqual(rowOf(known, causeOf(known), checks), row));
  }

  test('has a row for every code, for every goodbye, and none twice', () => {
    assert.equal(cases.length, 68);
    assert.equal(new Set(cases.map(([known]) => known)).size, cases.length);
    assert.deepEqual([...new Set(cases.map(([, code = '']) => /`(.*)`/.exec(code)?.[1]))].sort(), Object.keys(CODES).sort());
    for (const [name, code] of Object.entries(CLOSE_CODES)) assert.ok(cases.some(([known]) => known === `\`open\` \`close ${code}\` \`bye ${name}\``), name);
  });

  test('speaks calmly: whole sentences, no exclamation, and nothing that cannot be known', () => {
    for (const { short, title, sentence, checks, retry } of cases.map(([known = '']) => causeOf(known))) {
      const words = short.split(' ').length;
      assert.ok(words >= 2 && words <= 6, short);
      assert.match(title, /^[A-Z][^.!]*$/);
      assert.match(sentence, /^[^!]*\.$/);
      assert.doesNotMatch(`${title} ${sentence}`, /nothing (?:is|was) lost|oops|sorry|please/i);
      for (const check of checks) assert.match(check, /^[a-z][^!]*[^.!]$/);
      if (!retry) assert.doesNotMatch(sentence, /by itself/);
    }
  });
});

test('a close code means the same with and without its goodbye', () => {
  for (const [bye, closeCode] of Object.entries(CLOSE_CODES)) assert.equal(explain({ ...UNTOUCHED, phase: 'open', closeCode }), explain({ ...UNTOUCHED, phase: 'open', bye }), bye);
});

test('a goodbye that this version does not know is quoted', () => {
  assert.equal(explain({ ...UNTOUCHED, phase: 'open', closeCode: 4010, bye: 'moved' }).sentence, 'It gave the code 4010 and the reason “moved”. This page connects again by itself.');
  assert.equal(explain({ ...UNTOUCHED, phase: 'open', closeCode: 4010, bye: 'constructor' }).code, 'closed');
});

test('a browser that calls itself offline still reaches its own machine', () => {
  for (const host of ['localhost', 'localhost:8055', 'app.localhost:80', '127.0.0.1:8055', '127.1.2.3', '[::1]:8055']) {
    const facts = { ...UNTOUCHED, host, online: false, closeCode: 1006 };
    assert.deepEqual([explain(facts).code, isProbeWorthwhile(facts)], ['no-connection', true], host);
  }
  for (const host of ['127.0.0.1.example.com', 'localhost.example.com', 'notlocalhost', '[::2]']) {
    const facts = { ...UNTOUCHED, host, online: false, closeCode: 1006 };
    assert.deepEqual([explain(facts).code, isProbeWorthwhile(facts)], ['offline', false], host);
  }
});

test('a probe is asked once, and only where the socket said nothing', () => {
  const failed = { ...UNTOUCHED, closeCode: 1006 };
  assert.equal(isProbeWorthwhile(failed), true);
  assert.equal(isProbeWorthwhile({ ...failed, timedOut: true }), true);
  assert.equal(isProbeWorthwhile({ ...failed, online: null }), true);
  for (const known of [{ phase: 'open' as const }, { closeCode: 1013 }, { probe: { kind: 'silent' as const } }, { bye: 'busy' }, { serverError: { code: 'X', message: '' } }, { online: false }]) {
    assert.equal(isProbeWorthwhile({ ...failed, ...known }), false, JSON.stringify(known));
  }
});

test('a probe goes to /server/info beside the logs, by the same security, without token, user or fragment', () => {
  const addresses: [string, string][] = [
    ['ws://127.0.0.1:8055/websocket/logs', 'http://127.0.0.1:8055/server/info'],
    ['wss://example.com/websocket/logs?access_token=secret#x', 'https://example.com/server/info'],
    ['wss://example.com/cms/websocket/logs', 'https://example.com/cms/server/info'],
    ['wss://example.com/cms/websocket/logs/', 'https://example.com/cms/server/info'],
    ['WSS://user:secret@example.com/other/path', 'https://example.com/server/info'],
    ['https://example.com', 'https://example.com/server/info'],
    ['http://[::1]:80?x=/websocket/logs', 'http://[::1]:80/server/info'],
    ['ws://example.com/websocket/logs2', 'http://example.com/server/info'],
  ];
  for (const [endpoint, url] of addresses) assert.equal(probeUrl(endpoint), url);
  for (const wrong of ['', '/websocket/logs?access_token=secret', 'ftp://example.com/', 'ws:/example.com']) {
    assert.throws(() => probeUrl(wrong), (error: Error) => error instanceof TypeError && !error.message.includes('secret'), wrong);
  }
});

test('words of others are quoted on one line, cut, and without what turns a line around', () => {
  const hostile = `\u202Eevil\u0007\n\r\u2028 "<img src=x>" ${'x'.repeat(500)}`;
  for (const cause of [
    explain({ ...UNTOUCHED, phase: 'open', closeCode: 4999, reason: hostile }),
    explain({ ...UNTOUCHED, phase: 'open', serverError: { code: 'X', message: hostile } }),
    explainEndpoint(hostile, 'malformed'), explainLevel(hostile),
  ]) {
    assert.doesNotMatch(cause.sentence, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    assert.match(cause.sentence, /“evil "<img src=x>" x+…”/);
    assert.ok(cause.sentence.length < 320, cause.sentence);
  }
});

test('a token in an endpoint is never shown', () => {
  for (const endpoint of ['ws://h/x?access_token=secret', 'ws://h/x#secret', 'ws://u:secret@h/x', 'x access_token=secret', '//u:secret@h', '?secret']) {
    assert.doesNotMatch(JSON.stringify(explainEndpoint(endpoint, 'malformed')), /secret/, endpoint);
  }
});

test('any facts have a cause', () => {
  const probe = fc.oneof(fc.constant(null), fc.constant({ kind: 'silent' as const }), fc.constant({ kind: 'opaque' as const }),
    fc.record({ kind: fc.constant('readable' as const), status: fc.integer({ min: 100, max: 999 }), body: fc.jsonValue() }));
  const facts = fc.record({
    phase: fc.constantFrom('connecting' as const, 'open' as const), timedOut: fc.boolean(), closeCode: fc.option(fc.integer({ min: 1000, max: 4999 })),
    reason: fc.string(), bye: fc.option(fc.oneof(fc.string(), fc.constantFrom(...Object.keys(CLOSE_CODES)))), hasToken: fc.boolean(), host: fc.string({ minLength: 1 }),
    serverError: fc.option(fc.record({ code: fc.string(), message: fc.string({ unit: 'binary' }) })), online: fc.option(fc.boolean()), probe,
  });
  fc.assert(fc.property(facts, (some) => {
    const { code, sentence } = explain(some);
    return Object.hasOwn(CODES, code) && sentence.endsWith('.');
  }), { numRuns: 2000 });
});

describe('a real failure is explained', () => {
  let server: FakeDirectus | null = null;
  afterEach(() => server?.close());

  interface Try { readonly token?: string; readonly bearer?: string; readonly origin?: string; readonly path?: string }

  /** Fails to connect, as a page would, and asks by HTTP; what a page cannot see is left out. */
  async function fail(options: FakeDirectusOptions, { token, origin, path = '' }: Try, ready: (server: FakeDirectus) => unknown = () => undefined): Promise<Cause> {
    const running = server = await startFakeDirectus(options);
    await ready(running);
    const socket = new WebSocket(`${running.url}${path}${token === undefined ? '' : `?access_token=${token}`}`, origin === undefined ? {} : { origin });
    const closed = new Promise<Partial<FailureFacts>>((resolve, reject) => {
      socket.on('error', () => undefined).on('close', (closeCode) => resolve({ closeCode })).on('open', () => reject(new Error('The connection opened.')));
    });
    const ignored = running.until(() => running.attempts.at(-1) === 'no answer').then(() => ({ timedOut: true }));
    const seen = await Promise.race([closed, ignored]).finally(() => socket.terminate());
    const probe = await fetch(probeUrl(running.url), { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })
      .then(async (response): Promise<ProbeAnswer> => ({ kind: 'readable', status: response.status, body: await response.json() }), (): ProbeAnswer => ({ kind: 'silent' }));
    return explain({ ...UNTOUCHED, ...seen, hasToken: token !== undefined, host: running.host, online: null, probe });
  }

  const admin = 'lab-admin-static-token', viewer = 'lab-viewer-static-token';
  const failures: [string, CauseCode, FakeDirectusOptions, Try, ((server: FakeDirectus) => unknown)?][] = [
    ['no sign-in', 'not-signed-in', {}, {}],
    ['a wrong token', 'not-allowed', {}, { token: 'wrong' }],
    ['a user who is no administrator', 'not-allowed', {}, { token: viewer }],
    ['a foreign origin', 'refused', {}, { token: admin, origin: 'http://evil.example' }],
    ['one viewer too many', 'refused', { connLimit: 0 }, { token: admin }],
    ['a wrong path', 'no-answer', {}, { token: admin, path: '/' }],
    ['logs switched off', 'logs-disabled', { logsEnabled: false }, { token: admin }],
    ['WebSockets switched off', 'websockets-disabled', { websocketsEnabled: false }, { token: admin }],
    ['a server that is down', 'unreachable', {}, { token: admin }, (running) => running.close()],
    ['a token that ran out', 'sign-in-expired', { adminTokens: [admin] }, { token: admin }, (running) => running.expire(admin)],
  ];
  for (const [name, code, options, attempt, ready] of failures) test(name, async () => {
    assert.equal((await fail(options, attempt, ready)).code, code);
  });
});
