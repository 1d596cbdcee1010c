// What the parts tell the shell around them (`<system-logs>`) and nobody else: these events bubble within the tree that the parts stand in and
// do not leave it. Parts never call one another.

const WITHIN: EventInit = { bubbles: true, composed: false };

/** A person asks which keys there are. */
export class LogHelpEvent extends Event {
  constructor() {
    super('log-help', WITHIN);
  }
}

/** The control that had the focus is gone, or was left on purpose; the focus belongs to the list now. */
export class LogLeaveEvent extends Event {
  constructor() {
    super('log-leave', WITHIN);
  }
}

declare global {
  interface HTMLElementEventMap {
    'log-help': LogHelpEvent;
    'log-leave': LogLeaveEvent;
  }
}
