import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { dockerCalls } from '../core/lesson/docker-commands.ts';
import { optionsIn, readHelp } from '../core/reference/help.ts';
import { openReference } from './project.ts';
import { recordedSteps } from './recordings.ts';

/* The recorded help of this repository, which the cheat sheet quotes. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('the recorded help explains each command that a lesson types, and its first option', async () => {
  const reference = await openReference(ROOT);
  expect(reference?.entries.length).toBeGreaterThan(35);
  const recorded = reference && recordedSteps(reference.recording);
  const unknown = (reference?.entries ?? []).flatMap(({ command, step: id, uses }) => {
    const help = readHelp(recorded?.get(id)?.screen ?? '');
    if (help.summary === '') return [command];
    const calls = uses.flatMap(({ lesson, step }) =>
      (step.options.exit === 0 ? step.commands : []).flatMap(({ lines }) =>
        dockerCalls(lines.join('\n')).map(({ name, words }) => ({ lesson, step, name, words })),
      ),
    );
    return calls
      .filter(({ name, words }) => name === command && /^-/.test(words[0] ?? ''))
      .filter(({ words }) => optionsIn(words, help).length === 0)
      .map(({ lesson, step, words }) => `${lesson.id}#${step.id}: ${command} ${words.join(' ')}`);
  });
  expect(unknown).toEqual([]);
});
