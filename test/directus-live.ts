// Tries a running server as the elements would use it: an unmodified Directus, or one of ours. Changes nothing there; it makes a few
// requests to GET /server/ping, so that there is something to log.   npm run test:directus -- ws://host/websocket/logs TOKEN
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { explain, probeUrl } from '../src/core/causes.js';
import { LEVEL_NAMES, NO_LEVEL, type LevelName } from '../src/core/levels.js';
import { readEntry, summaryOf } from '../src/core/log-entry.js';
import type { ProbeAnswer } from '../src/core/platform.js';
import { decodeServerFrame, encodeAuth, encodeSubscribe, type ServerFrame } from '../src/core/protocol.js';
import { readFloor } from '../src/core/server-info.js';

const WAIT_MS = 10_000;
const USAGE = `Tries the logs of a running Directus, or of any server that speaks its protocol.

  npm run test:directus -- ws://127.0.0.1:8055/websocket/logs TOKEN

TOKEN is the static token, or a fresh access token, of an administrator. Nothing on the server is changed. Directus logs the requests to
GET /server/ping that are made here; on another server something has to be logged meanwhile.`;

type Entry = Extract<ServerFrame, { type: 'entry' }>;

/** A connection that keeps its decoded frames until one that is asked for has come. */
class Connection {
  readonly #socket: WebSocket;
  readonly #frames: ServerFrame[] = [];
  closeCode: number | null = null;

  constructor(url: string) {
    this.#socket = new WebSocket(url, { handshakeTimeout: WAIT_MS });
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', (code) => {
      this.closeCode = code;
      this.#socket.emit('change');
    });
    this.#socket.on('message', (data: Buffer) => {
      this.#frames.push(decodeServerFrame(data.toString()));
      this.#socket.emit('change');
    });
    this.#socket.on('open', () => this.#socket.emit('change'));
  }

  /** Resolves with what `look` finds, looked for at every change; null when nothing was found in time. */
  async #wait<T>(look: () => T | null): Promise<T | null> {
    const signal = AbortSignal.timeout(WAIT_MS);
    for (;;) {
      const found = look();
      if (found !== null) return found;
      try {
        await once(this.#socket, 'change', { signal });
      } catch {
        return null;
      }
    }
  }

  async opened(): Promise<boolean> {
    return await this.#wait(() => (this.#socket.readyState === WebSocket.OPEN ? true : this.closeCode === null ? null : false)) === true;
  }

  /** The next frame that `wanted` accepts; those before it are dropped. */
  async next<T extends ServerFrame>(wanted: (frame: ServerFrame) => frame is T, otherwise = 'nothing of the kind came'): Promise<T> {
    const found = await this.#wait(() => {
      for (let frame = this.#frames.shift(); frame !== undefined; frame = this.#frames.shift()) if (wanted(frame)) return frame;
      if (this.closeCode !== null) throw new Error(`the server closed the connection with the code ${this.closeCode}`);
      return null;
    });
    if (found === null) throw new Error(`${otherwise} within ${WAIT_MS / 1000} s`);
    return found;
  }

  async closed(): Promise<boolean> {
    return await this.#wait(() => (this.closeCode === null ? null : true)) === true;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  end(): void {
    this.#socket.terminate();
  }
}

function isA<T extends ServerFrame['type']>(type: T): (frame: ServerFrame) => frame is Extract<ServerFrame, { type: T }> {
  return (frame): frame is Extract<ServerFrame, { type: T }> => frame.type === type;
}

function withToken(endpoint: string, token: string): string {
  const url = new URL(endpoint);
  url.searchParams.set('access_token', token);
  return url.href;
}

/** Something for Directus to log; any other server may answer as it likes, or not at all. */
async function requestPing(endpoint: string): Promise<void> {
  await fetch(probeUrl(endpoint).replace(/info$/, 'ping'), { signal: AbortSignal.timeout(WAIT_MS) }).then((response) => response.text()).catch(() => undefined);
}

/** What the elements ask by HTTP. */
function askByHttp(endpoint: string, token: string): Promise<ProbeAnswer> {
  return fetch(probeUrl(endpoint), { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(WAIT_MS) })
    .then(async (response) => ({ kind: 'readable' as const, status: response.status, body: await response.json().catch(() => null) as unknown }), () => ({ kind: 'silent' as const }));
}

/** Why the connection did not open, in the words of the viewer. */
async function explainFailure(endpoint: string, token: string, closeCode: number | null): Promise<string> {
  const probe = await askByHttp(endpoint, token);
  const { title, sentence, checks } = explain({
    phase: 'connecting', timedOut: closeCode === null, closeCode, reason: '', bye: null, serverError: null, hasToken: true, host: new URL(endpoint).host, online: null, probe,
  });
  return [`${title}. ${sentence}`, ...checks.map((check) => `  - ${check}`)].join('\n');
}

async function run(endpoint: string, token: string): Promise<number> {
  let failures = 0;
  const step = async (name: string, work: () => Promise<string>): Promise<void> => {
    try {
      console.log(`ok      ${name}${await work().then((detail) => (detail === '' ? '' : `: ${detail}`))}`);
    } catch (error) {
      failures++;
      console.log(`not ok  ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const connection = new Connection(withToken(endpoint, token));
  if (!await connection.opened()) {
    console.log(`not ok  the connection opens\n\n${await explainFailure(endpoint, token, connection.closeCode)}`);
    connection.end();
    return 1;
  }
  console.log('ok      the connection opens');
  let floor: LevelName | null = null;
  const acknowledged = async (level: LevelName): Promise<string> => {
    connection.send(encodeSubscribe(level));
    const answer = await connection.next(isA('subscribed'));
    if (answer.level !== level) throw new Error(`asked for ${level}, acknowledged ${answer.level}`);
    floor = answer.ext?.floor ?? null;
    return answer.ext === null ? 'without the extension' : `with the extension, floor ${floor}`;
  };
  for (const level of [...LEVEL_NAMES].reverse()) await step(`a subscription at ${level} is acknowledged`, () => acknowledged(level));
  await step('the same subscription again is acknowledged, so it can serve as a ping', () => acknowledged('trace'));
  await step('the least level that is ever sent is known', async () => {
    const answer = floor === null ? await askByHttp(endpoint, token) : null;
    const known = floor ?? (answer?.kind === 'readable' ? readFloor(answer.body) : null);
    if (known === null) throw new Error(`${probeUrl(endpoint)} does not say it: levels that are never sent cannot be marked as such`);
    return known;
  });

  const logged = async (): Promise<string> => {
    await requestPing(endpoint);
    const entry = await connection.next<Entry | Extract<ServerFrame, { type: 'packed' }>>((frame) => frame.type === 'entry' || frame.type === 'packed',
      'nothing was logged (is WEBSOCKETS_LOGS_LEVEL at info or below? is there traffic?)');
    const text = entry.type === 'entry' ? entry.text : entry.lines[0] ?? '';
    const facts = readEntry(JSON.parse(text), text);
    if (Number.isNaN(facts.time)) throw new Error(`the entry has no time that can be read: ${text.slice(0, 200)}`);
    if (facts.level === NO_LEVEL) throw new Error(`the entry has no level that can be read: ${text.slice(0, 200)}`);
    return summaryOf(facts).slice(0, 100);
  };
  await step('an entry arrives after a request and can be read', logged);
  await step('a level that does not exist is refused', async () => {
    connection.send('{"type":"subscribe","log_level":"verbose"}');
    const { code, message } = await connection.next(isA('error'));
    return `${code} ${message}`;
  });
  await step('the subscription before it stays', logged);
  await step('a message that is none is answered, and the connection stays', async () => {
    connection.send('not json');
    const { code, message } = await connection.next(isA('error'));
    return `${code} ${message}`;
  });
  await step('the token can be renewed on the open connection', async () => {
    connection.send(encodeAuth(token));
    await connection.next((frame): frame is ServerFrame => {
      if (frame.type === 'error') throw new Error(`${frame.code} ${frame.message}`);
      return frame.type === 'authenticated';
    });
    return '';
  });
  await step('entries go on after it', logged);
  await step('unsubscribing is acknowledged', async () => {
    connection.send('{"type":"unsubscribe"}');
    await connection.next(isA('unsubscribed'));
    return '';
  });
  await step('a wrong token on the open connection ends it', async () => {
    connection.send(encodeAuth(`${token}-wrong`));
    const { code, message } = await connection.next(isA('error'));
    if (!await connection.closed()) throw new Error('the connection stays open');
    return `${code} ${message} Closed with ${connection.closeCode}.`;
  });
  for (const [name, address] of [['without a token', endpoint], ['with a wrong token', withToken(endpoint, `${token}-wrong`)]] as const) {
    await step(`a connection ${name} is refused`, async () => {
      const other = new Connection(address), opened = await other.opened();
      other.end();
      if (opened) throw new Error('it opened');
      return other.closeCode === null ? 'without an answer' : '';
    });
  }
  connection.end();
  console.log(failures === 0 ? '\nEverything works as the elements expect it.' : `\n${failures} of these did not work as the elements expect it.`);
  return failures === 0 ? 0 : 1;
}

const [endpoint, token] = process.argv.slice(2);
if (endpoint === undefined || token === undefined) {
  console.log(USAGE);
  process.exitCode = 2;
} else if (!/^wss?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
  console.log(`"${endpoint.replace(/[?#].*$/, '')}" is no address that begins with ws: or wss:.\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  process.exitCode = await run(endpoint, token);
}
