import { expect, test } from 'vitest';
import { readTyping } from '../../../core/lesson/typing.ts';
import { inOneShell } from './one-shell.ts';

test.each([
  ['lines for the session', ['$ cd app', '$ docker build . \\', '> --tag app'], true],
  ['lines for a program that is open', ['# ls', '# exit'], true],
  ['a program that is opened and then reads', ['$ docker run -it debian bash', '# ls'], false],
  ['a program that is left', ['# exit', '$ docker ps'], false],
])('%s', (_name, lines, expected) => {
  expect(inOneShell(readTyping(lines.join('\n'), 1))).toBe(expected);
});
