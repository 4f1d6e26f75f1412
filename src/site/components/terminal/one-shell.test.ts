import { expect, test } from 'vitest';
import { readTyping } from '../../../core/lesson/typing.ts';
import { inOneShell } from './one-shell.ts';

test.each([
  ['lines for the session', ['$ cd app', '$ docker build . \\', '> --tag app'], true],
  ['lines for an open program', ['# ls', '# exit'], true],
  [
    'a program that is opened and reads the next line',
    ['$ docker run -it debian bash', '# ls'],
    false,
  ],
  ['a program that is exited', ['# exit', '$ docker ps'], false],
])('%s', (_name, lines, expected) => {
  expect(inOneShell(readTyping(lines.join('\n'), 1))).toBe(expected);
});
