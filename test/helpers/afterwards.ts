// Where a test, or a file of tests, says what is to be ended with it.

export interface Afterwards {
  after(end: () => unknown): void;
}
