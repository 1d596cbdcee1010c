// A page with a layout of its own: one connection controller, given to three parts that stand where the page wants them.
import { say, speak } from './speak.js';
import { ConnectionController } from './system-logs.min.js';

const wanted = new URLSearchParams(location.search);
speak(wanted.get('lang') ?? 'en');
const controller = new ConnectionController({ endpoint: wanted.get('endpoint') ?? '/websocket/logs', level: wanted.get('level') ?? 'trace' });

for (const part of document.querySelectorAll('log-filters, log-list, log-detail')) part.controller = controller;

const status = document.querySelector('#status');
controller.subscribe(({ state }) => {
  status.textContent = say('Connection: {state}', { state: say(state) });
});
controller.connect();
