// Words in other letters than those around them, so that neither turns the other around.

/** Between U+2068 and U+2069. */
export function isolated(words: string): string {
  return `\u2068${words}\u2069`;
}
