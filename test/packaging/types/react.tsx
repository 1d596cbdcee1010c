/** @jsxImportSource react */
// What the types of `system-logs/react` take, and what they refuse.
import { useRef } from 'react';
import { ConnectionController, type SystemLogs } from 'system-logs';
import type {} from 'system-logs/react';

const controller = new ConnectionController();

export function Right() {
  const viewer = useRef<SystemLogs>(null);
  return (
    <main>
      <system-logs ref={viewer} className="logs" endpoint="/websocket/logs" level="debug" maxEntries={1000} max-bytes="1000000" layout="rows" time-zone="utc" timestamps="iso"
        paused noDetail={false} no-filters accessToken={() => Promise.resolve('token')}
        onlog-select={({ entry }) => entry?.id.toFixed()} onlog-gap={({ levels, cause }) => [levels.length, cause === 'expired']} onlog-error={({ cause }) => cause.sentence.length}>
        <p slot="empty">Nothing yet</p>
      </system-logs>
      <log-filters controller={controller} onlog-filter-change={({ filter }) => filter.search.length} />
      <log-list store={controller.store} timeZone="utc" onlog-follow-change={({ following }) => !following} />
      <log-detail controller={null} key="detail" />
    </main>
  );
}

export function Wrong() {
  return (
    <main>
      {/* @ts-expect-error a number has no words */}
      <system-logs level={3} />
      {/* @ts-expect-error there is no such layout */}
      <system-logs layout="heap" />
      {/* @ts-expect-error no property and no attribute is called so */}
      <system-logs maxLines={3} />
      {/* @ts-expect-error the event has no detail */}
      <system-logs onlog-select={(event) => event.detail} />
      {/* @ts-expect-error an address is no controller */}
      <log-filters controller="/websocket/logs" />
      {/* @ts-expect-error a list has no endpoint */}
      <log-list endpoint="/websocket/logs" />
      {/* @ts-expect-error there is no such zone */}
      <log-detail time-zone="mars" />
      {/* @ts-expect-error there is no such element */}
      <log-timeline />
    </main>
  );
}
