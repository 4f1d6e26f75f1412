import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom. The folders are the stages of the flow
 * lesson → session in a lab → recording → page, and an arrow only goes one way:
 *
 *   src/lesson, src/recording   pure: text in, data out; no files, no Docker, no Astro
 *   src/session                 pure as well: types commands into a terminal that it is handed
 *   src/vm                      pure as well: what the browser lab's folder holds, and how its machine is started
 *   src/try                     pure as well: which steps of a lesson run in the browser lab, and how they are played there
 *   src/screen                  pure as well: what a recorded screen looks like in HTML
 *   src (the site)              imports the pure three; never a script
 *   scripts                     import the pure three; never a page or a component
 *   scripts/lab                 knows nothing of lessons or recordings
 *   scripts/export              reads the built site; it plays nothing and needs no lab
 */
const ASTRO = { regex: '^astro($|:)', message: 'Only the site may import Astro.' };
const NODE = {
  regex: '^node:',
  message: 'This folder is pure: hand it text, and write its result elsewhere.',
};
const DOCKER = { regex: 'dockerode', message: 'Docker is reached through scripts/lab only.' };
const SCRIPTS = { regex: '(^|/)scripts/', message: 'The site never imports a script.' };
const SITE = {
  regex: '(^|/)src/(?!lesson/|recording/|screen/|session/|try/|vm/)',
  message:
    'Scripts share only src/lesson, src/recording, src/session, src/screen, src/try and src/vm with the site.',
};
const layer = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '.astro/', 'recordings/', '**/*.astro', 'src/env.d.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'no-console': 'error',
      // Terminals speak in control characters.
      'no-control-regex': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  layer(
    ['src/lesson/**/*.ts'],
    [
      ASTRO,
      NODE,
      DOCKER,
      SCRIPTS,
      { regex: '/recording/', message: 'A lesson knows nothing of its recording.' },
    ],
    ['**/*.test.ts'],
  ),
  layer(
    ['src/recording/**/*.ts'],
    [
      ASTRO,
      NODE,
      DOCKER,
      SCRIPTS,
      { regex: '/screen/', message: 'A recording knows nothing of how it is shown.' },
    ],
    ['**/*.test.ts'],
  ),
  layer(
    ['src/session/**/*.ts'],
    [
      ASTRO,
      NODE,
      DOCKER,
      SCRIPTS,
      {
        regex: '/(screen|try)/',
        message: 'A session knows nothing of how its recording is shown, nor of the browser lab.',
      },
    ],
    ['**/*.test.ts'],
  ),
  layer(
    ['src/vm/**/*.ts'],
    [
      ASTRO,
      NODE,
      DOCKER,
      SCRIPTS,
      { regex: '^\\.\\./', message: 'What is in the browser lab knows nothing of lessons.' },
    ],
    ['**/*.test.ts'],
  ),
  layer(
    ['src/try/**/*.ts'],
    [
      ASTRO,
      NODE,
      DOCKER,
      SCRIPTS,
      {
        regex: '^\\.\\./(?!lesson/|recording/|session/)',
        message: 'How steps run in the browser lab does not depend on the page.',
      },
    ],
    ['**/*.test.ts'],
  ),
  layer(
    ['src/screen/**/*.ts'],
    [
      ASTRO,
      NODE,
      DOCKER,
      SCRIPTS,
      { regex: '^\\.\\./(?!recording/)', message: 'What is shown is a recording: nothing else.' },
    ],
    ['**/*.test.ts'],
  ),
  layer(['src/*.ts', 'src/{components,layouts,pages,markdown,client}/**/*.ts'], [DOCKER, SCRIPTS]),
  layer(['scripts/**/*.ts'], [SITE, DOCKER], ['scripts/lab/**', 'scripts/lint/**', '**/*.test.ts']),
  layer(
    ['scripts/lint/**/*.ts'],
    [
      DOCKER,
      {
        regex: '(^|/)src/(?!lesson/|recording/|reference/|translations\\.ts)',
        message:
          'Of the site, lint only knows what refers to lessons: the reference, translations.',
      },
    ],
    ['**/*.test.ts'],
  ),
  layer(
    ['scripts/ci/**/*.ts'],
    [
      SITE,
      DOCKER,
      {
        regex: '(^|/)(record|lab)/',
        message: 'CI works with what a run leaves behind (its JSON, its files): it plays nothing.',
      },
    ],
  ),
  layer(
    ['scripts/author/**/*.ts'],
    [
      SITE,
      DOCKER,
      {
        regex: '(^|/)(record|recording|lab|ci)/',
        message: 'What helps to write knows lessons only.',
      },
    ],
    ['**/*.test.ts'],
  ),
  layer(
    ['scripts/export/**/*.ts'],
    [
      SITE,
      DOCKER,
      {
        regex: '(^|/)(record|lab|site)/',
        message: 'An export is made from the built site: it plays and builds nothing.',
      },
    ],
    ['**/*.test.ts'],
  ),
  layer(
    ['scripts/lab/**/*.ts'],
    [
      SITE,
      { regex: '(^|/)record/', message: 'A lab knows nothing of recording.' },
      {
        regex: '/src/(?!recording/proof)',
        message: 'A lab knows nothing of lessons or recordings, but for what a proof tells of it.',
      },
    ],
  ),
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
