// The text of a stack, as V8 writes it and pino joins it: the error's own words, its frames, and the same of each cause after "caused by: ".
// A line that is no frame stays as it is.

export interface StackFrame {
  readonly kind: 'frame';
  /** `Layer.handle [as handle_request]`; '' for a function without a name. */
  readonly name: string;
  /** `/srv/app/index.js:30:10`, as written. */
  readonly place: string;
  /** Whose code it is where it is not the application's own: a package (`express`), a part of Node (`node:events`), or `native`. */
  readonly source: string | null;
}

export type StackLine = StackFrame | { readonly kind: 'text'; readonly text: string };

/** One error of a stack. */
export interface StackPart {
  /** The words before its first frame. */
  readonly head: string;
  /** The type that they begin with; '' where they name none. */
  readonly type: string;
  /** The words after the type. */
  readonly message: string;
  readonly lines: readonly StackLine[];
}

const CAUSED_BY = 'caused by: ';
/** `TypeError: no such user`, `Error [ERR_ASSERTION]: …`; without a message only what is certainly a type: `RangeError`. */
const HEAD = /^(?:([\p{L}_$][\p{L}\p{N}_$.]{0,99}(?: \[[^\]\n]{1,99}\])?): |([\p{L}\p{N}_$.]{0,99}(?:Error|Exception))$)/u;

function sourceOf(place: string): string | null {
  const module = place.split(/[\\/]/u);
  const at = module.lastIndexOf('node_modules');
  if (at >= 0 && at < module.length - 1) {
    const name = module[at + 1] as string;
    return name.startsWith('@') && at + 2 < module.length ? `${name}/${module[at + 2] as string}` : name;
  }
  if (place.startsWith('node:')) return `node:${place.slice(5).split(/[/:]/u, 1)[0] as string}`;
  return place === '<anonymous>' || place === 'native' || /^index \d+$/u.test(place) ? 'native' : null;
}

function readFrame(line: string): StackFrame | null {
  const text = line.trim();
  if (!text.startsWith('at ') || line.startsWith('at ')) return null;
  const open = text.indexOf(' (');
  const hasName = open > 0 && text.endsWith(')');
  const isAsync = !hasName && text.startsWith('at async ');
  const name = hasName ? text.slice(3, open) : isAsync ? 'async' : '';
  const place = hasName ? text.slice(open + 2, -1) : text.slice(isAsync ? 9 : 3);
  return { kind: 'frame', name, place, source: sourceOf(place) };
}

function partOf(head: string, lines: readonly StackLine[]): StackPart {
  const match = HEAD.exec(head);
  if (match === null) return { head, type: '', message: head, lines };
  return { head, type: match[1] ?? (match[2] as string), message: head.slice(match[0].length), lines };
}

/** Reads a stack; the first part is the error itself, the rest are its causes, each the cause of the one before. */
export function readStack(stack: string): StackPart[] {
  const parts: StackPart[] = [];
  let head: string[] = [], lines: StackLine[] = [];
  for (const line of stack.split('\n')) {
    if (line.startsWith(CAUSED_BY)) {
      parts.push(partOf(head.join('\n'), lines));
      head = [line.slice(CAUSED_BY.length)];
      lines = [];
      continue;
    }
    const frame = readFrame(line);
    if (frame !== null) lines.push(frame);
    else if (lines.length === 0) head.push(line);
    else if (line.trim() !== '') lines.push({ kind: 'text', text: line.trimEnd() });
  }
  parts.push(partOf(head.join('\n').trimEnd(), lines));
  return parts;
}
