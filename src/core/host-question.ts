// What a host says over HTTP that it does not say over a WebSocket. Nobody has to answer, and nothing waits for it.
import { probeUrl } from './causes.js';
import type { LevelName } from './levels.js';
import type { HttpProbe, ProbeAnswer } from './platform.js';
import { readErrorCode, readFloor, readOffer, readRefusalCode } from './server-info.js';

export class HostQuestion {
  readonly #url: string;
  readonly #probe: HttpProbe;
  readonly #isOurs: () => boolean;

  /**
   * @param url of the WebSocket, without a token
   * @param isOurs whether the server has numbered entries before, which Directus does not
   */
  constructor(url: string, probe: HttpProbe, isOurs: () => boolean) {
    this.#url = url;
    this.#probe = probe;
    this.#isOurs = isOurs;
  }

  /** Null where nobody can be asked, because the address is none. */
  async ask(token: string | null): Promise<ProbeAnswer | null> {
    try {
      const askOwn = (): Promise<ProbeAnswer> => this.#probe(`http${this.#url.slice('ws'.length)}`, token);
      // at once where it is known to be one of ours, so that the reason comes before the next try
      const info = this.#probe(probeUrl(this.#url), token), early = this.#isOurs() ? askOwn() : null, answer = await info;
      if (answer.kind === 'silent' || isClear(answer)) return answer;
      // no Directus: an endpoint of our own says at its own address what is in the way, or that nothing is
      const own = await (early ?? askOwn());
      return own.kind === 'readable' && readRefusalCode(own.body) !== null ? own : answer;
    } catch {
      return null;
    }
  }

  /** The least level that the server ever sends; null where it does not say. */
  async askFloor(token: string | null): Promise<LevelName | null> {
    const answer = await this.ask(token);
    return answer?.kind === 'readable' ? readFloor(answer.body) : null;
  }
}

/** True where a status says it, or Directus does; any other server answers that it has no such page. */
function isClear(answer: ProbeAnswer): boolean {
  if (answer.kind !== 'readable') return false;
  const { status, body } = answer;
  return (status >= 400 && status !== 404 && status !== 405) || readOffer(body) !== null || (readErrorCode(body) !== null && readRefusalCode(body) === null);
}
