import { markdownToHtml, mdxToJs } from 'satteri';
import { expect, test } from 'vitest';
import { headingIdsPlugin } from './heading-ids.ts';
import { lessonPlugin } from './lesson-plugin.ts';
import { rowsPlugin } from './rows-plugin.ts';

/** The ids of a text's headings, in order. */
async function headings(text: string): Promise<(string | undefined)[]> {
  const { html } = await markdownToHtml(text, { mdastPlugins: [headingIdsPlugin()] });
  return Array.from(html.matchAll(/<h[1-6](?: id="([^"]*)")?/g), ([, id]) => id);
}

test.each([
  ['a step in tildes', '## Some run\n\n~~~console some-run\n$ true\n~~~', ['some-run-section']],
  ['a step in a list', '# A run\n\n- x\n\n  ```console a-run\n  $ true\n  ```', ['a-run-section']],
  ['a hidden step', '# Run\n\n```console run hide\n$ true\n```', ['run-section']],
  [
    'what a step types',
    '~~~console one\n$ cat <<END\n> # two\n> ```console two\n> END\n~~~\n\n# Two',
    ['two'],
  ],
  ['a fence in a fence', '# Run\n\n````md\n```console run\n$ true\n```\n````', ['run']],
  ['two headings like a step', '# Run\n\n# Run\n\n```console run\n```', ['run-section', 'run-1']],
  ['the second of two headings', '# A\n\n# A\n\n```console a-1\n```', ['a', 'a-1-section']],
  [
    'a step of that name',
    '# A\n\n```console a\n```\n\n```console a-section\n```',
    ['a-section-section'],
  ],
  ['headings alone', '# Größe & `docker run`\n\n## The_end', ['größe--docker-run', 'the_end']],
])('no heading has the address of %s', async (_what, text, ids) => {
  expect(await headings(text)).toEqual(ids);
});

/** Components and boxes of a lesson, in order. */
async function laidOut(text: string): Promise<string> {
  const { code } = await mdxToJs(text, {
    mdastPlugins: [rowsPlugin(), lessonPlugin('/')],
    fileURL: new URL('file:///w/content/lessons/my-lesson.mdx'),
  });
  return code;
}

test.each(['```', '~~~'])('fences become components: %s', async (marker) => {
  const code = await laidOut(
    `A.\n\n${marker}console one\n$ true\n${marker}\n\n${marker}sh file="x.sh"\ntrue\n${marker}\n`,
  );
  expect(code).toMatch(/Step, \{\s*lesson: "my-lesson",\s*id: "one"/);
  expect(code).toContain('file: "x.sh"');
  expect(code).toContain('class: "shown"');
});

test('a step has the warning of its fence', async () => {
  const code = await laidOut('A.\n\n~~~console one warning="It is \\"gone\\"."\n$ true\n~~~\n');
  expect(code).toContain('warning: "It is \\"gone\\"."');
});

test('a page lists what a check looks for, in a translation in its own words', async () => {
  const check = 'test -e a # a file\ntest -e b # a second\n# otro';
  const code = await laidOut(`A.\n\n~~~check\n${check}\n~~~\n`);
  expect(code).toMatch(/TaskCheck, \{\s*looksFor: "a file\\notro"/);
});

test('a hidden step is not shown, whatever its other options are', async () => {
  for (const options of [
    'hide',
    String.raw`expect=/a\/b\.c/ hide`,
    String.raw`expect="\"a\"" hide`,
  ])
    expect(await laidOut(`A.\n\n~~~console one ${options}\n$ true\n~~~\n`)).not.toContain(
      'class: "shown"',
    );
});

test('a code sample whose title mentions file= is not a file', async () => {
  const code = await laidOut('A.\n\n```sh title="the file=x of old"\ntrue\n```\n');
  expect(code).not.toContain('file: ');
  expect(code).not.toContain('class: "shown"');
});
