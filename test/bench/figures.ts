// What the benchmark reports: one figure a line, and how it stands against its target. Knows nothing of how a figure came about.

export interface Figure {
  readonly scenario: string;
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  /** The least or the most that it may be. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
  /** Its name in the closing line of JSON. */
  readonly key?: string;
  /** Between which values the rounds lay, or whatever else must be known. */
  readonly note?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** The value that `part` of all (0.95: nineteen of twenty) do not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}

/** The median of the rounds' own ratios: what disturbs one round disturbs both of its sides. */
export function ratioOf(over: readonly number[], under: readonly number[]): { value: number; note: string } {
  const ratios = over.map((value, round) => value / (under[round] ?? NaN));
  return { value: median(ratios), note: spread(ratios) };
}

export function spread(values: readonly number[]): string {
  return `${format(Math.min(...values))} to ${format(Math.max(...values))}`;
}

export function standing({ value, target }: Figure): string {
  if (target === undefined) return '';
  const isMet = 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
  return isMet ? 'met' : 'MISSED';
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { target } = figure, wanted = target === undefined ? '' : 'atLeast' in target ? `≥ ${format(target.atLeast)}` : `≤ ${format(target.atMost)}`;
    return [figure.scenario, figure.name, `${format(figure.value)}${figure.unit === undefined ? '' : ` ${figure.unit}`}`, wanted, standing(figure), figure.note ?? ''];
  });
  const all = [['scenario', 'figure', 'median', 'target', '', 'rounds'], ...rows];
  const widths = (all[0] as string[]).map((_, column) => Math.max(...all.map((row) => (row[column] as string).length)));
  return all.map((row) => row.map((cell, column) => (column === 2 ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number))).join('  ').trimEnd()).join('\n');
}

export function format(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Math.round(value * 100) / 100);
}
