// The admin page without a framework: each route is a template, each control sets a property of the viewer.
import { eventRow, fetchOrders, getToken, KEPT_EVENTS, LEVELS } from './shop.js';

const main = document.querySelector('main');
/** What the page knows of the viewer; it outlives the viewer's element. */
const state = { level: 'info', search: '', paused: false };

/** A route leaves by this. */
let leave = () => undefined;

function route() {
  const name = location.hash === '#/logs' ? 'logs' : 'orders';
  leave();
  main.replaceChildren(copyOf(name));
  leave = name === 'logs' ? openLogs() : openOrders();
  for (const link of document.querySelectorAll('nav a')) link.ariaCurrent = link.hash === `#/${name}` ? 'page' : null;
}

function openOrders() {
  const show = async (method) => {
    const rows = (await fetchOrders(method)).map(({ id, item, total }) => rowOf([id, item, total]));
    main.querySelector('tbody')?.replaceChildren(...rows);
  };
  main.querySelector('[name=place]').addEventListener('click', () => void show('POST'));
  void show('GET');
  return () => undefined;
}

function openLogs() {
  // the orders do without the viewer's code: it comes with the first visit here, and makes the elements what they are whenever it arrives
  void import('./system-logs.min.js');
  const control = (name) => main.querySelector(`[name=${name}]`);
  let viewer = null, leaveErrors = null;

  function openViewer() {
    viewer = copyOf('viewer').firstElementChild;
    // a property, because a function is no text; a token never stands in the page's markup
    viewer.accessToken = getToken;
    Object.assign(viewer, state);
    for (const name of ['log-select', 'log-status-change', 'log-filter-change']) viewer.addEventListener(name, onLogEvent);
    viewer.addEventListener('log-pause-change', ({ paused }) => {
      state.paused = paused;
      showPause();
    });
    viewer.addEventListener('log-level-change', ({ level }) => (levels.value = state.level = level));
    place();
  }

  function place() {
    // a move within one task keeps the element, its connection and its entries
    if (viewer !== null) main.querySelector(control('beside').checked ? '#beside' : '#above').append(viewer);
  }

  function onLogEvent(event) {
    const { name, what } = eventRow(event), body = main.querySelector('.events');
    body?.prepend(rowOf([name, what]));
    while (body?.rows.length > KEPT_EVENTS) body.lastElementChild.remove();
    // a person may have searched in the viewer itself
    if ('filter' in event) setSearch(event.filter.search);
  }

  function setSearch(search) {
    state.search = search;
    if (viewer !== null) viewer.search = search;
    if (control('search').value !== search) control('search').value = search;
  }

  const levels = control('level');
  levels.append(...LEVELS.map((level) => new Option(level, level, false, level === state.level)));
  control('search').value = state.search;
  showPause();
  openViewer();

  levels.addEventListener('change', () => {
    state.level = levels.value;
    if (viewer !== null) viewer.level = state.level;
  });
  control('search').addEventListener('input', ({ target }) => setSearch(target.value));
  control('pause').addEventListener('click', () => {
    state.paused = !state.paused;
    if (viewer !== null) viewer.paused = state.paused;
    showPause();
  });
  function showPause() {
    control('pause').textContent = state.paused ? 'Continue' : 'Pause';
    control('pause').ariaPressed = String(state.paused);
  }
  control('beside').addEventListener('change', place);
  control('close').addEventListener('click', ({ target }) => {
    if (viewer === null) openViewer();
    else {
      viewer.remove();
      viewer = null;
    }
    target.textContent = viewer === null ? 'Open the viewer' : 'Close the viewer';
  });
  control('errors').addEventListener('change', async ({ target }) => {
    leaveErrors?.();
    leaveErrors = null;
    const { ConnectionController } = await import('./system-logs.min.js');
    // the visitor may have changed his mind, or gone
    if (target.checked && target.isConnected && leaveErrors === null) leaveErrors = openErrors(ConnectionController);
  });
  return () => leaveErrors?.();
}

/** A second viewer, put together from parts around a connection of its own. */
function openErrors(ConnectionController) {
  const controller = new ConnectionController({ endpoint: '/websocket/logs', level: 'error', accessToken: getToken });
  const own = main.querySelector('.own');
  own.append(copyOf('errors'));
  for (const part of own.querySelectorAll('log-filters, log-list')) part.controller = controller;
  controller.connect();
  return () => {
    controller.disconnect();
    own.replaceChildren();
  };
}

const copyOf = (name) => document.importNode(document.querySelector(`template#${name}`).content, true);

function rowOf(texts) {
  const row = document.createElement('tr');
  for (const text of texts) row.insertCell().textContent = text;
  return row;
}

document.querySelector('[name=theme]').addEventListener('change', ({ target }) => {
  document.documentElement.dataset.theme = target.value;
});
addEventListener('hashchange', route);
route();
