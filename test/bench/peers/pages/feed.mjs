/* global requestAnimationFrame */
// The same for every peer: the socket, the parsing, and the text of a row. `draw` gets what one frame held, as soon as it comes.
import { cap, endpoint } from '../../pages/probe.ts';

export function feed(draw) {
  // what the page is filled with before anything is measured is taken at once: a peer that draws each message would need minutes for it
  let first = [];
  const take = (entries) => {
    if (first === null) return draw(entries);
    first.push(...entries);
    if (first.length < cap) return;
    draw(first);
    first = null;
  };
  const socket = new WebSocket(endpoint);
  socket.onopen = () => socket.send('{"type":"subscribe","log_level":"trace","ext":{"v":1}}');
  socket.onmessage = ({ data }) => {
    if (data.startsWith('{"type":"logs","event":"packed"')) {
      take(data.split('\n').slice(1).map((line) => JSON.parse(line)));
    } else {
      const frame = JSON.parse(data);
      if (frame.data !== undefined) take([frame.data]);
    }
  };
}

const LEVELS = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

/** What a row of ours shows, as one line. */
export function lineOf({ time, level, msg, req, res, responseTime }) {
  const clock = new Date(time).toISOString().slice(11, 23);
  const words = req !== undefined && res !== undefined ? `${req.method} ${req.url} ${res.statusCode} ${responseTime} ms` : msg;
  return `${clock} ${LEVELS[level] ?? level} ${words}`;
}

/** Calls `draw` once before the next frame, with all that came since the last one. */
export function onceAFrame(draw) {
  let waiting = [];
  return (entries) => {
    if (waiting.length === 0) requestAnimationFrame(() => {
      const entriesNow = waiting;
      waiting = [];
      draw(entriesNow);
    });
    for (const entry of entries) waiting.push(entry);
  };
}
