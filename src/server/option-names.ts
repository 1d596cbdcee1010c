// Finds options whose names nobody knows: a limit that is misspelt is a limit that is not there.

/** @throws TypeError that names the first unknown option, and the known one that is meant where that is clear. An undefined value is none. */
export function refuseUnknown(where: string, given: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || known.includes(name)) continue;
    const meant = known.find((each) => isSlip(name.toLowerCase(), each.toLowerCase()));
    throw new TypeError(`${where} has no option ${JSON.stringify(name)}${meant === undefined ? `; it has ${known.join(', ')}.` : `; did you mean ${meant}?`}`);
  }
}

/** True where one letter was left out, added, replaced or exchanged with its neighbour, at most twice. */
function isSlip(wrong: string, right: string): boolean {
  const limit = right.length > 5 ? 2 : 1;
  let before: number[] = [], row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= wrong.length; at++) {
    const next = [at];
    for (let to = 1; to <= right.length; to++) {
      const same = wrong[at - 1] === right[to - 1], crossed = wrong[at - 1] === right[to - 2] && wrong[at - 2] === right[to - 1];
      next[to] = Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + (same ? 0 : 1), crossed ? (before[to - 2] ?? 0) + 1 : Infinity);
    }
    [before, row] = [row, next];
  }
  return (row[right.length] ?? Infinity) <= limit;
}
