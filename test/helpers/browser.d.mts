export const chromiumArgs: string[];
type BrowserName = 'chromium' | 'firefox' | 'webkit' | 'webkitDriver' | 'screen';
export function findBrowser(name: BrowserName): string | null;
export function needBrowser(name: BrowserName): string;
export function needWebkit(): { driver: string; browser: string; screen: string };
