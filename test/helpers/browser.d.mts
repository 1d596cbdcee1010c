export const chromiumArgs: string[];
export function findBrowser(name: 'chromium' | 'firefox'): string | null;
export function needBrowser(name: 'chromium' | 'firefox'): string;
