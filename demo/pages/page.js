// What the page around the viewer does: sends requests to the shop, switches the theme, and points the viewer elsewhere where the page's
// own address says so (`?endpoint=`, `?level=`, `?lang=`, `?look=`). It keeps nothing.
import { say, speak } from './speak.js';

/** Text that would do harm in a viewer that took it for more than text. */
const REVIEW = 'Great lamp <img src=x onerror=alert(1)> \u202edesrever\u202c \u001b[31mred\u001b[0m {{7*7}} </script>';

const viewer = document.querySelector('system-logs');
const wanted = new URLSearchParams(location.search);
for (const name of ['endpoint', 'level']) {
  const value = wanted.get(name);
  if (value !== null) viewer?.setAttribute(name, value);
}

/** A viewer speaks the language of the place where it stands, and runs the way that its page runs; English is in it, others are modules. */
const language = document.querySelector('[name=language]');
if (language !== null) {
  language.addEventListener('change', () => speak(language.value));
  language.value = speak(wanted.get('lang') ?? 'en');
}

/** A look is a style sheet that sets some of the viewer's tokens, and nothing else. */
const look = document.querySelector('[name=look]'), sheet = document.createElement('link');
sheet.rel = 'stylesheet';

function wear() {
  sheet.href = `looks/${look.value}.css`;
  if (look.value === '') sheet.remove();
  else document.head.append(sheet);
}

if (look !== null) {
  look.addEventListener('change', wear);
  look.value = wanted.get('look') ?? '';
  if (look.selectedIndex < 0) look.value = '';
  wear();
}

const output = document.querySelector('.traffic output');

async function send(method, path) {
  const body = path.startsWith('/reviews') ? JSON.stringify({ stars: 5, text: REVIEW }) : undefined;
  const startedAt = performance.now();
  try {
    const response = await fetch(`/api${path.startsWith('/') ? '' : '/'}${path}`, { method, ...(body === undefined ? {} : { body }) });
    const who = response.headers.get('x-instance') ?? say('The admin page'), ms = Math.round(performance.now() - startedAt);
    output.textContent = say('{who} answered {status} in {ms} ms', { who, status: response.status, ms });
  } catch {
    output.textContent = say('The shop does not answer.');
  }
}

for (const button of document.querySelectorAll('[data-send]')) {
  const [method, path] = button.dataset.send.split(' ');
  button.addEventListener('click', () => void send(method, path));
}

const form = document.querySelector('form.request');
form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void send(form.elements.method.value, form.elements.path.value.trim());
});

const steady = document.querySelector('[name=steady]');
const rate = document.querySelector('[name=rate]');

function showRate(value) {
  steady.checked = value > 0;
  if (value > 0 && ![...rate.options].some((option) => Number(option.value) === value)) rate.add(new Option(`${value}/s`, String(value)));
  if (value > 0) rate.value = String(value);
}

async function setRate() {
  await fetch(`/customers?rate=${steady.checked ? rate.value : 0}`, { method: 'PUT' });
}

if (steady !== null) {
  steady.addEventListener('change', () => void setRate());
  rate.addEventListener('change', () => void setRate());
  fetch('/customers').then((response) => response.json()).then(({ rate: value }) => showRate(value), () => undefined);
}

const themes = [...document.querySelectorAll('button[data-theme]')];
for (const button of themes) {
  button.addEventListener('click', () => {
    const { theme } = button.dataset;
    if (theme === '') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    for (const other of themes) other.ariaPressed = String(other === button);
  });
}
