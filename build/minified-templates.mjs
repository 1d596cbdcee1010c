// Takes out of the `css` and `html` templates of our own modules what a browser does not read: comments and indentation. It knows the two tags, and that
// no element of ours shows the white space of its template; it knows nothing of what the templates mean.
import MagicString from 'magic-string';

const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/.source;
const COMMENT = new RegExp(`(${STRING})|/\\*[^]*?\\*/`, 'g');
/** A space that may be a descendant's, or that `calc` needs, stays; what is in quotes stays as it is. */
const SPACE = new RegExp(`(${STRING})|\\s*;\\s*(})\\s*|\\s*([{};,>])\\s*|(:)\\s+|\\s+`, 'g');

const minifiers = {
  css: (text) => text.replace(COMMENT, (_, quoted) => quoted ?? ' ').replace(SPACE, (_, quoted, end, mark, colon) => quoted ?? end ?? mark ?? colon ?? ' '),
  // words in two lines are two words: the space stays
  html: (text) => text.replace(/\s*\n\s*/g, ' '),
};

/** @returns a plugin of rollup */
export function minifiedTemplates() {
  return {
    name: 'minified-templates',
    transform(code, id) {
      if (id.includes('node_modules')) return null;
      const text = new MagicString(code);
      for (const { tag, quasi } of templatesIn(this.parse(code))) {
        const minify = minifiers[tag.name];
        for (const { start, end, value } of quasi.quasis) if (minify !== undefined && start < end) text.overwrite(start, end, minify(value.raw));
      }
      return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) };
    },
  };
}

/** Every tagged template below a node, the inner ones of another's placeholders too. */
function* templatesIn(node) {
  if (node.type === 'TaggedTemplateExpression') yield node;
  for (const child of Object.values(node).flat()) if (typeof child?.type === 'string') yield* templatesIn(child);
}
