/* global document */
// @melloware/react-logviewer: `appendLines` once a frame, following. It has no limit of its own: its buffer grows from the 10,000 it is filled with.
import { LazyLog } from '@melloware/react-logviewer';
import { createElement, createRef } from 'react';
import { createRoot } from 'react-dom/client';
import { newestIn, present } from '../../pages/probe.ts';
import { feed, lineOf, onceAFrame } from './feed.mjs';

let taken = 0;
const log = createRef();
const host = document.body.appendChild(document.createElement('div'));
host.className = 'fill';
createRoot(host).render(createElement(LazyLog, { ref: log, external: true, follow: true, enableSearch: false, selectableLines: false }));
const draw = onceAFrame((entries) => {
  taken += entries.length;
  log.current?.appendLines(entries.map(lineOf));
});
feed(draw);
present({ taken: () => taken, newest: () => newestIn(host.textContent) });
