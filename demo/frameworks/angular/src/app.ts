import { Component, computed, effect, signal } from '@angular/core';
import { Logs } from './logs';
import { Orders } from './orders';

@Component({
  selector: 'app-root',
  imports: [Logs, Orders],
  host: { '(window:hashchange)': 'onHash()' },
  template: `
    <header>
      <h1>Shop admin</h1>
      <nav aria-label="Pages">
        <a href="#/orders" [attr.aria-current]="isLogs() ? null : 'page'">Orders</a>
        <a href="#/logs" [attr.aria-current]="isLogs() ? 'page' : null">Logs</a>
      </nav>
      <label>Theme <select #choice [value]="theme()" (change)="theme.set(choice.value)">
        <option value="system">System</option><option value="light">Light</option><option value="dark">Dark</option>
      </select></label>
    </header>
    <main>@if (isLogs()) { <admin-logs /> } @else { <admin-orders /> }</main>
  `,
})
export class App {
  readonly theme = signal('system');
  readonly #hash = signal(location.hash);
  readonly isLogs = computed(() => this.#hash() === '#/logs');

  constructor() {
    effect(() => {
      document.documentElement.dataset['theme'] = this.theme();
    });
  }

  onHash(): void {
    this.#hash.set(location.hash);
  }
}
