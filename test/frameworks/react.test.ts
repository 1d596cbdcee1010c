import { testFramework } from './suite.js';

testFramework('react', {
  accessToken: ['ref={signIn} '],
  level: [' level={level}'],
  search: [' search={search}'],
  paused: [' paused={paused}'],
  'log-select': ['onlog-select={note}'],
  'log-status-change': ['onlog-status-change={note}'],
  'log-filter-change': ['onlog-filter-change={onFilter}'],
  'log-pause-change': ['onlog-pause-change={(event) => setPaused(event.paused)}'],
  'log-level-change': ['onlog-level-change={(event) => setLevel(event.level)}'],
});
