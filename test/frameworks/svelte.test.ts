import { testFramework } from './suite.js';

testFramework('svelte', {
  accessToken: [' {@attach signIn}'],
  level: [' {level}'],
  search: [' {search}'],
  paused: [' {@attach hold}'],
  'log-select': ['onlog-select={note}'],
  'log-status-change': ['onlog-status-change={note}'],
  'log-filter-change': ['onlog-filter-change={onFilter}'],
  'log-pause-change': ['onlog-pause-change={(event) => (paused = event.paused)}'],
  'log-level-change': ['onlog-level-change={(event) => (level = event.level)}'],
});
