// docs/api.md, made of the manifest. `npm run docs:api` writes it; a test holds it against the manifest.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const ORDER = ['system-logs', 'log-filters', 'log-list', 'log-detail'];

/** @param manifest a custom elements manifest  @returns Markdown */
export function apiDoc(manifest) {
  const declarations = manifest.modules.flatMap((module) => module.declarations);
  const elements = ORDER.map((tag) => declarations.find(({ tagName }) => tagName === tag));
  const events = declarations.filter(({ superclass }) => superclass?.name === 'Event');
  return `${[
    '# The elements: API',
    '<!-- Made by `npm run docs:api` of what the sources say; a change here is lost. -->',
    `${ORDER.map((tag) => `[\`<${tag}>\`](#${tag})`).join(' · ')} · [events](#events) · [custom properties](#custom-properties)`,
    'An attribute has a property beside it, in the same row. Objects and functions are properties only. Every event bubbles and crosses shadow roots.',
    ...elements.flatMap(elementDoc),
    '## Events',
    ...events.flatMap(({ name, description, members }) => [`### ${name}`, description, table(['field', 'type', ''], members.map((field) => [code(field.name), code(field.type?.text), field.description]))]),
    '## Custom properties',
    'Set on an element or on anything around it.',
    table(['property', 'default', 'of'], elements[0].cssProperties.map((property) => [code(property.name), code(property.default), property.description])),
  ].filter((block) => block !== '' && block !== undefined).join('\n\n')}\n`;
}

function elementDoc({ tagName, description, members, attributes = [], events = [], slots = [], cssParts = [], cssStates = [] }) {
  const attributeOf = (field) => attributes.find(({ fieldName }) => fieldName === field.name);
  const fields = members.filter(({ kind }) => kind === 'field'), methods = members.filter(({ kind }) => kind === 'method');
  return [
    `## ${tagName}`, description,
    table(['property', 'attribute', 'type', 'default', ''], fields.map((field) => [
      code(field.name), code(attributeOf(field)?.name), code(field.type?.text), code(field.default), `${field.description ?? ''}${field.readonly ? ' Read only.' : ''}`,
    ])),
    section('Methods', ['method', ''], methods.map((method) => [code(`${method.name}(${(method.parameters ?? []).map(parameter).join(', ')})`), method.description])),
    section('Events', ['event', 'class', ''], events.map((event) => [code(event.name), code(event.type.text), event.description])),
    section('Slots', ['slot', ''], slots.map((slot) => [code(slot.name), slot.description])),
    section('Parts', ['part', ''], cssParts.map((part) => [code(part.name), part.description])),
    section('States', ['state', ''], cssStates.map((state) => [code(`:state(${state.name})`), state.description])),
  ];
}

function parameter({ name, type, default: initial }) {
  return `${name}: ${type?.text ?? 'unknown'}${initial === undefined ? '' : ` = ${initial}`}`;
}

function section(heading, head, rows) {
  return rows.length === 0 ? '' : `**${heading}**\n\n${table(head, rows)}`;
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => (cell ?? '').replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

function code(text) {
  return text === undefined || text === '' ? '' : `\`${text}\``;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync('docs/api.md', apiDoc(JSON.parse(readFileSync('dist/custom-elements.json', 'utf8'))));
}
