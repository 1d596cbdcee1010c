// A second viewer, put together from parts around a connection of its own.
import { Component, CUSTOM_ELEMENTS_SCHEMA, type OnDestroy } from '@angular/core';
import { ConnectionController } from 'system-logs';
import { getToken } from '../../shared/shop.js';

@Component({
  selector: 'admin-errors',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <section class="errors" aria-label="Errors">
      <log-filters [controller]="controller"></log-filters>
      <log-list [controller]="controller"></log-list>
    </section>
  `,
})
export class Errors implements OnDestroy {
  readonly controller = new ConnectionController({ endpoint: '/websocket/logs', level: 'error', accessToken: getToken });

  constructor() {
    this.controller.connect();
  }

  ngOnDestroy(): void {
    this.controller.disconnect();
  }
}
