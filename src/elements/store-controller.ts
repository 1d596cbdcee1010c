// Connects an element to its source: its own `.store`, else the store of its own `.controller`, else that of the controller which an ancestor
// provides. Asks for an update of the element only where what it reads of the snapshot (or of the status) has changed.
import { ContextConsumer } from '@lit/context';
import type { LitElement, ReactiveController } from 'lit';
import type { LogSnapshot } from '../core/log-snapshot.js';
import type { LogStore } from '../core/log-store.js';
import type { ConnectionStatus } from '../core/connection-status.js';
import type { ConnectionController } from './connection-controller.js';
import { connectionContext } from './context.js';

/** An element that shows something of a store. */
export interface StoreHost extends LitElement {
  controller: ConnectionController | null;
  store: LogStore | null;
}

/** Picks what an element draws; compared item by item with what it drew before. */
export type Selector = (snapshot: LogSnapshot, status: ConnectionStatus | null) => readonly unknown[];

export class StoreController implements ReactiveController {
  readonly #host: StoreHost;
  readonly #select: Selector;
  readonly #onPublish: ((snapshot: LogSnapshot) => void) | null;
  readonly #provided: ContextConsumer<typeof connectionContext, StoreHost>;
  #store: LogStore | null = null;
  #controller: ConnectionController | null = null;
  #unsubscribe: (() => void)[] = [];
  #slice: readonly unknown[] = [];
  /** While the page is hidden and something has changed: what waits for it to be shown. */
  #waiting: AbortController | null = null;

  /** @param onPublish called at each publish, in the same task and before the update, whether or not anything selected has changed */
  constructor(host: StoreHost, select: Selector, onPublish: ((snapshot: LogSnapshot) => void) | null = null) {
    this.#host = host;
    this.#select = select;
    this.#onPublish = onPublish;
    this.#provided = new ContextConsumer(host, { context: connectionContext, subscribe: true });
    host.addController(this);
  }

  /** The store that the element shows; null while it has none. */
  get store(): LogStore | null {
    return this.#store;
  }

  /** The controller behind the store; null where the element was given a bare store, or nothing. */
  get controller(): ConnectionController | null {
    return this.#controller;
  }

  get snapshot(): LogSnapshot | null {
    return this.#store?.snapshot ?? null;
  }

  get status(): ConnectionStatus | null {
    return this.#controller?.status ?? null;
  }

  hostConnected(): void {
    this.#resolve();
  }

  hostDisconnected(): void {
    this.#release();
    this.#store = null;
    this.#controller = null;
  }

  /** The element's own properties or the provided controller may have changed since the last update. */
  hostUpdate(): void {
    if (this.#host.isConnected) this.#resolve();
  }

  #resolve(): void {
    const controller = this.#host.store !== null ? null : (this.#host.controller ?? this.#provided.value ?? null);
    const store = this.#host.store ?? controller?.store ?? null;
    if (store === this.#store && controller === this.#controller) return;
    this.#release();
    this.#store = store;
    this.#controller = controller;
    if (store !== null) this.#unsubscribe.push(store.subscribe((snapshot) => {
      this.#onPublish?.(snapshot);
      if (!snapshot.interim) this.#compare();
    }));
    if (controller !== null) this.#unsubscribe.push(controller.subscribe(() => this.#compare()));
    if (store !== null) this.#onPublish?.(store.snapshot);
    this.#compare();
  }

  #compare(): void {
    const slice = this.#store === null ? [] : this.#select(this.#store.snapshot, this.status);
    if (slice.length === this.#slice.length && slice.every((item, index) => Object.is(item, this.#slice[index]))) return;
    // nobody sees a hidden page, so nothing is drawn for it; it is drawn once, when it is shown
    if (document.visibilityState === 'hidden' && this.#host.hasUpdated) return this.#waitForPage();
    this.#slice = slice;
    this.#host.requestUpdate();
  }

  #waitForPage(): void {
    if (this.#waiting !== null) return;
    this.#waiting = new AbortController();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') return;
      this.#stopWaiting();
      this.#compare();
    }, { signal: this.#waiting.signal });
  }

  #stopWaiting(): void {
    this.#waiting?.abort();
    this.#waiting = null;
  }

  #release(): void {
    this.#stopWaiting();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unsubscribe = [];
  }
}
