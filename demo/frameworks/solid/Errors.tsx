// A second viewer, put together from parts around a connection of its own.
import { onCleanup, onMount } from 'solid-js';
import { ConnectionController } from 'system-logs';
import type {} from 'system-logs/solid';
import { getToken } from '../shared/shop.js';

export default function Errors() {
  const controller = new ConnectionController({ endpoint: '/websocket/logs', level: 'error', accessToken: getToken });
  onMount(() => controller.connect());
  onCleanup(() => controller.disconnect());

  return (
    <section class="errors" aria-label="Errors">
      <log-filters prop:controller={controller} />
      <log-list prop:controller={controller} />
    </section>
  );
}
