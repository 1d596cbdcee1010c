// An error as pino logs it (`err`), with its causes, made readable: type, message, own values and the frames of the stack. Causes are found both
// as nested objects and as the "caused by:" that pino's serializer writes into the stack. Reads the entry's JSON text by position, so that values
// stay as written; it never throws, and what is no frame stays in its place as text.
import { eachMember, rootOf, type JsonMember } from './json-text.js';
import { findMember, readableValue } from './json-find.js';
import { readStack, type StackLine, type StackPart } from './error-stack-text.js';
import { cutText } from './visible-text.js';

export interface ErrorField {
  readonly key: string;
  readonly member: JsonMember;
}

export interface ErrorLink {
  /** 0 for the error itself, one more for each cause of a cause. */
  readonly depth: number;
  /** A part is one of the errors that an AggregateError holds. */
  readonly relation: 'error' | 'cause' | 'part';
  /** `TypeError`; '' where it is not known. */
  readonly type: string;
  readonly message: string;
  /** Its plain values beside type, message and stack: `code`, `status`. */
  readonly fields: readonly ErrorField[];
  readonly lines: readonly StackLine[];
}

export interface ErrorChain {
  /** The error, then its causes, each followed by its own. */
  readonly links: readonly ErrorLink[];
  /** Whether there is more than could be read here: more causes, values or lines. */
  readonly isCut: boolean;
}

const MAX_LINKS = 32, MAX_FIELDS = 50, MAX_LINES = 500, MAX_STACK = 200_000;

interface Task {
  readonly member: JsonMember;
  readonly depth: number;
  readonly relation: ErrorLink['relation'];
}

/** What an error's object holds. */
interface ErrorObject {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly fields: readonly ErrorField[];
  readonly inner: Task[];
  readonly isCut: boolean;
}

function readObject(text: string, { member, depth }: Task): ErrorObject {
  const words = { type: '', name: '', message: '', stack: '' }, fields: ErrorField[] = [], inner: Task[] = [];
  let isCut = false;
  if (member.kind !== 'object') return { type: '', message: readableValue(text, member), stack: '', fields, inner, isCut };
  eachMember(text, member.start, (found) => {
    const { key, kind } = found, isList = key === 'aggregateErrors' || key === 'errors';
    if (kind === 'string' && (key === 'type' || key === 'name' || key === 'message' || key === 'stack')) {
      words[key] = readableValue(text, found);
    } else if (key === 'cause' && text.slice(found.start, found.end) !== 'null') {
      inner.push({ member: found, depth: depth + 1, relation: 'cause' });
    } else if (kind === 'array' && isList) {
      eachMember(text, found.start, (item) => {
        if (item.kind === 'object') inner.push({ member: item, depth: depth + 1, relation: 'part' });
        return inner.length < MAX_LINKS;
      });
    } else if (kind !== 'object' && kind !== 'array') {
      if (fields.length < MAX_FIELDS) fields.push({ key, member: found });
      else isCut = true;
    }
  });
  isCut ||= words.stack.length > MAX_STACK;
  return { type: words.type || words.name, message: words.message, stack: cutText(words.stack, MAX_STACK), fields, inner, isCut };
}

/** The error and the causes that its stack tells of, as links. */
function linksOf({ type, message, stack, fields }: ErrorObject, { depth, relation }: Task): ErrorLink[] {
  const parts = readStack(stack);
  const [own, ...causes] = parts as [StackPart, ...StackPart[]];
  // pino joins the messages of the causes to the error's own; its stack begins with the error's own alone
  const isJoined = causes.length > 0 && message.startsWith(`${own.message}: `);
  const shown = message === '' || isJoined ? own.message : message;
  const isHeadSaid = own.head === '' || own.message === shown || own.head === shown;
  const link: ErrorLink = {
    depth, relation, type: type || own.type, message: shown, fields,
    lines: isHeadSaid ? own.lines : [{ kind: 'text', text: own.head }, ...own.lines],
  };
  return [link, ...causes.map((cause, index): ErrorLink => ({
    depth: depth + 1 + index, relation: 'cause', type: cause.type, message: cause.message, fields: [], lines: cause.lines,
  }))];
}

/** The messages of the causes that are nested in an error as objects. */
function nestedMessages(text: string, object: ErrorObject): string[] {
  const messages: string[] = [];
  let cause = object.inner.find(({ relation }) => relation === 'cause');
  while (cause !== undefined && messages.length < MAX_LINKS) {
    const { message, inner } = readObject(text, cause);
    messages.push(message);
    cause = inner.find(({ relation }) => relation === 'cause');
  }
  return messages;
}

/** Reads the `err` of an entry's JSON text; null where it has none. */
export function readErrorChain(text: string): ErrorChain | null {
  const err = findMember(text, rootOf(text).start, 'err');
  if (err === null || text.slice(err.start, err.end) === 'null') return null;
  const links: ErrorLink[] = [], tasks: Task[] = [{ member: err, depth: 0, relation: 'error' }];
  let isCut = false;
  for (let task = tasks.pop(); task !== undefined && links.length < MAX_LINKS; task = tasks.pop()) {
    const object = readObject(text, task), [own, ...told] = linksOf(object, task) as [ErrorLink, ...ErrorLink[]];
    // a cause that the stack tells of and that is nested too is shown once, with all that its object knows
    const nested = told.length === 0 ? [] : nestedMessages(text, object);
    const isNested = ({ message }: ErrorLink): boolean => nested.some((other) => other === message || other.startsWith(`${message}: `));
    for (const link of [own, ...told.filter((cause) => !isNested(cause))]) {
      isCut ||= link.lines.length > MAX_LINES || links.length === MAX_LINKS;
      if (links.length < MAX_LINKS) links.push({ ...link, lines: link.lines.slice(0, MAX_LINES) });
    }
    isCut ||= object.isCut || (links.length === MAX_LINKS && tasks.length + object.inner.length > 0);
    tasks.push(...object.inner.reverse());
  }
  return { links, isCut };
}
