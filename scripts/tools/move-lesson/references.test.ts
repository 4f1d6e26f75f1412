import { expect, test } from 'vitest';
import { mentions, references, withNewId } from './references.ts';

test.each([
  ['[there](../run/), [here](../run/#names)', '[there](../walk/), [here](../walk/#names)'],
  ['<a href="../../run/">', '<a href="../../walk/">'],
  [
    '  proof: [run#help, running#help, re-run#help]',
    '  proof: [walk#help, running#help, re-run#help]',
  ],
  ["['cache', 'run#', 'run#two']", "['cache', 'walk#', 'walk#two']"],
  ["open('es/lessons/run/')", "open('es/lessons/walk/')"],
  [
    'content/lessons/run.mdx, es/run.mdx, lessons/run.md',
    'content/lessons/walk.mdx, es/walk.mdx, lessons/walk.md',
  ],
  ['recordings/run/one.txt', 'recordings/walk/one.txt'],
  ['[run](../content/lessons/run.mdx)', '[walk](../content/lessons/walk.mdx)'],
  ['`npm run record -- run`', '`npm run record -- walk`'],
  ['after: run', 'after: walk'],
  [`'[data-lesson="run"] .mark'`, `'[data-lesson="walk"] .mark'`],
])('%s refers to the lesson run', (text, renamed) => {
  expect(references(`First.\n${text}`, 'run')).toEqual([{ line: 2, text: text.trim() }]);
  expect(withNewId(text, 'run', 'walk')).toBe(renamed);
});

test.each([
  '`docker run` and `run`',
  'https://docs.docker.com/engine/containers/run/#exit-status',
  "import { play } from './lessons/run.ts';",
  "import type { Step } from '../run/model.ts';",
  '[there](../run-it/), lessons/run-it/, lessons/re-run/',
  '`.#run.mdx` is a lock of an editor',
  'npm run record -- run-it',
  'Ask again after: run it once more',
  '# run',
])('%s does not', (text) => {
  expect(references(text, 'run')).toEqual([]);
  expect(withNewId(text, 'run', 'walk')).toBe(text);
});

test('a name between quotes may mean the lesson', () => {
  const text = `const LESSON = 'disk';\nthe \`disk\` of\n"disk-full", 'a disk'`;
  expect(mentions(text, 'disk').map(({ line }) => line)).toEqual([1, 2]);
});
