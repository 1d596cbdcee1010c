import { testFramework } from './suite.js';

testFramework('vue', {
  accessToken: [' .accessToken="getToken"'],
  level: [' :level="level"'],
  search: [' :search="search"'],
  paused: [' .paused="paused"'],
  'log-select': ['@log-select="note"'],
  'log-status-change': ['@log-status-change="note"'],
  'log-filter-change': ['@log-filter-change="onFilter"'],
  'log-pause-change': ['@log-pause-change="paused = $event.paused"'],
  'log-level-change': ['@log-level-change="level = $event.level"'],
});
