import { symlinkSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyProject, type Project } from '../scripts/tools/fixtures/project.ts';
import { run } from './support/recorder.ts';

/* The site and the recorder read the same project, each in a process of its own. */

const lesson = (frontMatter = '') =>
  `---\ntitle: A lesson\ndescription: For a test.\n${frontMatter}---\n\n\`\`\`console one\n$ uname\n\`\`\`\n`;

let project: Project;
beforeAll(async () => {
  project = await copyProject('none');
  const places = {
    last: 'part: Images\norder: 1\n',
    second: 'part: Meet Docker\norder: 2\n',
    third: 'part: Meet Docker\norder: 2\n',
    zero: 'part: Meet Docker\norder: 1\n',
  };
  for (const [id, place] of Object.entries(places))
    await project.addLesson(id, lesson(place), { one: ['Linux\r\n'] });
  // Emacs locks a file with a dangling link while it is edited.
  symlinkSync('somebody@somewhere.1', join(project.root, 'content/lessons/.#last.mdx'));
});
afterAll(() => project.remove());

/** What `npm run record -- --check` finds, without running anything. */
async function checked(): Promise<{
  lessons: { lesson: string }[];
  steps: { lesson: string; file: string; line: number; change: string }[];
}> {
  const command = [process.execPath, 'scripts/record.ts', '--check', '--json'];
  const { stdout, stderr } = await run(command, { cwd: project.root });
  expect(stdout, stderr).toMatch(/^\{/);
  return JSON.parse(stdout) as Awaited<ReturnType<typeof checked>>;
}

test('the site publishes what the recorder calls recorded, in the same order', async () => {
  expect(await project.build()).toEqual({ status: 0, output: '' });
  const html = await readFile(join(project.root, 'dist/index.html'), 'utf8');
  const boxes = Array.from(html.matchAll(/<li class="box" data-lesson="([^"]*)"/g), ([, id]) => id);
  expect(boxes).toEqual(['zero', 'second', 'third', 'last']);
  const { lessons, steps } = await checked();
  expect(steps).toEqual([]);
  expect(lessons.map((one) => one.lesson)).toEqual(boxes);
});

test('the build names exactly what the recorder does not call recorded', async () => {
  const file = (path: string) => join(project.root, 'recordings', path);
  const cut = async (path: string, lines: number) => {
    const kept = (await readFile(file(path), 'utf8')).split('\n').slice(0, -1 - lines);
    await writeFile(file(path), kept.join('\n'));
  };
  await cut('last/one.cast', 1);
  await rm(file('second/one.txt'));
  await writeFile(file('third/proof.json'), '<<<<<<< HEAD\n');
  await project.addLesson('fresh', lesson());
  const { steps } = await checked();
  const { status, output } = await project.build();
  expect(status).toBe(1);
  const states = Object.fromEntries(steps.map((step) => [step.lesson, step.change]));
  expect(states).toEqual({
    last: 'damaged',
    second: 'damaged',
    third: 'damaged',
    fresh: 'missing',
  });
  for (const step of steps)
    expect(output).toContain(
      step.lesson === 'third'
        ? 'recordings/third/proof.json:1: the proof cannot be read'
        : `${step.file}:${step.line}: `,
    );
  expect(output.match(/npm run record/g)).toHaveLength(steps.length);
});
