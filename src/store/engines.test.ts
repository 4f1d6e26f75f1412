import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addEngine, engineProblems, readEngines } from './engines.ts';

let recordings: string;
beforeEach(() => (recordings = mkdtempSync(join(tmpdir(), 'you-like-docker-'))));
afterEach(() => rmSync(recordings, { recursive: true }));

const text = () => readFileSync(join(recordings, 'engines.json'), 'utf8');

test('without a list there is only the reference Engine', () => {
  expect(readEngines(recordings)).toEqual([]);
});

test('a new major version is one more line, and the newest comes first', () => {
  expect(addEngine(recordings, '29.7.2')).toBe('29');
  expect(addEngine(recordings, '30.0.1')).toBe('30');
  expect(text()).toBe('{\n  "29": "docker:29.7.2-dind",\n  "30": "docker:30.0.1-dind"\n}\n');
  expect(readEngines(recordings).map(({ name }) => name)).toEqual(['30', '29']);
});

test('a newer version of a known Engine replaces its image', () => {
  addEngine(recordings, '29.7.2');
  expect(addEngine(recordings, '29.8.0')).toBe('29');
  expect(readEngines(recordings)).toEqual([{ name: '29', image: 'docker:29.8.0-dind' }]);
});

test('a damaged list is named', () => {
  writeFileSync(join(recordings, 'engines.json'), '{ "newest": "docker:dind" }');
  expect(() => readEngines(recordings)).toThrow('not a list of Engines: ');
});

test('an Engine that has become the reference Engine is a problem', () => {
  addEngine(recordings, '29.7.2');
  addEngine(recordings, '30.0.1');
  expect(engineProblems(recordings, ['28.5.2+dfsg4'])).toEqual([]);
  expect(engineProblems(recordings, ['29.1.0+dfsg1', '29.1.0+dfsg1'])).toMatchObject([
    { file: 'recordings/engines.json', line: 2, title: 'Engine 29 is the reference Engine' },
  ]);
});
