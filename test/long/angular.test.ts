// The admin page of Angular, which has dependencies of its own: they are installed where they are missing.
import { testFramework } from '../frameworks/suite.js';

testFramework('angular', {
  accessToken: [' [accessToken]="getToken"'],
  level: [' [level]="level()"'],
  search: [' [search]="search()"'],
  paused: [' [paused]="paused()"'],
  'log-select': ['(log-select)="note($event)"'],
  'log-status-change': ['(log-status-change)="note($event)"'],
  'log-filter-change': ['(log-filter-change)="onFilter($event)"'],
  'log-pause-change': ['(log-pause-change)="paused.set($event.paused)"'],
  'log-level-change': ['(log-level-change)="level.set($event.level)"'],
});
