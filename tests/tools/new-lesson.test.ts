import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lintLessons } from '../../scripts/tools/lint/lessons.ts';
import { readLessons } from '../../src/store/lessons.ts';
import { Workshop } from '../support/recorder.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.remove());

function newLesson(...args: readonly string[]) {
  const command = ['run', '--silent', 'new-lesson', '--', ...args, '--content', workshop.content];
  return spawnSync('npm', command, { encoding: 'utf8' });
}

test('a new lesson runs unchanged, and never overwrites another', async () => {
  const made = newLesson('first-steps');
  expect(made).toMatchObject({ status: 0, stderr: '' });
  const file = join(workshop.content, 'first-steps.mdx');
  expect(made.stdout).toContain(file);
  expect(readFileSync(file, 'utf8')).toContain('title: "First steps"');
  const content = readLessons(workshop.content);
  expect(content.problems).toEqual([]);
  expect(lintLessons(content, [])).toEqual([]);
  const { status, stderr } = await workshop.recordHere({ names: ['first-steps'] });
  expect(stderr).not.toContain('to fix');
  expect(status).toBe(0);
  expect(workshop.screen('first-steps', 'who')).toContain('\nroot\n');

  writeFileSync(file, 'My work of an afternoon.\n');
  expect(newLesson('first-steps')).toMatchObject({ status: 2 });
  expect(readFileSync(file, 'utf8')).toBe('My work of an afternoon.\n');
});

test.each(['Not_an_id', '../outside', 'commands', 'a.mdx', 'es', ''])(
  'an invalid name creates no file: %s',
  (id) => {
    const { status, stderr } = newLesson(id);
    expect(stderr).not.toBe('');
    expect(status).toBe(2);
    expect(readdirSync(workshop.folder, { recursive: true })).toEqual(['lessons']);
  },
);
