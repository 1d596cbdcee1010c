// The floor: a page that reads each frame and keeps nothing. With `rows`, the painter: it also has the newest 40 entries in rows of text that are
// reused, rewritten once a frame.
import { endpoint, present } from './probe.js';

interface Entry {
  readonly time: number;
  readonly level: number;
  readonly msg: string;
}

const ROWS = 40;
const isPainter = new URLSearchParams(location.search).has('rows');
const newest: (Entry | undefined)[] = new Array<undefined>(ROWS).fill(undefined);
let taken = 0, drawn = 0;

const socket = new WebSocket(endpoint);
socket.onopen = () => socket.send('{"type":"subscribe","log_level":"trace","ext":{"v":1}}');
socket.onmessage = ({ data }: MessageEvent<string>) => {
  // a packed frame is its envelope and a line an entry
  if (data.startsWith('{"type":"logs","event":"packed"')) {
    const lines = data.split('\n');
    JSON.parse(lines[0] as string);
    for (let index = 1; index < lines.length; index++) newest[taken++ % ROWS] = JSON.parse(lines[index] as string) as Entry;
  } else {
    const frame = JSON.parse(data) as { data?: Entry };
    if (frame.data !== undefined) newest[taken++ % ROWS] = frame.data;
  }
};

if (isPainter) {
  const rows = Array.from({ length: ROWS }, () => {
    const row = document.body.appendChild(document.createElement('div'));
    row.className = 'row';
    return row.appendChild(document.createTextNode(''));
  });
  const draw = (): void => {
    requestAnimationFrame(draw);
    if (drawn === taken) return;
    drawn = taken;
    rows.forEach((row, index) => {
      const entry = newest[(taken + index) % ROWS];
      row.data = entry === undefined ? '' : `${entry.time} ${entry.level} ${entry.msg}`;
    });
  };
  requestAnimationFrame(draw);
}

present({ taken: () => taken });
