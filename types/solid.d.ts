// The elements in JSX of Solid: attributes by their names, properties as `prop:controller`, events as `on:log-select`. `import type {} from
// 'system-logs/solid'` is for the compiler alone; without `type` it defines the elements too.
import type { JSX } from 'solid-js';
import type { Elements } from './elements.js';

export * from '../dist/elements/index.js';

type Events<Map> = { [Name in keyof Map as `on:${Name & string}`]?: ((event: Map[Name]) => void) | undefined };
type Properties<Map> = { [Name in keyof Map as `prop:${Name & string}`]?: Map[Name] };
type Attributes<Map> = { [Name in keyof Map as `attr:${Name & string}`]?: Map[Name] } & { [Name in keyof Map as `bool:${Name & string}`]?: boolean };
/** What an attribute can say. */
type Scalars<Map> = { [Name in keyof Map as NonNullable<Map[Name]> extends string | number | boolean ? Name : never]?: Map[Name] };

type SolidElements = {
  [Tag in keyof Elements]: JSX.HTMLAttributes<Elements[Tag]['element']> & Scalars<Elements[Tag]['properties']> & Elements[Tag]['attributes']
    & Attributes<Scalars<Elements[Tag]['properties']> & Elements[Tag]['attributes']> & Properties<Elements[Tag]['properties']> & Events<Elements[Tag]['events']>;
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends SolidElements {}
  }
}
