import { mdxToMdast } from 'satteri';
import { expect, test } from 'vitest';
import { fenced, fencesBelow } from './fence.ts';
import { parseLesson } from './parse.ts';

const fencesIn = (text: string) => fencesBelow(mdxToMdast(text), text);

test.each([
  ['```console one hide\n$ true\n```', { kind: 'step', id: 'one', options: [{ name: 'hide' }] }],
  ['~~~ console one\n$ true\n~~~', { kind: 'step', id: 'one', options: [] }],
  ['- a list\n\n  ````console  one\n  $ true\n  ````', { kind: 'step', id: 'one' }],
  ['> ~~~console one\n> $ true\n> ~~~', { kind: 'step', id: 'one', body: '$ true' }],
  ['```console expect="a"\n```', { kind: 'step', id: undefined }],
  ['```console -x\n```', { kind: 'step', id: '-x' }],
  ['```sh file="a.sh"\ntrue\n```', { kind: 'file', path: 'a.sh', body: 'true', language: 'sh' }],
  ['~~~sh file=a.sh\ntrue\n~~~', { kind: 'file', path: 'a.sh' }],
  ['```sh file=/a/\n```', { kind: 'file', path: undefined }],
  ['```sh file=\n```', { kind: 'file', path: undefined }],
  ['```sh title="the file=x of old"\n```', { kind: 'code' }],
  ['```consoles one\n```', { kind: 'code', language: 'consoles' }],
  ['```\n```', { kind: 'code', language: '' }],
])('%j', (text, wanted) => expect(fencesIn(text)).toMatchObject([wanted]));

test('a fence inside a longer fence, or inside one with the other marker, is content', () => {
  expect(fencesIn('````md\n```console one\n```\n````')).toMatchObject([{ kind: 'code' }]);
  expect(fencesIn('~~~md\n```console one\n```\n~~~')).toMatchObject([{ kind: 'code' }]);
});

test('options are read as written, although Markdown would remove the backslashes', () => {
  const [fence] = fencesIn(
    String.raw`~~~console one expect=/\d\.\// expect="a \"b\" &amp;"` + '\n~~~',
  );
  expect(fence?.options.map(({ value }) => value)).toEqual([
    { kind: 'regex', source: String.raw`\d\.\/`, flags: '' },
    { kind: 'text', text: 'a "b" &amp;' },
  ]);
});

test('a code sample whose title mentions file= is not a file fence', () => {
  const text = '---\ntitle: T\ndescription: D\n---\n\n```sh title="the file=x of old"\ntrue\n```\n';
  expect(parseLesson(text, 'a.mdx')).toMatchObject({ lesson: { blocks: [] }, problems: [] });
});

test.each(['', 'a', 'a\n', 'a\n\n', '```\n', '`````', '~~~\n```sh\n', '``'])(
  'no text closes the fence that fenced() puts around it: %j',
  (text) => {
    const [fence, ...rest] = fencesIn(`${fenced(text, 'sh')}\n\nProse.\n`);
    expect(rest).toEqual([]);
    expect(fence).toMatchObject({ language: 'sh', body: text.replace(/\n$/, '') });
  },
);
