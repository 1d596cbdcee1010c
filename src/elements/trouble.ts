// What is wrong with a connection, for as long as it is: between two tries the status says why, while a try is under way it does not, and the
// reader must not see the reason blink.
import type { Cause } from '../core/causes.js';
import type { ConnectionController } from './connection-controller.js';

export interface Trouble {
  readonly cause: Cause;
  /** When the next try is made (ms since 1970); null while one is under way, and where none is made any more. */
  readonly retryAt: number | null;
  /** The number of that try, from 1. */
  readonly attempt: number;
  /** No try is made any more by itself. */
  readonly isFinal: boolean;
  /** A person can have one made: there is somewhere to connect to. */
  readonly canTry: boolean;
}

export class TroubleMemory {
  #controller: ConnectionController | null = null;
  #cause: Cause | null = null;

  read(controller: ConnectionController | null): Trouble | null {
    if (controller !== this.#controller) this.#cause = null;
    this.#controller = controller;
    const status = controller?.status;
    switch (status?.state) {
      case 'reconnecting':
        this.#cause = status.cause;
        return { cause: status.cause, retryAt: status.retryAt, attempt: status.attempt, isFinal: false, canTry: true };
      case 'connecting':
        return this.#cause === null ? null : { cause: this.#cause, retryAt: null, attempt: status.attempt, isFinal: false, canTry: true };
      case 'closed':
        // a wrong endpoint is not what a later try fails by
        this.#cause = status.cause?.code === 'invalid-endpoint' ? null : status.cause;
        return status.cause === null ? null : { cause: status.cause, retryAt: null, attempt: 0, isFinal: true, canTry: this.#cause !== null };
      default:
        this.#cause = null;
        return null;
    }
  }
}

/** Whole seconds until a time, at least 1: a try that is due is made in the next moment. */
export function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.ceil((time - now) / 1000));
}
