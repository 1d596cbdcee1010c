// The admin page of Solid, which has dependencies of its own: they are installed where they are missing.
import { testFramework } from '../frameworks/suite.js';

testFramework('solid', {
  accessToken: [' prop:accessToken={getToken}'],
  level: [' prop:level={level()}'],
  search: [' prop:search={search()}'],
  paused: [' prop:paused={paused()}'],
  'log-select': ['on:log-select={note}'],
  'log-status-change': ['on:log-status-change={note}'],
  'log-filter-change': ['on:log-filter-change={onFilter}'],
  'log-pause-change': ['on:log-pause-change={(event) => setPaused(event.paused)}'],
  'log-level-change': ['on:log-level-change={(event) => setLevel(event.level)}'],
});
