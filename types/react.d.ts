// The elements in JSX of React 19: properties and attributes by their names, events as `onlog-select`. `import type {} from 'system-logs/react'` is for the
// compiler alone; without `type` it defines the elements too.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Elements } from './elements.js';

export * from '../dist/elements/index.js';

type Events<Map> = { [Name in keyof Map as `on${Name & string}`]?: ((event: Map[Name]) => void) | undefined };

type ReactElements = {
  [Tag in keyof Elements]: DetailedHTMLProps<HTMLAttributes<Elements[Tag]['element']>, Elements[Tag]['element']>
    & Elements[Tag]['properties'] & Elements[Tag]['attributes'] & Events<Elements[Tag]['events']>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ReactElements {}
  }
}
