// The elements in templates of Vue 3: properties and attributes by their names, events as `@log-select`. `import type {} from 'system-logs/vue'` is for the
// compiler alone; without `type` it defines the elements too. The build needs `isCustomElement`.
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { Elements } from './elements.js';

export * from '../dist/elements/index.js';

type Component<Shape extends Elements[keyof Elements]> = new () => Shape['element'] & {
  /** For the compiler only. */
  $props: HTMLAttributes & Shape['properties'] & Shape['attributes'] & PublicProps;
  /** For the compiler only. */
  $emit: EmitFn<{ [Name in keyof Shape['events']]: (event: Shape['events'][Name]) => void }>;
};

type VueElements = { [Tag in keyof Elements]: Component<Elements[Tag]> };

declare module 'vue' {
  interface GlobalComponents extends VueElements {}
}
