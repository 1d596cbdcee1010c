import { createMemo, createSignal, For, lazy, onMount, Show, Suspense } from 'solid-js';
import type { LevelName, LogFilterChangeEvent, LogSelectEvent, LogStatusChangeEvent } from 'system-logs';
import type {} from 'system-logs/solid';
import { eventRow, getToken, KEPT_EVENTS, LEVELS } from '../shared/shop.js';

const Errors = lazy(() => import('./Errors.jsx'));

export function Logs() {
  const [level, setLevel] = createSignal<LevelName>('info');
  const [search, setSearch] = createSignal('');
  const [paused, setPaused] = createSignal(false);
  const [isOpen, setOpen] = createSignal(true);
  const [isBeside, setBeside] = createSignal(false);
  const [hasErrors, setErrors] = createSignal(false);
  const [events, setEvents] = createSignal<readonly ReturnType<typeof eventRow>[]>([]);

  // the orders do without the viewer's code: it comes with the first visit here
  onMount(() => void import('system-logs'));

  const note = (event: LogSelectEvent | LogStatusChangeEvent | LogFilterChangeEvent) => {
    setEvents((rows) => [eventRow(event), ...rows].slice(0, KEPT_EVENTS));
  };
  const onFilter = (event: LogFilterChangeEvent) => {
    note(event);
    setSearch(event.filter.search); // a person may have searched in the viewer itself
  };

  // JSX makes the element itself, once: shown in another place, it moves. `prop:` sets a property in any case, `on:` listens on the element.
  const viewer = createMemo(() => isOpen() && (
    <system-logs
      endpoint="/websocket/logs" attr:max-entries="5000" prop:level={level()} prop:search={search()} prop:paused={paused()} prop:accessToken={getToken}
      on:log-select={note} on:log-status-change={note} on:log-filter-change={onFilter}
      on:log-pause-change={(event) => setPaused(event.paused)} on:log-level-change={(event) => setLevel(event.level)}
    />
  ));

  return (
    <>
      <h2>Logs</h2>
      <div class="controls">
        <label>Level <select value={level()} onChange={(event) => setLevel(event.target.value as LevelName)}>
          <For each={LEVELS}>{(name) => <option selected={name === level()}>{name}</option>}</For>
        </select></label>
        <label>Search <input type="search" value={search()} onInput={(event) => setSearch(event.target.value)} /></label>
        <button type="button" aria-pressed={paused()} onClick={() => setPaused(!paused())}>{paused() ? 'Continue' : 'Pause'}</button>
        <label><input type="checkbox" checked={isBeside()} onChange={(event) => setBeside(event.target.checked)} /> Beside the events</label>
        <label><input type="checkbox" checked={hasErrors()} onChange={(event) => setErrors(event.target.checked)} /> Errors on their own</label>
        <button type="button" onClick={() => setOpen(!isOpen())}>{isOpen() ? 'Close the viewer' : 'Open the viewer'}</button>
      </div>
      <div class="places">
        <section class="above">{isBeside() ? null : viewer()}</section>
        <section>
          <table>
            <caption>Events</caption>
            <tbody><For each={events()}>{({ name, what }) => <tr><td>{name}</td><td>{what}</td></tr>}</For></tbody>
          </table>
        </section>
        <section>{isBeside() ? viewer() : null}</section>
      </div>
      <Show when={hasErrors()}><Suspense><Errors /></Suspense></Show>
    </>
  );
}
