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
 * What each layer may import: itself, and the layers above that its row lists. A file belongs to
 * the row with the longest matching path. The table in README's "How it fits together" explains the
 * layers; `tests/layers.test.ts` checks it against these rules.
 * @type {readonly Layer[]}
 */
export const LAYERS = [
  { folder: 'src/core/lesson', runs: 'anywhere', imports: [] },
  { folder: 'src/core/recording', runs: 'anywhere', imports: ['src/core/lesson'] },
  { folder: 'src/core/reference', runs: 'anywhere', imports: ['src/core/lesson'] },
  {
    folder: 'src/core/session',
    runs: 'anywhere',
    imports: ['src/core/lesson', 'src/core/recording'],
  },
  {
    folder: 'src/core/run',
    runs: 'anywhere',
    imports: ['src/core/lesson', 'src/core/recording', 'src/core/session'],
  },
  { folder: 'src/core/screen', runs: 'anywhere', imports: ['src/core/recording'] },
  { folder: 'src/process', runs: 'Node', imports: [] },
  { folder: 'src/store', runs: 'Node', imports: ['src/core', 'src/process'] },
  { folder: 'src/browser-lab/format', runs: 'anywhere', imports: [] },
  { folder: 'src/site/i18n', runs: 'anywhere', imports: ['src/core/lesson', 'src/core/screen'] },
  { folder: 'src/site/styles', runs: 'browser', imports: [] },
  {
    folder: 'src/site/client',
    runs: 'browser',
    imports: ['src/core', 'src/site/i18n', 'src/site/styles'],
  },
  {
    folder: 'src/browser-lab',
    runs: 'browser',
    imports: ['src/core', 'src/browser-lab/format', 'src/site/i18n', 'src/site/client'],
  },
  {
    folder: 'src/browser-lab/build',
    runs: 'Node',
    imports: ['src/core', 'src/store', 'src/browser-lab'],
  },
  {
    folder: 'src/site/client/page.ts',
    runs: 'browser',
    imports: ['src/site/client', 'src/browser-lab'],
  },
  {
    folder: 'src/site',
    runs: 'Node',
    imports: ['src/core', 'src/store', 'src/browser-lab'],
  },
  { folder: 'astro.config.mjs', runs: 'Node', imports: ['src/core', 'src/store', 'src/site'] },
  { folder: 'scripts/lab', runs: 'Node', imports: ['src/core/recording', 'src/process'] },
  { folder: 'scripts/command', runs: 'Node', imports: ['scripts/lab'] },
  { folder: 'scripts/site', runs: 'Node', imports: ['scripts/lab'] },
  {
    folder: 'scripts/recorder',
    runs: 'Node',
    imports: ['src/core', 'src/store', 'scripts/lab', 'scripts/command'],
  },
  { folder: 'scripts/browser-lab/step.ts', runs: 'Node', imports: ['scripts/lab'] },
  {
    folder: 'scripts/browser-lab',
    runs: 'Node',
    imports: [
      'src/core',
      'src/store',
      'src/browser-lab/format',
      'scripts/lab',
      'scripts/command',
      'scripts/browser-lab/step.ts',
    ],
  },
  { folder: 'scripts/export', runs: 'Node', imports: ['src/core', 'src/store'] },
  {
    folder: 'scripts/ci',
    runs: 'Node',
    imports: [
      'src/core',
      'src/store',
      'src/browser-lab/format',
      'scripts/command',
      'scripts/browser-lab/step.ts',
    ],
  },
  {
    folder: 'scripts/tools/fixtures',
    runs: 'Node',
    imports: ['src/core', 'src/store', 'src/browser-lab/format', 'scripts/site'],
  },
  { folder: 'scripts/tools/author', runs: 'Node', imports: ['src/core/lesson', 'scripts/command'] },
  {
    folder: 'scripts/tools/move-lesson',
    runs: 'Node',
    imports: [
      'src/core',
      'src/store',
      'scripts/command',
      'scripts/recorder',
      'scripts/tools/author',
    ],
  },
  { folder: 'scripts/tools/lint', runs: 'Node', imports: ['src/core', 'src/store'] },
  { folder: 'scripts/tools/engines', runs: 'Node', imports: ['src/core', 'scripts/recorder'] },
  {
    folder: 'scripts/tools/bench',
    runs: 'Node',
    imports: [
      'src/core',
      'src/store',
      'scripts/lab',
      'scripts/site',
      'scripts/recorder',
      'scripts/tools/fixtures',
    ],
  },
  {
    folder: 'scripts/tools/audit',
    runs: 'Node',
    imports: ['scripts/lab', 'scripts/site', 'scripts/tools/bench'],
  },
  { folder: 'scripts/tools/vitest.ts', runs: 'Node', imports: ['scripts/command'] },
  { folder: 'scripts', runs: 'Node', imports: ['src/core', 'src/store'] },
  { folder: 'tests', runs: 'Node', imports: ['src', 'scripts', 'eslint.config.js'] },
];

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
  { ignores: ['dist/', 'node_modules/', '.astro/', 'recordings/', 'src/site/env.d.ts'] },
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
