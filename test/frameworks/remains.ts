// What runs in a page before its own scripts to see what is left behind: timers that have not fired, and listeners on what outlives an element.

export interface Remains {
  /** Where each waiting timer was set. */
  readonly timers: readonly string[];
  /** `target type` of each listener on the window, the document and media queries. */
  readonly listeners: readonly string[];
}

/** Puts `remains()` into the page. Its text is sent to the page, so it uses nothing of this module. */
export function watchRemains(): void {
  const timers = new Map<number, string>(), listeners = new Map<unknown, { readonly key: string; readonly text: string }>();

  const set = { setTimeout: window.setTimeout.bind(window), setInterval: window.setInterval.bind(window) };
  window.setTimeout = ((handler: (...values: unknown[]) => void, delay?: number, ...values: unknown[]) => {
    const id = set.setTimeout(() => {
      timers.delete(id);
      handler(...values);
    }, delay) as unknown as number;
    timers.set(id, `timeout of ${delay ?? 0} ms ${new Error().stack ?? ''}`);
    return id;
  }) as unknown as typeof setTimeout;
  window.setInterval = ((handler: () => void, delay?: number) => {
    const id = set.setInterval(handler, delay) as unknown as number;
    timers.set(id, `interval of ${delay ?? 0} ms ${new Error().stack ?? ''}`);
    return id;
  }) as unknown as typeof setInterval;
  for (const name of ['clearTimeout', 'clearInterval'] as const) {
    const clear = window[name].bind(window);
    window[name] = (id) => {
      timers.delete(id as number);
      clear(id as number);
    };
  }

  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const nameOf = (target: unknown): string | null =>
    target === undefined || target === null || target === window ? 'window' : target === document ? 'document' : target instanceof MediaQueryList ? 'media query' : target === visualViewport ? 'viewport' : null;
  const numbers = new WeakMap<object, number>();
  let last = 0;
  const keyOf = (target: unknown, type: string, handler: object, options: unknown): string => {
    if (!numbers.has(handler)) numbers.set(handler, ++last);
    const capture = typeof options === 'boolean' ? options : (options as AddEventListenerOptions | undefined)?.capture === true;
    return `${nameOf(target)} ${type} ${numbers.get(handler)} ${capture}`;
  };
  EventTarget.prototype.addEventListener = function (type, handler, options) {
    const name = nameOf(this), signal = typeof options === 'object' ? options.signal : undefined;
    if (name !== null && handler !== null && signal?.aborted !== true) {
      const key = keyOf(this, type, handler, options);
      listeners.set(key, { key, text: `${name} ${type}` });
      if (signal) add.call(signal, 'abort', () => listeners.delete(key));
    }
    add.call(this, type, handler, options);
  };
  EventTarget.prototype.removeEventListener = function (type, handler, options) {
    if (nameOf(this) !== null && handler !== null) listeners.delete(keyOf(this, type, handler, options));
    remove.call(this, type, handler, options);
  };
  Object.assign(window, { remains: () => ({ timers: [...timers.values()], listeners: [...listeners.values()].map(({ text }) => text).sort() }) });
}
