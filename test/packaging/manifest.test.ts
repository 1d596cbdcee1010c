// The manifest says what the classes are: held against them in a browser, against the README and against the types for frameworks; and docs/api.md is made of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { apiDoc } from '../../build/api-doc.mjs';
import { openBrowser } from '../helpers/browser-page.js';

interface Named { readonly name: string; readonly description?: string }
interface Field extends Named { readonly kind: string; readonly type?: { text: string }; readonly default?: string; readonly readonly?: boolean; readonly fieldName?: string }
interface Declaration extends Named {
  readonly tagName?: string;
  readonly members: readonly Field[];
  readonly attributes?: readonly Field[];
  readonly events?: readonly Field[];
  readonly cssParts?: readonly Named[];
  readonly cssStates?: readonly Named[];
  readonly cssProperties?: readonly (Named & { default: string })[];
  readonly slots?: readonly Named[];
}
interface Manifest { readonly modules: readonly { path: string; declarations: readonly Declaration[]; exports: readonly { kind: string; name: string }[] }[] }

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('dist/custom-elements.json')) as Manifest;
const declarations = manifest.modules.flatMap((module) => module.declarations);
const elements = declarations.filter((declaration): declaration is Declaration & { tagName: string } => declaration.tagName !== undefined);
const viewer = elements.find(({ tagName }) => tagName === 'system-logs') as Declaration;
const sorted = (names: Iterable<string>): string[] => [...names].sort();

let browser: Browser, page: Page;
before(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
  // the loader of these tests writes this helper into every function
  await page.addInitScript('globalThis.__name = (value) => value;');
  await page.goto('about:blank');
  await page.setContent('<!doctype html>');
  await page.addScriptTag({ path: join(ROOT, 'dist/cdn/system-logs.iife.min.js') });
});
after(() => browser.close());

test('four elements are described, by the paths that are shipped', () => {
  assert.deepEqual(sorted(elements.map(({ tagName }) => tagName)), ['log-detail', 'log-filters', 'log-list', 'system-logs']);
  for (const { path } of manifest.modules) assert.match(path, /^dist\/elements\/[a-z-]+\.js$/);
  assert.doesNotMatch(read('dist/custom-elements.json'), /src\//);
  for (const { tagName } of elements) {
    assert.ok(manifest.modules.some(({ path, exports }) => path === `dist/elements/${tagName}.js` && exports.some(({ kind, name }) => kind === 'custom-element-definition' && name === tagName)));
  }
});

test('everything that is described has words, and a value its type', () => {
  for (const declaration of declarations) {
    const { name, members, attributes = [], events = [], cssParts = [], cssStates = [], cssProperties = [], slots = [] } = declaration;
    for (const item of [declaration, ...members, ...attributes, ...events, ...cssParts, ...cssStates, ...cssProperties, ...slots]) {
      assert.ok((item.description ?? '') !== '', `${name}: ${item.name} has no description`);
    }
    for (const item of [...members.filter(({ kind }) => kind === 'field'), ...attributes, ...events]) {
      assert.ok(item.type !== undefined, `${name}: ${item.name} has no type`);
      assert.doesNotMatch(item.default ?? '', /[A-Z]{2}/, `${name}: the default of ${item.name} is the name of a constant`);
    }
  }
});

for (const { tagName, name, members, attributes = [] } of elements) {
  test(`<${tagName}> has the attributes, properties, defaults and methods of its description`, async () => {
    const fields = members.filter(({ kind }) => kind === 'field'), methods = members.filter(({ kind }) => kind === 'method');
    const real = await page.evaluate(([tag, fieldNames, methodNames]) => {
      const constructor = customElements.get(tag) as unknown as { observedAttributes: string[]; elementProperties: Map<string, { attribute?: unknown; state?: boolean }>; prototype: object };
      const element = document.createElement(tag) as unknown as Record<string, unknown>;
      const descriptorOf = (key: string): PropertyDescriptor | undefined => {
        for (let object: object | null = constructor.prototype; object !== null; object = Object.getPrototypeOf(object) as object | null) {
          const descriptor = Object.getOwnPropertyDescriptor(object, key);
          if (descriptor !== undefined) return descriptor;
        }
        return Object.getOwnPropertyDescriptor(element, key);
      };
      return {
        observed: constructor.observedAttributes,
        reactive: [...constructor.elementProperties].filter(([, { state }]) => state !== true).map(([key]) => key),
        fields: fieldNames.map((key) => [key, JSON.stringify(element[key]) ?? '', descriptorOf(key)?.set !== undefined || descriptorOf(key)?.get === undefined]),
        methods: methodNames.map((key) => typeof element[key]),
      };
    }, [tagName, fields.map((field) => field.name), methods.map((method) => method.name)] as const);

    assert.deepEqual(sorted(real.observed), sorted(attributes.map((attribute) => attribute.name)));
    const described = fields.map((field) => field.name);
    assert.deepEqual(real.reactive.filter((key) => !described.includes(key) && key !== 'clock'), [], `${name} has properties that are not described`);
    assert.deepEqual(real.methods, methods.map(() => 'function'));
    for (const [index, { name: key, default: initial, readonly: isReadOnly = false }] of fields.entries()) {
      const [, value, isWritable] = real.fields[index] as [string, string, boolean];
      if (initial !== undefined) assert.equal(value, initial.replaceAll("'", '"'), `${tagName}.${key}`);
      if (isReadOnly && key !== 'controller') assert.equal(isWritable, false, `${tagName}.${key} is writable`);
    }
    for (const { name: attribute, fieldName = '', default: initial } of attributes) {
      assert.equal(fields.find((field) => field.name === fieldName)?.default, initial, attribute);
    }
  });
}

test('each event of the description is made by the class that it names', async () => {
  const classes = new Map(elements.flatMap(({ events = [] }) => events.map((event) => [event.name, event.type?.text ?? ''] as const)));
  assert.equal(classes.size, 8);
  const made = await page.evaluate((names) => {
    const bundle = (window as unknown as { SystemLogs: Record<string, new (data: object) => Event> }).SystemLogs;
    return names.map((name) => {
      const event = bundle[name] === undefined ? null : new bundle[name]({});
      return [event?.type, event?.bubbles, event?.composed, Object.keys(event ?? {}).filter((key) => key !== 'isTrusted').sort().join()];
    });
  }, [...classes.values()]);
  assert.deepEqual(made, [...classes].map(([event, className]) => [
    event, true, true, sorted(declarations.find(({ name }) => name === className)?.members.map(({ name }) => name) ?? []).join(),
  ]));
});

test('each part and slot of the description stands in the templates', () => {
  for (const { tagName, cssParts = [], slots = [] } of elements) {
    const sources = [tagName, 'log-row', 'detail-head', 'error-stack', 'json-tree', 'request-view', 'row-painter', 'instance-filter'].map((file) => read(`src/elements/${file}.ts`)).join('\n');
    for (const { name } of cssParts) assert.match(sources, new RegExp(`(?:part(?:="|', ')|[ ,"'])${name}(?=[ ,"'])`), `${tagName}: part ${name}`);
    for (const { name } of slots) assert.match(sources, new RegExp(`<slot name="${name}"`), `${tagName}: slot ${name}`);
  }
});

test('each custom property of the description is read by the elements, and no other', () => {
  const theme = new Set([...read('src/elements/theme.styles.ts').matchAll(/var\((--log-[\w-]+),/g)].map(([, name]) => name as string));
  for (const { cssProperties = [] } of elements) assert.deepEqual(sorted(cssProperties.map(({ name }) => name)), sorted(theme));
});

test('the tables of the README have the attributes, defaults and events of the description', () => {
  const rows = read('README.md').split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  const words = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word as string);
  const attributes = viewer.attributes ?? [], known = new Set(attributes.map(({ name }) => name));
  const inReadme = rows.flatMap(([names, initial]) => words(names).filter((name) => known.has(name)).map((name) => [name, words(initial)[0]] as const));
  // `level` is an option of the server too, in a table of its own
  assert.deepEqual(sorted(new Set(inReadme.map(([name]) => name))), sorted(known));
  for (const [name, initial] of inReadme) if (initial !== undefined) assert.ok(attributes.some((attribute) => attribute.name === name && attribute.default === `'${initial}'`), `${name} is said to be ${initial}`);
  assert.deepEqual(sorted(new Set(rows.flatMap(([names]) => words(names).filter((name) => /^log-(?!list|detail|filters)/.test(name))))), sorted((viewer.events ?? []).map(({ name }) => name)));
});

test('the types for frameworks have the properties, attributes and events of the description', () => {
  const types = read('types/elements.d.ts');
  for (const { tagName, members, events = [], attributes = [] } of elements) {
    const [, shape = ''] = new RegExp(`'${tagName}': Shape<([^;]*)>;`).exec(types) ?? [], quoted = sorted([...shape.matchAll(/'([\w-]+)'/g)].map(([, word]) => word as string));
    const named = shape.includes('keyof LogEventMap') ? [] : events.map(({ name }) => name);
    assert.deepEqual(quoted, sorted([...members.filter(({ kind, readonly: isReadOnly }) => kind === 'field' && isReadOnly !== true).map(({ name }) => name), ...named]), tagName);
    for (const { name, fieldName } of attributes) if (name !== fieldName) assert.ok(types.includes(`'${name}'?:`), `${tagName}: ${name}`);
  }
});

test('docs/api.md is what the manifest gives: after a change, npm run docs:api', () => {
  assert.equal(read('docs/api.md'), apiDoc(manifest));
});

test('of each attribute an editor is told what it can be, and its default', () => {
  const { tags } = JSON.parse(read('dist/vscode.html-custom-data.json')) as { tags: { name: string; attributes: (Named & { values: Named[] })[] }[] };
  for (const { tagName, attributes = [] } of elements) {
    for (const { name, type, default: initial = 'null', description = '' } of attributes) {
      assert.match(type?.text ?? '', /^(?:(?:string|number|boolean|null|'[\w-]+')(?: \| |$))+$/, `${tagName} ${name}`);
      if (!['null', 'false', "''"].includes(initial)) assert.match(description, new RegExp(`\`${initial.replaceAll("'", '')}\` \\(default\\)|Default: \`${initial.replaceAll("'", '')}\`\\.$`), `${tagName} ${name}`);
      const offered = tags.find((tag) => tag.name === tagName)?.attributes.find((attribute) => attribute.name === name);
      assert.equal(offered?.description, description);
      assert.deepEqual(offered?.values.map((value) => value.name), [...(type?.text ?? '').matchAll(/'([\w-]+)'/g)].map(([, word]) => word), `${tagName} ${name}`);
    }
  }
});

test('editors get the same elements', () => {
  const { tags } = JSON.parse(read('dist/vscode.html-custom-data.json')) as { tags: { name: string; attributes: Named[] }[] };
  assert.deepEqual(sorted(tags.map(({ name }) => name)), sorted(elements.map(({ tagName }) => tagName)));
  assert.deepEqual(sorted(tags.find(({ name }) => name === 'system-logs')?.attributes.map(({ name }) => name) ?? []), sorted((viewer.attributes ?? []).map(({ name }) => name)));
});
