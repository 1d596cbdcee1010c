// What the demo is told from outside: `--instances N` (processes behind one port; without it, one process), PORT (default 8080; 0: any free
// one) and CUSTOMERS (requests a second, default 4). What cannot be is said in one sentence.

export interface DemoSettings {
  readonly port: number;
  /** Requests a second. */
  readonly rate: number;
  /** Null: two instances in one process, without Redis. */
  readonly processes: number | null;
}

const MAX_PROCESSES = 9;

export function readSettings(args: readonly string[], env: Readonly<Record<string, string | undefined>>): DemoSettings {
  const numberFrom = (name: string, fallback: number, limit: number): number => {
    const text = env[name] ?? '', value = text === '' ? fallback : Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= limit) return value;
    return fail(`${name} is “${text}”; it must be a whole number from 0 to ${limit}.`);
  };
  const [option, count, ...others] = args.flatMap((arg) => arg.split('=', 2));
  if (option !== undefined && (option !== '--instances' || others.length > 0)) fail(`“${args.join(' ')}” is not understood; the only option is “--instances 3”.`);
  if (option !== undefined && !/^[1-9]$/.test(count ?? '')) fail(`--instances is “${count ?? ''}”; it must be a whole number from 1 to ${MAX_PROCESSES}.`);
  return { port: numberFrom('PORT', 8080, 65_535), rate: numberFrom('CUSTOMERS', 4, 2000), processes: option === undefined ? null : Number(count) };
}

export function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

/** Why a server could not listen. */
export function failToListen(error: unknown, port: number): never {
  const { code, message } = error as NodeJS.ErrnoException;
  return fail(code === 'EADDRINUSE' ? `Port ${port} is taken; set PORT to another one, or to 0 for any free one.` : `Port ${port} cannot be used: ${message}.`);
}
