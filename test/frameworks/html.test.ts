import { testFramework } from './suite.js';

testFramework('html', {
  accessToken: ['viewer.accessToken = getToken;'],
  level: ['Object.assign(viewer, state);', 'if (viewer !== null) viewer.level = state.level;'],
  search: ['if (viewer !== null) viewer.search = search;'],
  paused: ['if (viewer !== null) viewer.paused = state.paused;'],
  'log-select': ["'log-select', "],
  'log-status-change': ["'log-status-change', "],
  'log-filter-change': ["'log-filter-change'"],
  'log-pause-change': ["viewer.addEventListener('log-pause-change', ({ paused }) => {\n      state.paused = paused;\n      showPause();\n    });"],
  'log-level-change': ["viewer.addEventListener('log-level-change', ({ level }) => (levels.value = state.level = level));"],
});
