export type Hashes = Readonly<Record<string, string>>;
export function bundleHashes(): Hashes;
export function withHashes(text: string, hashes: Hashes): string;
export const STALE: string;
