/* global document */
// @patternfly/react-log-viewer: an array of ready-made strings, a new one once a frame, the end kept in view.
import '@patternfly/react-core/dist/styles/base.css';
import { LogViewer } from '@patternfly/react-log-viewer';
import { createElement, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { cap, newestIn, present } from '../../pages/probe.ts';
import { feed, lineOf, onceAFrame } from './feed.mjs';

let taken = 0;

function Page() {
  const [lines, setLines] = useState([]);
  useEffect(() => feed(onceAFrame((entries) => {
    taken += entries.length;
    setLines((before) => [...before, ...entries.map(lineOf)].slice(-cap));
  })), []);
  return createElement(LogViewer, { data: lines, height: '100%', hasLineNumbers: false, isTextWrapped: false, scrollToRow: lines.length, theme: 'light' });
}

const host = document.body.appendChild(document.createElement('div'));
host.className = 'fill';
createRoot(host).render(createElement(Page));
present({ taken: () => taken, newest: () => newestIn(host.textContent) });
