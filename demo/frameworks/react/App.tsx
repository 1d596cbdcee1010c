import { useEffect, useState, useSyncExternalStore } from 'react';
import { Logs } from './Logs.js';
import { Orders } from './Orders.js';

function watchHash(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

export function App() {
  const route = useSyncExternalStore(watchHash, () => (location.hash === '#/logs' ? 'logs' : 'orders'));
  const [theme, setTheme] = useState('system');
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  return (
    <>
      <header>
        <h1>Shop admin</h1>
        <nav aria-label="Pages">
          <a href="#/orders" aria-current={route === 'orders' ? 'page' : undefined}>Orders</a>
          <a href="#/logs" aria-current={route === 'logs' ? 'page' : undefined}>Logs</a>
        </nav>
        <label>Theme <select value={theme} onChange={(event) => setTheme(event.target.value)}>
          <option value="system">System</option><option value="light">Light</option><option value="dark">Dark</option>
        </select></label>
      </header>
      <main>{route === 'logs' ? <Logs /> : <Orders />}</main>
    </>
  );
}
