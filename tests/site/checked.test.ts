import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyProject, type Project } from '../../scripts/tools/fixtures/project.ts';

let project: Project;
beforeAll(async () => {
  project = await copyProject('none');
  const text =
    '---\ntitle: A lesson\ndescription: For a test.\n---\n\n```console one\n$ uname\n```\n';
  // As recorded on 2026-01-01.
  await project.addLesson('one', text, { one: ['Linux\r\n'] });
});
afterAll(() => project.remove());

async function page(env: Readonly<Record<string, string>>): Promise<string> {
  const { status, output } = await project.build(env);
  expect(status, output).toBe(0);
  return readFile(join(project.root, 'dist/lessons/one/index.html'), 'utf8');
}

test('a page tells the day of the last check, if whoever builds it knows one', async () => {
  const told = await page({ CHECKED_ON: '2026-02-03' });
  expect(told).toMatch(/<time datetime="2026-01-01">1 January 2026<\/time>/);
  expect(told).toMatch(/Last checked on\s*<time datetime="2026-02-03">3 February 2026<\/time>/);
  expect(await page({})).not.toContain('Last checked');
});
