// Where the words of a search stand in a text, as pieces in its order; views bind each piece as text.

export interface TextPiece {
  readonly text: string;
  readonly hit: boolean;
}

/** @param patterns with the flag `g`, as `wordPatterns(search, 'gi')` makes them; overlapping hits become one */
export function highlight(text: string, patterns: readonly RegExp[]): readonly TextPiece[] {
  const hits = patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), (match) => ({ start: match.index, end: match.index + match[0].length })));
  if (hits.length === 0) return [{ text, hit: false }];
  hits.sort((a, b) => a.start - b.start);
  const pieces: TextPiece[] = [];
  let at = 0;
  for (let index = 0; index < hits.length; index++) {
    const start = Math.max(at, (hits[index] as { start: number }).start);
    let end = (hits[index] as { end: number }).end;
    while (index + 1 < hits.length && (hits[index + 1] as { start: number }).start <= end) end = Math.max(end, (hits[++index] as { end: number }).end);
    if (end <= start) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), hit: false });
    pieces.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}
