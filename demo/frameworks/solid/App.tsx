import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { Logs } from './Logs.jsx';
import { Orders } from './Orders.jsx';

export function App() {
  const [hash, setHash] = createSignal(location.hash);
  const [theme, setTheme] = createSignal('system');
  const isLogs = () => hash() === '#/logs';
  const onHash = () => setHash(location.hash);

  addEventListener('hashchange', onHash);
  onCleanup(() => removeEventListener('hashchange', onHash));
  createEffect(() => {
    document.documentElement.dataset.theme = theme();
  });

  return (
    <>
      <header>
        <h1>Shop admin</h1>
        <nav aria-label="Pages">
          <a href="#/orders" aria-current={isLogs() ? undefined : 'page'}>Orders</a>
          <a href="#/logs" aria-current={isLogs() ? 'page' : undefined}>Logs</a>
        </nav>
        <label>Theme <select value={theme()} onChange={(event) => setTheme(event.target.value)}>
          <option value="system">System</option><option value="light">Light</option><option value="dark">Dark</option>
        </select></label>
      </header>
      <main><Show when={isLogs()} fallback={<Orders />}><Logs /></Show></main>
    </>
  );
}
