// What a plain HTTP request at the endpoint is told: why a WebSocket would not be opened here, which a page cannot learn from the WebSocket, or that
// one would. It lets nobody see an entry. It knows signing in only by the admission.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission } from './admission.js';
import type { LogServerSettings } from './config.js';
import { describeRefusal, refusals, type Refusal } from './upgrade-gate.js';

/** How long a browser remembers that it may ask. */
const PREFLIGHT_SECONDS = 600;

export class EndpointAnswer {
  readonly #settings: LogServerSettings;
  readonly #admission: Admission;

  constructor(settings: LogServerSettings, admission: Admission) {
    this.#settings = settings;
    this.#admission = admission;
  }

  /** Never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // pages of origins that may connect may read why they cannot
    const { origin } = request.headers, isNamed = origin !== undefined && this.#settings.allowedOrigins.includes(origin);
    response.setHeader('Vary', 'Origin').setHeader('X-Content-Type-Options', 'nosniff');
    if (isNamed) response.setHeader('Access-Control-Allow-Origin', origin).setHeader('Access-Control-Allow-Credentials', 'true');
    if (request.method === 'OPTIONS') {
      if (isNamed) response.setHeader('Access-Control-Allow-Headers', 'authorization').setHeader('Access-Control-Allow-Methods', 'GET').setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
      response.writeHead(204).end();
      return;
    }
    sendRefusal(response, await this.#judge(request));
  }

  async #judge(request: IncomingMessage): Promise<Refusal> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusals.method;
    const admitted = await this.#admission.admit(request, 'plain');
    return 'status' in admitted ? admitted : (this.#admission.obstacle ?? refusals.plain);
  }
}

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const { headers, body } = describeRefusal(refusal);
  response.writeHead(refusal.status, headers).end(body);
}
