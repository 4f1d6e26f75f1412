import { Ajv2020 } from 'ajv/dist/2020.js';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { optionRules } from '../../../src/core/lesson/options.ts';
import { frontMatterSchema } from '../../../src/core/lesson/schema.ts';
import { type Example, examplesOf } from './examples.ts';
import { authoringReference, frontMatterJson, isExampleIn, withoutExamples } from './reference.ts';

const LESSONS = 'content/lessons';

test('the committed reference is current', { timeout: 60_000 }, () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['scripts/command/run.mjs', 'scripts/docs.ts', '--check'],
    { encoding: 'utf8' },
  );
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('every field and every option is documented', () => {
  const text = authoringReference(new Map());
  for (const name of Object.keys(frontMatterSchema.shape))
    expect(text).toContain(`| \`${name}\` |`);
  for (const [name, { meaning }] of Object.entries(optionRules)) {
    expect(text).toContain(`### \`${name}\`\n`);
    expect(text).toContain(meaning);
  }
});

test('an example is the shortest step with the option, and a word in a value is not an option', () => {
  const long = '```console long hide\n$ echo one\n$ echo two\n$ echo three\n```';
  const short = '```console short hide expect="until keys"\n$ echo\n```';
  const texts = new Map([
    ['a', `Prose.\n\n${long}\n\n\`\`\`sh hide\nno step\n\`\`\`\n`],
    ['b', `${short}\n`],
  ]);
  const found = examplesOf(texts);
  expect([...found.keys()].sort()).toEqual(['expect', 'hide']);
  expect(found.get('hide')).toEqual({ lesson: 'b', step: 'short', text: short });
});

test('an example may be in a list or a tilde fence, but not in a code sample', () => {
  const texts = new Map([
    ['a', '- x\n\n  ~~~console one cols=100\n  $ true\n  ~~~\n'],
    ['b', '````md\n```console two hide\n$ true\n```\n````\n'],
  ]);
  const text = '```console one cols=100\n$ true\n```';
  expect([...examplesOf(texts)]).toEqual([['cols', { lesson: 'a', step: 'one', text }]]);
});

test('an example stays as long as it is in its lesson', () => {
  const text = '```console one hide\n$ true\n$ true\n```';
  const reference = authoringReference(new Map([['hide', { lesson: 'a', step: 'one', text }]]));
  const shorter = '```console two hide\n$ true\n```';
  const current = (name: string, example: Example) => isExampleIn(reference, name, example);
  const both = examplesOf(new Map([['a', `${shorter}\n\n${text}\n`]]), current);
  expect(both.get('hide')).toEqual({ lesson: 'a', step: 'one', text });
  expect(examplesOf(new Map([['a', `${shorter}\n`]]), current).get('hide')?.step).toBe('two');
});

test('without its examples, the reference equals one made without lessons', () => {
  const text = '```console one hide\n$ true\n```';
  const bare = authoringReference(new Map());
  const full = authoringReference(new Map([['hide', { lesson: 'a', step: 'one', text }]]));
  expect(full).not.toBe(bare);
  expect(withoutExamples(full)).toBe(withoutExamples(bare));
  // What the registry says stays.
  expect(withoutExamples(full.replace('not shown', 'shown'))).not.toBe(withoutExamples(bare));
});

test('the schema for editors accepts the lessons and rejects unknown fields', () => {
  const validate = new Ajv2020().compile(JSON.parse(frontMatterJson()) as object);
  const files = readdirSync(LESSONS).filter((name) => name.endsWith('.mdx'));
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) {
    const [, yaml = ''] = readFileSync(join(LESSONS, name), 'utf8').split(/^---$/m);
    expect(validate(parse(yaml)), name).toBe(true);
  }
  expect(validate({ title: 'A', description: 'B', colour: 'red' })).toBe(false);
  expect(validate({ title: 'A' })).toBe(false);
  expect(validate({ title: 'A', description: 'B', images: ['ubuntu'] })).toBe(false);
});
