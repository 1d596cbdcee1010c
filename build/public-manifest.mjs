// What the manifest says of the package: its four elements as a user of the package sees them, by the paths that are shipped. A plugin of the analyzer, which
// reads the sources; what the sources say once for all elements (the custom properties) or by name (aliases, constants) is put where a reader looks for it.
import { readFileSync } from 'node:fs';

const ELEMENTS = ['system-logs', 'log-filters', 'log-list', 'log-detail'];
const MODULES = [...ELEMENTS.map((name) => `src/elements/${name}.ts`), 'src/elements/events.ts'];

/** @returns a plugin of the analyzer */
export function publicManifest() {
  /** Unions of words, constants and what a class tells by its code alone. */
  const aliases = new Map(), constants = new Map(), setters = new Map();
  return {
    name: 'public-manifest',
    analyzePhase({ ts, node }) {
      if (ts.isTypeAliasDeclaration(node) && /^'[^|]*'(?: \| '[^|]*')+$/.test(node.type.getText())) aliases.set(node.name.text, node.type.getText());
      if (ts.isVariableDeclaration(node) && /^[\d_ *]+$/.test(node.initializer?.getText() ?? '')) constants.set(node.name.getText(), String(product(node.initializer.getText())));
      if (ts.isSetAccessorDeclaration(node)) setters.set(`${node.parent.name.text}.${node.name.getText()}`, node.parameters[0].type.getText());
    },
    packageLinkPhase({ customElementsManifest: manifest }) {
      const properties = customProperties(), declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
      const partsOf = (tag) => declarations.find(({ tagName }) => tagName === tag)?.cssParts ?? [];
      const handedOn = exportedParts().flatMap(([tag, names]) => names.map((name) => partsOf(tag).find((part) => part.name === name) ?? { name, description: '' }));
      manifest.schemaVersion = '2.1.0';
      manifest.modules = manifest.modules.filter(({ path }) => MODULES.includes(path));
      for (const declaration of manifest.modules.flatMap((module) => module.declarations)) {
        const { tagName } = declaration;
        declaration.members = (declaration.members ?? []).filter(({ name, privacy, static: isStatic }) => privacy === undefined && !isStatic && !name.startsWith('#'));
        for (const given of declaration.members.flatMap((member) => member.parameters ?? [])) if (given.default?.startsWith("'")) given.type ??= { text: 'string' };
        for (const item of [...declaration.members, ...(declaration.attributes ?? [])]) complete(item, declaration.name);
        if (tagName === undefined) {
          for (const member of declaration.members) delete member.default;
          continue;
        }
        // beside what is documented the analyzer lists whatever the code dispatches
        declaration.events = declaration.events.filter(({ name, description }) => name?.startsWith('log-') && description !== undefined);
        for (const event of declaration.events) event.type ??= { text: classOf(event.name) };
        // any text is taken, and one that is no level is told; an editor offers those that are
        for (const attribute of declaration.attributes ?? []) if (attribute.name === 'level') attribute.type = { text: aliases.get('LevelName') };
        for (const attribute of declaration.attributes ?? []) attribute.description = withDefault(attribute);
        declaration.cssProperties = properties;
        if (tagName === 'system-logs') declaration.cssParts.push(...new Map(handedOn.map((part) => [part.name, part])).values());
      }
      Object.assign(manifest, JSON.parse(JSON.stringify(manifest).replaceAll(/"(\/?)src\/([^"]+)\.ts"/g, '"$1dist/$2.js"')));
    },
  };

  function complete(item, className) {
    const set = setters.get(`${className}.${item.name}`);
    if (set !== undefined) Object.assign(item, { type: { text: set }, default: undefined });
    const made = /^new (\w+)\(\)$/.exec(item.default ?? '');
    if (made !== null) Object.assign(item, { type: { text: made[1] }, default: undefined });
    if (aliases.has(item.type?.text)) item.type.text = aliases.get(item.type.text);
    if (constants.has(item.default)) item.default = constants.get(item.default);
  }
}

/** Editors show a description and nothing else. */
function withDefault({ description, default: initial = 'null' }) {
  return ['null', 'false', "''"].includes(initial) || description.includes('default') ? description : `${description} Default: \`${initial.replaceAll("'", '')}\`.`;
}

function product(text) {
  return text.split('*').reduce((value, factor) => value * Number(factor.replaceAll('_', '')), 1);
}

/** `log-select` as `LogSelectEvent`. */
function classOf(name) {
  return `${name.replaceAll(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase())}Event`;
}

/** Of the parts within the viewer: what it hands on, as its template says. */
function exportedParts() {
  const source = readFileSync('src/elements/system-logs.ts', 'utf8');
  return [...source.matchAll(/<(log-[a-z-]+)[^>]*? exportparts="([^"]*)"/g)].map(([, tag, names]) => [tag, names.split(/,\s*/)]);
}

/** Each `--log-*` with its default; a comment behind it, or the heading above it, describes it. */
function customProperties() {
  const found = [];
  let heading = '';
  for (const line of readFileSync('src/elements/theme.styles.ts', 'utf8').split('\n')) {
    const [, above] = /^\s*\/\* ([^*]+?) *\*\/\s*$/.exec(line) ?? [], [, behind = ''] = /\/\*\s*(.+?)\s*\*\/\s*$/.exec(line) ?? [];
    if (above !== undefined) heading = above;
    for (const [, name, value] of line.matchAll(/var\((--log-[\w-]+), ((?:[^()]|\((?:[^()]|\([^()]*\))*\))+)\)/g)) {
      if (!found.some((property) => property.name === name)) found.push({ name, default: value, description: behind || heading });
    }
  }
  return found;
}
