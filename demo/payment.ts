// The shop's payment: a gateway that nobody runs, so that each charge fails in earnest, with a real refused connection as its last cause.
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';

export interface Order {
  readonly id: number;
  readonly total: string;
  readonly currency: string;
  readonly guest: boolean;
  readonly coupon: string | null;
  readonly items: readonly { readonly sku: string; readonly count: number }[];
}

class PaymentError extends Error {
  override readonly name = 'PaymentError';
  readonly code = 'E_GATEWAY';
}

const ATTEMPTS = 3;
const PAUSE_MS = 40;
/** A well-known port (discard) on which no ordinary machine listens. */
const GATEWAY = 'http://127.0.0.1:9/charges';

/** @throws PaymentError whose causes say why */
export async function charge(order: Order, log: Logger): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await callGateway();
    } catch (cause) {
      if (attempt === ATTEMPTS) {
        const refused = new Error(`No answer after ${ATTEMPTS} attempts`, { cause });
        throw new PaymentError(`The payment gateway does not answer, order ${order.id} is not charged`, { cause: refused });
      }
      log.warn({ order: order.id, attempt }, `Payment gateway does not answer, trying again (${attempt} of ${ATTEMPTS - 1})`);
      await wait(PAUSE_MS);
    }
  }
}

function callGateway(): Promise<void> {
  return new Promise((resolve, reject) => {
    get(GATEWAY, { agent: false }, (response) => {
      response.resume();
      resolve();
    }).on('error', reject);
  });
}
