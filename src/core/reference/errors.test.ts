import { expect, test } from 'vitest';
import { explainedIn, readErrors } from './errors.ts';

const error = (id: string, message: string, pattern: string) =>
  `- id: ${id}\n  message: ${message}\n  pattern: ${pattern}\n  means: A\n  do: B\n` +
  `  source: https://example.org/\n`;

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
  ['id', error('A', 'b', 'b')],
])('a wrong %s is reported', (field, text) => {
  expect(titles(text)).toEqual([`the field ${field} is not valid`]);
});

test('the texts of an entry may be in other languages', () => {
  const translated = (tag: string) => `  in:\n    ${tag}:\n      means: C\n      do: D\n`;
  const [one] = readErrors(error('a', 'b', 'b') + translated('es')).errors;
  const [other] = readErrors(error('a', 'b', 'b')).errors;
  if (one === undefined || other === undefined) throw new Error('not read');
  expect(explainedIn(one, 'es')).toEqual({ means: 'C', do: 'D', language: 'es' });
  expect(explainedIn(one, 'en')).toEqual({ means: 'A', do: 'B', language: 'en' });
  expect(explainedIn(other, 'es')).toEqual({ means: 'A', do: 'B', language: 'en' });
  expect(titles(error('a', 'b', 'b') + translated('en'))).toEqual(['the field in is not valid']);
});

test('ids are unique', () => {
  expect(titles(error('a', 'b', 'b') + error('a', 'c', 'c'))).toEqual(['the error a occurs twice']);
});
