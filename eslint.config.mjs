import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// What would let the text of a log become markup, script or style. A log entry is hostile text.
const unsafe = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc', 'cssText'].map((name) => ({
  selector: `MemberExpression[property.name="${name}"]`,
  message: `${name} turns text into markup or style; bind text instead.`,
}));

export default defineConfig(
  // the pages of the frameworks are compiled by these, each with rules of its own
  { ignores: ['dist/', 'coverage/', 'test/fixtures/', 'test/packaging/types/', 'types/', 'demo/frameworks/{angular,dist,react,solid,svelte,vue}/'] },
  js.configs.recommended,
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  { files: ['demo/pages/**/*.js', 'demo/frameworks/**/*.js'], languageOptions: { globals: globals.browser } },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'demo/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }] },
  },
  // chai's assertions look like promises and expressions
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/no-unnecessary-type-assertion': 'off', '@typescript-eslint/unbound-method': 'off' } },
  {
    files: ['src/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/best-practice']],
    rules: {
      'no-restricted-syntax': ['error', ...unsafe],
      'no-restricted-imports': ['error', { patterns: ['lit/directives/unsafe-*', 'lit/static-html.js', 'lit/directives/style-map.js'] }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'wc/guard-super-call': 'off',
    },
  },
);
