// Every colour, font, size of type and radius of the viewer is a token of theme.styles.ts: no other style sheet of the elements names one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const FOLDER = new URL('../../src/elements/', import.meta.url);
const sheets = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).flatMap((file) =>
  [...readFileSync(new URL(file, FOLDER), 'utf8').matchAll(/\bcss`([^`]*)`/g)].map(([, text = '']) => ({ file, text: text.replace(/\/\*.*?\*\//gs, '') })));

/** A declaration's value without what stands for no literal: tokens, `inherit`, what is computed of them, and geometry in `50%` or 0. */
const GUISES = /var\(--_[\w-]+\)|\b(?:inherit|currentColor|currentcolor|transparent|none|calc|normal)\b|\b0(?:px)?(?![\d.])|50%/g;
/** With forced colours the system's own are the only right ones. */
const SYSTEM = /\b(?:CanvasText|Canvas|HighlightText|Highlight|ButtonBorder|ButtonText|ButtonFace|MarkText|Mark|GrayText|LinkText|Field|FieldText)\b/g;
const COLOUR = /#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|light-dark)\(|\b(?:black|white|gr[ae]y|red|green|blue|yellow|orange|purple|silver)\b/i;

interface Declaration { readonly file: string; readonly name: string; readonly value: string }

function declarations(isTheme: boolean): Declaration[] {
  return sheets.filter(({ file }) => (file === 'theme.styles.ts') === isTheme).flatMap(({ file, text }) =>
    [...text.matchAll(/(?<=[{;]\s*)([\w-]+):([^;{}]+)(?=[;}])/g)].map(([, name = '', value = '']) => ({ file, name, value: value.trim() })));
}

const literal = ({ file, name, value }: Declaration): string => `${file} { ${name}: ${value} }`;

test('the sheets are read', () => {
  assert.ok(sheets.length > 15);
  assert.ok(declarations(false).length > 500, String(declarations(false).length));
});

test('no sheet but the theme names a colour', () => {
  assert.deepEqual(declarations(false).filter(({ value }) => COLOUR.test(value.replace(SYSTEM, ''))).map(literal), []);
});

test('no sheet but the theme names a font, its size or its weight', () => {
  const isFont = ({ name, value }: Declaration): boolean => {
    const rest = value.replace(GUISES, '');
    if (name === 'font-family' || name === 'font-size') return /[a-z\d]/i.test(rest);
    // 400 is the weight of what is not emphasised; a shorthand may have a line height of its own
    if (name === 'font-weight') return /[1-35-9]00|bold/.test(rest);
    return name === 'font' && /[a-z\d]/i.test(rest.replace(/\/\s*(?:[\d.]+(?:lh)?)?/, '').replace(/\b400\b/, ''));
  };
  assert.deepEqual(declarations(false).filter(isFont).map(literal), []);
});

test('no sheet but the theme names a radius', () => {
  assert.deepEqual(declarations(false).filter(({ name, value }) => /radius$/.test(name) && /[a-z\d]/i.test(value.replace(GUISES, '').replace(/\/ \d\b/g, ''))).map(literal), []);
});

test('each token of the theme can be set from outside, and is used', () => {
  const theme = sheets.find(({ file }) => file === 'theme.styles.ts')?.text ?? '', others = sheets.filter(({ file }) => file !== 'theme.styles.ts').map(({ text }) => text).join('\n');
  for (const { name, value } of declarations(true)) {
    assert.match(value, new RegExp(`var\\(--log-${name.slice('--_'.length)},`), `${name} is not what --log-${name.slice('--_'.length)} says`);
    assert.ok(others.includes(`var(${name})`) || theme.includes(`var(${name})`), `${name} is used by nothing`);
  }
});

test('docs/theming.md lists each token with its default, and no others', () => {
  const doc = readFileSync(new URL('../../docs/theming.md', import.meta.url), 'utf8');
  const listed = new Map([...doc.matchAll(/^\| `(--log-[\w-]+)` \| (.+?) \|/gm)].map(([, name = '', value = '']) => [name, value]));
  const theme = (sheets.find(({ file }) => file === 'theme.styles.ts')?.text ?? '').split('@media')[0] ?? '';
  const real = new Map([...theme.matchAll(/var\((--log-[\w-]+), (.+?)\);/g)].map(([, name = '', value = '']) =>
    [name, value.replace(/^light-dark\((#\w+), (#\w+)\)$/, '`$1` · `$2`').replace(/^([^`].*)$/, '`$1`')]));
  assert.deepEqual(Object.fromEntries(listed), Object.fromEntries(real));
});
