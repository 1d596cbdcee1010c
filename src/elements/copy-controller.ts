// Copies text and remembers for two seconds how that went, so that a button can say it.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../core/platform.js';

export type CopyState = 'idle' | 'copied' | 'failed';

const SHOWN_MS = 2000;

/** Where the clipboard is not to be had (a page without TLS), the older command may still copy what is selected. */
function copySelected(text: string): boolean {
  const area = document.createElement('textarea'), focused = deepFocus();
  area.value = text;
  area.readOnly = true;
  area.setAttribute('aria-hidden', 'true');
  area.style.setProperty('position', 'fixed');
  area.style.setProperty('inset-block-start', '-100vh');
  document.body.append(area);
  area.select();
  let isCopied = false;
  try {
    isCopied = document.execCommand('copy');
  } catch {
    // refused, like false
  }
  area.remove();
  focused?.focus({ preventScroll: true });
  return isCopied;
}

function deepFocus(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement ? focused : null;
}

export class CopyController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #clock: () => Clock;
  #state: CopyState = 'idle';
  #text = '';
  #cancel: (() => void) | null = null;

  constructor(host: ReactiveControllerHost, clock: () => Clock) {
    this.#host = host;
    this.#clock = clock;
    host.addController(this);
  }

  get state(): CopyState {
    return this.#state;
  }

  /** What was copied last, while its state is shown. */
  get text(): string {
    return this.#text;
  }

  /** Copies; never throws, and tells by its state whether it could. */
  async copy(text: string): Promise<void> {
    this.reset();
    this.#text = text;
    let isCopied: boolean;
    try {
      await navigator.clipboard.writeText(text);
      isCopied = true;
    } catch {
      isCopied = copySelected(text);
    }
    if (this.#text !== text) return;
    this.#state = isCopied ? 'copied' : 'failed';
    this.#cancel = this.#clock().after(SHOWN_MS, () => this.reset());
    this.#host.requestUpdate();
  }

  /** Says nothing any more. */
  reset(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#text = '';
    if (this.#state === 'idle') return;
    this.#state = 'idle';
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.reset();
  }
}
