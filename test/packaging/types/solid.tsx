/** @jsxImportSource solid-js */
// What the types of `system-logs/solid` take, and what they refuse.
import { ConnectionController, type SystemLogs } from 'system-logs';
import type {} from 'system-logs/solid';

const controller = new ConnectionController();

export function Right() {
  let viewer: SystemLogs | undefined;
  return (
    <main>
      <system-logs ref={viewer} class="logs" endpoint="/websocket/logs" level="debug" max-entries={1000} layout="rows" time-zone="utc" bool:paused={true}
        prop:search="words" prop:accessToken={() => Promise.resolve('token')} attr:max-bytes="1000000"
        on:log-select={({ entry }) => entry?.id.toFixed()} on:log-error={({ cause }) => cause.sentence.length}>
        <p slot="empty">Nothing yet</p>
      </system-logs>
      <log-filters prop:controller={controller} on:log-filter-change={({ filter }) => filter.search.length} />
      <log-list prop:store={controller.store} prop:timeZone="utc" on:log-follow-change={({ following }) => !following} />
      <log-detail prop:controller={null} />
    </main>
  );
}

export function Wrong() {
  return (
    <main>
      {/* @ts-expect-error a number has no words */}
      <system-logs prop:level={3} />
      {/* @ts-expect-error there is no such layout */}
      <system-logs layout="heap" />
      {/* @ts-expect-error the event has no detail */}
      <system-logs on:log-select={(event) => event.detail} />
      {/* @ts-expect-error an address is no controller */}
      <log-filters prop:controller="/websocket/logs" />
      {/* @ts-expect-error an object is no attribute */}
      <log-filters controller={controller} />
      {/* @ts-expect-error there is no such zone */}
      <log-detail attr:time-zone="mars" />
      {/* @ts-expect-error there is no such element */}
      <log-timeline />
    </main>
  );
}
