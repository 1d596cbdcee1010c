// Log text as a reader may safely see it: what a browser draws as nothing, or what turns the text around it (controls, bidi controls,
// invisible characters, lone surrogates), becomes an escape that can be seen, such as ⟨U+202E⟩. Emoji and the scripts that need joiners keep
// them. Knows nothing of the DOM; the time is linear in the text.

/** A piece of a text; `escaped` is true for escapes, so that a view can set them apart from the same letters in the text. */
export interface VisibleToken {
  readonly text: string;
  readonly escaped: boolean;
}

// scripts in which a joiner changes the letters beside it
const JOINING = String.raw`\p{sc=Arab}\p{sc=Beng}\p{sc=Deva}\p{sc=Gujr}\p{sc=Guru}\p{sc=Knda}\p{sc=Mlym}\p{sc=Orya}\p{sc=Sinh}\p{sc=Taml}\p{sc=Telu}`;

const KEPT = [
  String.raw`\p{ExtPict}(?:\uFE0F|\p{EMod})?(?:\u200D\p{ExtPict}(?:\uFE0F|\p{EMod})?)+`, // 👩‍🚒
  String.raw`\u{1F3F4}[\u{E0061}-\u{E007A}]{3,6}\u{E007F}`, // 🏴󠁧󠁢󠁳󠁣󠁴󠁿
  String.raw`\p{Emoji}[\uFE0E\uFE0F]`, // ☎️ and 1️⃣
  `(?<=[${JOINING}])[\\u200C\\u200D](?=[${JOINING}])`,
].join('|');

// a line feed (with or without a carriage return) and a tab are what they look like
const HIDDEN = String.raw`(?:(?!\n|\t|\r\n)[\p{Cc}\p{Cs}\p{DI}\u2028\u2029\uFFF9-\uFFFB])+`;

const PATTERN = new RegExp(`(${KEPT})|${HIDDEN}`, 'gu');

const escapeOf = (character: string): string => `⟨U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}⟩`;

const escapesOf = (characters: string): string => Array.from(characters, escapeOf).join('');

/** The text with everything hidden written as escapes. */
export function visibleText(text: string): string {
  return text.replace(PATTERN, (found: string, kept: string | undefined) => kept ?? escapesOf(found));
}

/** The same in pieces, in the order of the text; neighbouring escapes are one piece. */
export function visibleTokens(text: string): readonly VisibleToken[] {
  const tokens: VisibleToken[] = [];
  let from = 0;
  for (const match of text.matchAll(PATTERN)) {
    if (match[1] !== undefined) continue;
    if (match.index > from) tokens.push({ text: text.slice(from, match.index), escaped: false });
    tokens.push({ text: escapesOf(match[0]), escaped: true });
    from = match.index + match[0].length;
  }
  if (from < text.length || tokens.length === 0) tokens.push({ text: text.slice(from), escaped: false });
  return tokens;
}

/** The text itself, or its first `limit` code units; a surrogate pair is never cut in two. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
