import { expect, test } from 'vitest';
import { readGlossary, termFinder } from './glossary.ts';

const GOOD = `- term: image
  also: [images]
  text: A folder of files.
- term: build cache
  text: What builds keep.
  see: [image]
- term: cache
  text: What is kept.
`;

test('terms are in alphabetical order, with anchors and lines', () => {
  const { terms, problems } = readGlossary(GOOD);
  expect(problems).toEqual([]);
  expect(terms.map(({ term, id, line }) => [term, id, line])).toEqual([
    ['build cache', 'build-cache', 4],
    ['cache', 'cache', 7],
    ['image', 'image', 1],
  ]);
});

test.each([
  ['- term: a\n  txt: b\n', 1, 'is not valid'],
  ['- term: a\n  text: b\n- term: b\n  also: [A]\n  text: c\n', 3, 'occurs twice'],
  ['- term: a\n  text: b\n  see: [c]\n', 1, 'has no term c'],
  ['term: a\n', 1, 'does not contain a list'],
  ['- term: "a\n', 2, 'not valid YAML'],
])('errors are reported with their line: %j', (text, line, title) => {
  const [problem] = readGlossary(text).problems;
  expect(problem).toMatchObject({ file: 'content/glossary.yaml', line });
  expect(problem?.title).toContain(title);
});

test('each term is found once, longest match first, whole words only', () => {
  const find = termFinder(readGlossary(GOOD).terms);
  const found = (text: string) =>
    find(text).map((stretch) => (stretch.term ? [stretch.text, stretch.term.id] : stretch.text));
  expect(found('Images and the build\ncache; an image.')).toEqual([
    ['Images', 'image'],
    ' and the ',
    ['build\ncache', 'build-cache'],
    '; an image.',
  ]);
  expect(found('cached, re-cache, a cache')).toEqual(['cached, re-cache, a ', ['cache', 'cache']]);
  expect(found('The image, the cache.')).toEqual(['The image, the cache.']);
});
