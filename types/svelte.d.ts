// The elements in templates of Svelte 5: properties and attributes by their names, events as `onlog-select`. `import type {} from 'system-logs/svelte'` is
// for the compiler alone; without `type` it defines the elements too.
import type { HTMLAttributes } from 'svelte/elements';
import type { Elements } from './elements.js';

export * from '../dist/elements/index.js';

type Events<Map> = { [Name in keyof Map as `on${Name & string}`]?: ((event: Map[Name]) => void) | undefined };

type SystemLogsElements = {
  [Tag in keyof Elements]: Omit<HTMLAttributes<Elements[Tag]['element']>, keyof Elements[Tag]['properties']>
    & Elements[Tag]['properties'] & Elements[Tag]['attributes'] & Events<Elements[Tag]['events']>;
};

declare module 'svelte/elements' {
  export interface SvelteHTMLElements extends SystemLogsElements {}
}
