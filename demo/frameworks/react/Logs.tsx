import { lazy, Suspense, useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { LevelName, LogFilterChangeEvent, LogSelectEvent, LogStatusChangeEvent, SystemLogs } from 'system-logs';
import type {} from 'system-logs/react';
import { eventRow, getToken, KEPT_EVENTS, LEVELS } from '../shared/shop.js';

const Errors = lazy(() => import('./Errors.js'));

// Set here and not as `accessToken={getToken}`: React writes what an element does not have as an attribute, and drops a function; this one may be made
// before its definition has arrived. An element takes over what it was given before.
const signIn = (viewer: SystemLogs | null): void => {
  if (viewer !== null) viewer.accessToken = getToken;
};

export function Logs() {
  const [level, setLevel] = useState<LevelName>('info');
  const [search, setSearch] = useState('');
  const [paused, setPaused] = useState(false);
  const [isOpen, setOpen] = useState(true);
  const [isBeside, setBeside] = useState(false);
  const [hasErrors, setErrors] = useState(false);
  const [above, setAbove] = useState<HTMLElement | null>(null);
  const [beside, setBesidePlace] = useState<HTMLElement | null>(null);
  const [events, setEvents] = useState<readonly ReturnType<typeof eventRow>[]>([]);

  // the orders do without the viewer's code: it comes with the first visit here
  useEffect(() => void import('system-logs'), []);

  const note = (event: LogSelectEvent | LogStatusChangeEvent | LogFilterChangeEvent): void => {
    const row = eventRow(event);
    setEvents((rows) => [row, ...rows].slice(0, KEPT_EVENTS));
  };
  const onFilter = (event: LogFilterChangeEvent): void => {
    note(event);
    setSearch(event.filter.search); // a person may have searched in the viewer itself
  };

  return (
    <>
      <h2>Logs</h2>
      <div className="controls">
        <label>Level <select value={level} onChange={(event) => setLevel(event.target.value as LevelName)}>
          {LEVELS.map((name) => <option key={name}>{name}</option>)}
        </select></label>
        <label>Search <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} /></label>
        <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>{paused ? 'Continue' : 'Pause'}</button>
        <label><input type="checkbox" checked={isBeside} onChange={(event) => setBeside(event.target.checked)} /> Beside the events</label>
        <label><input type="checkbox" checked={hasErrors} onChange={(event) => setErrors(event.target.checked)} /> Errors on their own</label>
        <button type="button" onClick={() => setOpen(!isOpen)}>{isOpen ? 'Close the viewer' : 'Open the viewer'}</button>
      </div>
      <div className="places">
        <section className="above" ref={setAbove} />
        <section>
          <table>
            <caption>Events</caption>
            <tbody>{events.map(({ name, what }, index) => <tr key={index}><td>{name}</td><td>{what}</td></tr>)}</tbody>
          </table>
        </section>
        <section ref={setBesidePlace} />
      </div>
      {isOpen && (
        <Movable to={isBeside ? beside : above}>
          {/* max-entries by its attribute's name: as `maxEntries`, before the definition, it would become an attribute that nobody reads */}
          <system-logs
            ref={signIn} endpoint="/websocket/logs" max-entries="5000" level={level} search={search} paused={paused}
            onlog-select={note} onlog-status-change={note} onlog-filter-change={onFilter}
            onlog-pause-change={(event) => setPaused(event.paused)} onlog-level-change={(event) => setLevel(event.level)}
          />
        </Movable>
      )}
      {hasErrors && <Suspense><Errors /></Suspense>}
    </>
  );
}

/** React makes the content of a portal anew when its container changes. So the container stays, and is moved: its content keeps everything. */
function Movable({ to, children }: { readonly to: HTMLElement | null; readonly children: ReactNode }) {
  const [box] = useState(() => document.createElement('div'));
  useLayoutEffect(() => {
    to?.append(box);
  }, [to, box]);
  useLayoutEffect(() => () => box.remove(), [box]);
  return createPortal(children, box);
}
