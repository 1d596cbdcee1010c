import { afterRenderEffect, Component, CUSTOM_ELEMENTS_SCHEMA, type ElementRef, signal, viewChild } from '@angular/core';
import type { LogFilterChangeEvent, LogSelectEvent, LogStatusChangeEvent } from 'system-logs';
import { eventRow, getToken, KEPT_EVENTS, LEVELS } from '../../shared/shop.js';
import { Errors } from './errors';

@Component({
  selector: 'admin-logs',
  imports: [Errors],
  // else Angular refuses tags and properties that no component of its own has
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <h2>Logs</h2>
    <div class="controls">
      <label>Level <select #choice (change)="level.set(choice.value)">
        @for (name of levels; track name) { <option [selected]="name === level()">{{ name }}</option> }
      </select></label>
      <label>Search <input #words type="search" [value]="search()" (input)="search.set(words.value)"></label>
      <button type="button" [attr.aria-pressed]="paused()" (click)="paused.set(!paused())">{{ paused() ? 'Continue' : 'Pause' }}</button>
      <label><input #place type="checkbox" [checked]="isBeside()" (change)="isBeside.set(place.checked)"> Beside the events</label>
      <label><input #own type="checkbox" [checked]="hasErrors()" (change)="hasErrors.set(own.checked)"> Errors on their own</label>
      <button type="button" (click)="isOpen.set(!isOpen())">{{ isOpen() ? 'Close the viewer' : 'Open the viewer' }}</button>
    </div>
    <div class="places">
      <section #above class="above"></section>
      <section>
        <table>
          <caption>Events</caption>
          <tbody>@for (event of events(); track $index) { <tr><td>{{ event.name }}</td><td>{{ event.what }}</td></tr> }</tbody>
        </table>
      </section>
      <section #beside></section>
    </div>
    <div #box>
      @if (isOpen()) {
        <!-- in brackets: always a property, also of an element whose definition has not arrived; the element takes it over -->
        <system-logs
          endpoint="/websocket/logs" max-entries="5000" [level]="level()" [search]="search()" [paused]="paused()" [accessToken]="getToken"
          (log-select)="note($event)" (log-status-change)="note($event)" (log-filter-change)="onFilter($event)"
          (log-pause-change)="paused.set($event.paused)" (log-level-change)="level.set($event.level)"
        ></system-logs>
      }
    </div>
    @if (hasErrors()) {
      @defer (on immediate) { <admin-errors /> }
    }
  `,
})
export class Logs {
  readonly levels = LEVELS;
  readonly getToken = getToken;
  readonly level = signal('info');
  readonly search = signal('');
  readonly paused = signal(false);
  readonly isOpen = signal(true);
  readonly isBeside = signal(false);
  readonly hasErrors = signal(false);
  readonly events = signal<readonly ReturnType<typeof eventRow>[]>([]);
  private readonly above = viewChild.required<ElementRef<HTMLElement>>('above');
  private readonly beside = viewChild.required<ElementRef<HTMLElement>>('beside');
  private readonly box = viewChild.required<ElementRef<HTMLElement>>('box');

  constructor() {
    // the orders do without the viewer's code: it comes with the first visit here
    void import('system-logs');
    // the box is moved, and its content keeps everything
    afterRenderEffect(() => (this.isBeside() ? this.beside() : this.above()).nativeElement.append(this.box().nativeElement));
  }

  note(event: LogSelectEvent | LogStatusChangeEvent | LogFilterChangeEvent): void {
    const row = eventRow(event);
    this.events.update((rows) => [row, ...rows].slice(0, KEPT_EVENTS));
  }

  onFilter(event: LogFilterChangeEvent): void {
    this.note(event);
    this.search.set(event.filter.search); // a person may have searched in the viewer itself
  }
}
