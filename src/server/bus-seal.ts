// Seals what one process sends another over a bus that others can reach, so that only who knows the secret can speak on it: HMAC-SHA-256 over the
// channel and the message. It hides nothing, and knows neither transport nor messages. Whoever recorded a message can send it again, and not change it.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** 128 bits, as base64url. */
const SEAL_BYTES = 16, SEAL_LENGTH = 22;
const MIN_SECRET_LENGTH = 16;

export class BusSeal {
  readonly #secret: string;
  readonly #channel: string;

  /** Throws a sentence, which does not hold the secret, where that is none. */
  constructor(secret: string, channel: string) {
    if (typeof secret !== 'string' || secret.length < MIN_SECRET_LENGTH) throw new TypeError(`secret must be a text of at least ${MIN_SECRET_LENGTH} characters, the same for every instance.`);
    this.#secret = secret;
    this.#channel = channel;
  }

  close(message: string): string {
    return `${this.#sealOf(message).toString('base64url')}\n${message}`;
  }

  /** The message; null where its seal is not ours. */
  open(sealed: string): string | null {
    if (sealed[SEAL_LENGTH] !== '\n') return null;
    const seal = Buffer.from(sealed.slice(0, SEAL_LENGTH), 'base64url'), message = sealed.slice(SEAL_LENGTH + 1);
    return seal.length === SEAL_BYTES && timingSafeEqual(seal, this.#sealOf(message)) ? message : null;
  }

  #sealOf(message: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${this.#channel}\n`).update(message).digest().subarray(0, SEAL_BYTES);
  }
}
