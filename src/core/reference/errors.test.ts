import { expect, test } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { errorProblems, readErrors } from './errors.ts';

const error = (id: string, message: string, pattern: string, more = '') =>
  `- id: ${id}\n  message: ${message}\n  pattern: ${pattern}\n  means: A\n  do: B\n` +
  `  source: https://example.org/\n${more}`;

const titles = (text: string) => readErrors(text).problems.map(({ title }) => title);

test('the message of an entry is found by its own pattern, in any case and width', () => {
  expect(readErrors(error('full', 'No space  left', 'no space left')).problems).toEqual([]);
  expect(titles(error('full', 'No space left', 'no room'))).toEqual([
    'the message of full is not found by its pattern',
  ]);
  const general = error('denied', 'permission denied', 'denied');
  const special = error('socket', 'permission denied by the socket', 'denied by the socket');
  expect(readErrors(special + general).problems).toEqual([]);
  expect(readErrors(general + special).problems).toMatchObject([
    { line: 7, found: 'the entry denied above finds it' },
  ]);
});

test.each([
  ['pattern', error('a', 'b', '"("')],
  ['source', error('a', 'b', 'b').replace('https://example.org/', 'example')],
  ['step', error('a', 'b', 'b', '  step: run\n')],
  ['id', error('A', 'b', 'b')],
])('a wrong %s is reported', (field, text) => {
  expect(titles(text)).toEqual([`the field ${field} is not valid`]);
});

test('ids are unique, and steps are those that a page shows', () => {
  const twice = error('a', 'b', 'b') + error('a', 'c', 'c');
  expect(titles(twice)).toEqual(['the error a occurs twice']);
  const head = '---\ntitle: T\ndescription: D\n---\n\n';
  const { lesson } = parseLesson(
    `${head}\`\`\`console b\n$ true\n\`\`\`\n\n\`\`\`console c hide\n$ true\n\`\`\`\n`,
    'a.mdx',
  );
  const named = ['a#b', 'a#c', 'x#b'].map((step, index) =>
    error(`e${index}`, `m${index}`, `m${index}`, `  step: ${step}\n`),
  );
  const { errors } = readErrors(named.join(''));
  expect(errorProblems(errors, lesson ? [lesson] : []).map(({ title }) => title)).toEqual([
    'no lesson shows the step a#c',
    'no lesson shows the step x#b',
  ]);
});
