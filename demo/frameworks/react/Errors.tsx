// A second viewer, put together from parts around a connection of its own.
import { useEffect, useState } from 'react';
import { ConnectionController } from 'system-logs';
import type {} from 'system-logs/react';
import { getToken } from '../shared/shop.js';

export default function Errors() {
  const [controller] = useState(() => new ConnectionController({ endpoint: '/websocket/logs', level: 'error', accessToken: getToken }));
  useEffect(() => {
    controller.connect();
    return () => controller.disconnect();
  }, [controller]);

  // this module imports the elements' definitions, so an object reaches them as a property
  return (
    <section className="errors" aria-label="Errors">
      <log-filters controller={controller} />
      <log-list controller={controller} />
    </section>
  );
}
