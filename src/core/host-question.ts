// What a host says over HTTP that it does not say over a WebSocket. Nobody has to answer, and nothing waits for it.
import { probeUrl } from './causes.js';
import type { LevelName } from './levels.js';
import type { HttpProbe, ProbeAnswer } from './platform.js';
import { readFloor } from './server-info.js';

export class HostQuestion {
  readonly #url: string;
  readonly #probe: HttpProbe;

  /** @param url of the WebSocket, without a token */
  constructor(url: string, probe: HttpProbe) {
    this.#url = url;
    this.#probe = probe;
  }

  /** Null where nobody can be asked, because the address is none. */
  async ask(token: string | null): Promise<ProbeAnswer | null> {
    try {
      return await this.#probe(probeUrl(this.#url), token);
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
