import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import astro from 'eslint-plugin-astro';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * A folder or file, where its code runs, and the folders from which it imports. `anywhere` means
 * without Node, the DOM or Astro.
 * @typedef {{ folder: string, runs: 'anywhere' | 'browser' | 'Node', imports: string[] }} Layer
 */

/**
 * What each layer may import: itself, and the layers that its row lists. A file belongs to the row
 * with the longest matching path. The table in README's "How it fits together" explains the layers;
 * `tests/layers.test.ts` checks it against these rules.
 * @type {readonly (readonly [folder: string, runs: Layer['runs'], imports?: string])[]}
 */
const ROWS = [
  ['src/core/lesson', 'anywhere'],
  ['src/core/recording', 'anywhere', 'src/core/lesson'],
  ['src/core/reference', 'anywhere', 'src/core/lesson'],
  ['src/core/pasted', 'anywhere', 'src/core/recording'],
  ['src/core/session', 'anywhere', 'src/core/lesson src/core/recording'],
  ['src/core/run', 'anywhere', 'src/core/lesson src/core/recording src/core/session'],
  ['src/core/screen', 'anywhere', 'src/core/recording'],
  ['src/process', 'Node'],
  ['src/store', 'Node', 'src/core src/process'],
  ['src/browser-lab/format', 'anywhere', 'src/core/lesson'],
  ['src/browser-lab/network', 'anywhere', 'src/browser-lab/format'],
  ['src/site/i18n', 'anywhere', 'src/core/lesson src/core/screen'],
  ['src/site/styles', 'browser'],
  ['src/site/client', 'browser', 'src/core src/site/i18n src/site/styles'],
  [
    'src/browser-lab',
    'browser',
    'src/core src/browser-lab/format src/browser-lab/network src/site/i18n src/site/client',
  ],
  ['src/browser-lab/build', 'Node', 'src/core src/store src/browser-lab'],
  ['src/site/client/page.ts', 'browser', 'src/site/client src/browser-lab'],
  ['src/site', 'Node', 'src/core src/store src/browser-lab'],
  ['astro.config.mjs', 'Node', 'src/core src/store src/site'],
  ['scripts/lab', 'Node', 'src/core/recording src/process'],
  ['scripts/command', 'Node', 'scripts/lab'],
  ['scripts/site', 'Node', 'scripts/lab'],
  ['scripts/recorder', 'Node', 'src/core src/store scripts/lab scripts/command'],
  ['scripts/browser-lab/step.ts', 'Node', 'scripts/lab'],
  [
    'scripts/browser-lab',
    'Node',
    'src/core src/store src/browser-lab/format src/browser-lab/network scripts/lab scripts/command scripts/browser-lab/step.ts',
  ],
  ['scripts/export', 'Node', 'src/core src/store'],
  ['scripts/export/kit', 'Node', 'src/core src/store scripts/lab scripts/export'],
  [
    'scripts/ci',
    'Node',
    'src/core src/store src/browser-lab/format scripts/command scripts/browser-lab/step.ts',
  ],
  ['scripts/tools/fixtures', 'Node', 'src/core src/store src/browser-lab/format scripts/site'],
  ['scripts/tools/author', 'Node', 'src/core/lesson scripts/command'],
  [
    'scripts/tools/move-lesson',
    'Node',
    'src/core src/store scripts/command scripts/recorder scripts/tools/author',
  ],
  ['scripts/tools/lint', 'Node', 'src/core src/store'],
  ['scripts/tools/engines', 'Node', 'src/core src/store scripts/recorder'],
  [
    'scripts/tools/bench',
    'Node',
    'src/core src/store scripts/lab scripts/site scripts/recorder scripts/tools/fixtures',
  ],
  ['scripts/tools/audit', 'Node', 'scripts/lab scripts/site scripts/tools/bench'],
  ['scripts/tools/vitest.ts', 'Node', 'scripts/command'],
  ['scripts', 'Node', 'src/core src/store'],
  ['tests', 'Node', 'src scripts eslint.config.js'],
];

/** @type {readonly Layer[]} */
export const LAYERS = ROWS.map(([folder, runs, imports = '']) => ({
  folder,
  runs,
  imports: imports.split(' ').filter(Boolean),
}));

const TESTS = '**/*.test.ts';
/** The scripts in `.astro` files, as extracted by eslint-plugin-astro. */
const ASTRO_SCRIPTS = '**/*.astro/*.ts';

const NODE = { regex: '^node:', message: 'This layer does not run in Node.' };
const ASTRO = { regex: '^astro($|:|/(?!zod$))', message: 'Only the site imports Astro.' };
const DOCKER = { regex: '^dockerode', message: 'Docker is reached through scripts/lab.' };
const TEST = { regex: '\\.test\\.ts$', message: 'Nothing imports a test.' };

/** Packages and globals that are not available to a layer, by where it runs. */
const ABSENT = {
  anywhere: {
    packages: [NODE, ASTRO],
    globals: ['document', 'window', 'navigator', 'process', 'Buffer'],
  },
  browser: { packages: [NODE, ASTRO], globals: ['process', 'Buffer'] },
  Node: { packages: [], globals: [] },
};

/**
 * Covers `import(…)`, which `no-restricted-imports` does not check.
 * @param {{ regex: string, message: string }} pattern
 */
const loaded = ({ regex, message }) => ({
  // A regular expression in a selector cannot contain a slash.
  selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002f')}/]`,
  message,
});

/**
 * Forbids imports from project folders that the layer does not list, and from layers that run
 * elsewhere.
 * @param {Layer} layer
 * @param {readonly string[]} more additional allowed paths
 * @returns {import('eslint').Linter.RulesRecord}
 */
function pathRule({ folder, runs, imports }, more = []) {
  const allowed = new Set(['node_modules', folder, ...imports, ...more]);
  const except = [...allowed].map((path) => `./${path}`);
  const list = imports.join(', ') || 'no other layer';
  const message = `${folder} imports only ${list}: see LAYERS in eslint.config.js.`;
  /** @param {Layer} other */
  const isElsewhere = (other) => !['anywhere', runs].includes(other.runs) && runs !== 'Node';
  const zones = [
    { target: '.', from: '.', except, message },
    ...LAYERS.filter(isElsewhere).map((other) => ({
      target: '.',
      from: `./${other.folder}`,
      except: LAYERS.filter(
        (inner) => !isElsewhere(inner) && inner.folder.startsWith(`${other.folder}/`),
      ).map((inner) => `./${inner.folder.slice(other.folder.length + 1)}`),
      message: `It runs in ${other.runs} only.`,
    })),
  ];
  return { 'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }] };
}

/**
 * The rules of a layer. Its unit tests may also use Node and the shared test fixtures.
 * @param {Layer} layer
 * @returns {import('eslint').Linter.Config[]}
 */
function layerRules(layer) {
  const { packages, globals } = ABSENT[layer.runs];
  const isFile = /\.\w+$/.test(layer.folder);
  const patterns = [...packages, ...(layer.folder === 'scripts/lab' ? [] : [DOCKER]), TEST];
  const code = {
    files: [isFile ? layer.folder : `${layer.folder}/**`],
    rules: {
      ...pathRule(layer),
      'no-restricted-imports': ['error', { patterns }],
      'no-restricted-syntax': ['error', ...patterns.map(loaded)],
      'no-restricted-globals': ['error', ...globals],
    },
  };
  const tests = {
    files: [`${layer.folder}/${TESTS}`],
    rules: {
      ...pathRule(layer, ['scripts/tools/fixtures']),
      'no-restricted-imports': ['error', { patterns: [TEST] }],
      'no-restricted-syntax': 'off',
      'no-restricted-globals': 'off',
    },
  };
  return isFile ? [code] : [code, tests];
}

/** The layers, outer folders before inner ones: if two match a file, the later one applies. */
const byDepth = LAYERS.toSorted((a, b) => a.folder.length - b.folder.length);

export default defineConfig(
  { ignores: ['dist/', 'kit/', 'node_modules/', '.astro/', 'recordings/', 'src/site/env.d.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    ignores: [ASTRO_SCRIPTS],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'no-console': 'error',
      // Terminal output contains control characters.
      'no-control-regex': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  // `astro check` checks the types in these files.
  astro.configs.base,
  {
    files: ['**/*.astro', ASTRO_SCRIPTS],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: { 'no-undef': 'off', 'no-unused-vars': 'off' },
  },
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver()] },
  },
  byDepth.map(layerRules),
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
);
