import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseProof } from '../../src/core/recording/proof.ts';
import { fence, task, Workshop } from '../support/recorder.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

test('a check is run before the task, after each wrong solution, and after the solution', async () => {
  workshop.write('lesson', `${fence('one', '$ true')}\n${task()}`);
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
  const said = (step: string) => workshop.screen('lesson', step).trimEnd().split('\n').at(-1);
  const { steps, leftovers } = parseProof(
    readFileSync(join(workshop.recordings, 'lesson/proof.json'), 'utf8'),
  );
  expect(Object.fromEntries(Object.keys(steps).map((id) => [id, said(id)]))).toEqual({
    one: '$ true',
    'check-before': 'Still missing: a file `a.txt`',
    'no-word': '$ touch a.txt',
    'no-word-check': 'Still missing: the word `ahoy` in it',
    'no-word-undo': '$ rm a.txt',
    elsewhere: '$ echo ahoy > b.txt',
    'elsewhere-check': 'Still missing: a file `a.txt`',
    'elsewhere-undo': '$ rm b.txt',
    solution: '$ echo ahoy > a.txt',
    'check-after': 'Done: nothing is missing.',
  });
  expect(leftovers?.names.files).toEqual(['a.txt']);

  // Another text of the check leaves the recordings before it as they are.
  const before = workshop.snapshot();
  workshop.edit('lesson', '# a file', '# the file');
  workshop.edit('lesson', 'wrong="a file"', 'wrong="the file"');
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
  expect(said('check-before')).toBe('Still missing: the file `a.txt`');
  expect(workshop.snapshot()['lesson/one.cast']).toBe(before['lesson/one.cast']);
});
