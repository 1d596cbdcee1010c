// What is known of a failure of Redis, in words that can be shown to anybody: they hold nothing of the address, the user or the password.

const REPLIES: Readonly<Record<string, string>> = {
  WRONGPASS: 'Redis refuses the user name or password',
  NOAUTH: 'Redis asks for a password',
  NOPERM: 'this Redis user may not use the channel',
  LOADING: 'Redis is still loading its data',
  READONLY: 'this Redis is a read-only replica',
  MASTERDOWN: 'this Redis replica has lost its master',
  OOM: 'Redis is out of memory',
  DENIED: 'Redis is in protected mode and takes connections of its own machine alone',
  MISCONF: 'Redis takes nothing, because it cannot save its data',
  BUSY: 'Redis is busy with a script',
  CLUSTERDOWN: 'the cluster of Redis is down',
  NOREPLICAS: 'Redis has fewer replicas than it needs',
};

/** Errors that Redis calls ERR, by what it says of them. */
const TEXTS: readonly (readonly [text: string, words: string])[] = [
  ['without any password configured', 'this Redis asks for no password, and one is given'],
  ['DB index is out of range', 'this Redis has no database of that number'],
  ['max number of clients', 'Redis has as many clients as it allows'],
];

const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at the address of Redis',
  ENOENT: 'there is no socket at the address of Redis',
  ENOTFOUND: 'the host name of Redis is not known',
  EAI_AGAIN: 'the host name of Redis cannot be looked up',
  EHOSTUNREACH: 'the host of Redis cannot be reached',
  ENETUNREACH: 'the host of Redis cannot be reached',
  ETIMEDOUT: 'Redis does not answer',
};

/** Why there is no connection that can be used; `words` can be shown to anybody. */
export class RedisTrouble extends Error {
  constructor(words: string, cause?: unknown) {
    super(words, cause === undefined ? {} : { cause });
    this.name = 'RedisTrouble';
  }
}

/** @param error whatever was thrown, emitted or answered */
export function redisTrouble(error: unknown): string {
  if (error instanceof RedisTrouble) return error.message;
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : '', name = typeof code === 'string' ? code : '';
  if (Object.hasOwn(CODES, name)) return CODES[name] as string;
  if (/CERT|TLS|SSL/.test(name)) return 'the TLS certificate of Redis is not accepted';
  const reply = /^[A-Z]{2,24}(?= )/.exec(text)?.[0] ?? '', known = TEXTS.find(([part]) => text.includes(part));
  if (known !== undefined) return known[1];
  if (Object.hasOwn(REPLIES, reply)) return REPLIES[reply] as string;
  if (/time-?out/i.test(text)) return 'Redis does not answer';
  // its first word is one of Redis' own; what follows may quote what it was sent
  if (reply !== '') return `Redis answers with the error ${reply}`;
  return 'the connection to Redis was lost';
}
