import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { messageIn } from '../core/pasted/judge.ts';
import { errorIndex, unlistedErrors } from '../core/reference/error-index.ts';
import { errorPattern } from '../core/reference/errors.ts';
import { judgeAt } from './fixtures/judge-at.ts';
import { openLesson, openShownErrors } from './project.ts';
import { knownErrors } from './reference.ts';

/* Pasted terminal text, compared with the recordings of this repository. */

interface Thread {
  readonly source: string;
  readonly set: 'first' | 'second';
  readonly at: string;
  readonly answer: string;
  readonly error?: string;
  readonly shows?: boolean;
  readonly found?: string;
  readonly engine?: number;
  readonly text: string;
  /** Why the code answers otherwise; such a case must not begin to pass unnoticed. */
  readonly wrong?: string;
}

const THREADS = parse(
  readFileSync(new URL('fixtures/threads.yaml', import.meta.url), 'utf8'),
) as readonly Thread[];

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const spaced = (text: string) => text.trim().replace(/\s+/g, ' ');

function wanted({ answer, error = '', shows, found = '', engine }: Thread): string {
  return spaced(`${answer} ${error} ${shows ? 'shown' : ''} ${found} ${engine ?? ''}`);
}

async function given({ at, text }: Thread): Promise<string> {
  const answer = await judgeAt(at, text);
  switch (answer.kind) {
    case 'error':
      return `error ${answer.error}${answer.isShown ? ' shown' : ''}`;
    case 'different':
      return `different ${spaced(answer.difference.found ?? '')}`;
    case 'engine':
      return `engine ${answer.engines.join(' ')}`;
    case 'nothing':
      return `nothing ${answer.step ?? ''}`;
    default:
      return answer.kind;
  }
}

test('at least 90 % of the pastes from public threads are judged as a person judges them', async () => {
  const judged = await Promise.all(
    THREADS.map(async (thread) => {
      const [want, got] = [wanted(thread), await given(thread)];
      const isRight = thread.answer === 'different' ? got.startsWith(want) : got.trim() === want;
      return { isRight, thread, told: `${thread.source} at ${thread.at}: ${want}, not ${got}` };
    }),
  );
  const wrong = judged.filter(({ isRight }) => !isRight);
  const unlisted = judged.filter(({ isRight, thread }) => isRight === (thread.wrong !== undefined));
  expect(unlisted.map(({ told }) => told)).toEqual([]);
  expect(THREADS.length).toBeGreaterThanOrEqual(30);
  expect(1 - wrong.length / THREADS.length).toBeGreaterThanOrEqual(0.9);
});

test('each error message of a lesson is known when it is pasted, whichever Engine printed it', async () => {
  const errors = knownErrors(ROOT) ?? [];
  const shown = await openShownErrors(ROOT);
  expect(unlistedErrors(errors, shown)).toEqual([]);
  const met = errorIndex(errors, shown).filter((each) => each.shown.length > 0);
  expect(met.length).toBeGreaterThan(25);
  const messages = errors.map((error) => ({ id: error.id, pattern: errorPattern(error) }));
  for (const { error, shown: steps } of met)
    for (const { message } of steps) expect(messageIn([message], messages)?.id).toBe(error.id);
  const engines = met.find(({ error: { id } }) => id === 'not-a-tty')?.shown;
  expect(engines?.map((each) => each.engines)).toEqual([['28'], ['29']]);
});

test.each(['run', 'lifecycle', 'dockerfile'])(
  'what a step of %s prints is the same as what it prints',
  async (lesson) => {
    const { steps } = await openLesson(ROOT, lesson);
    const shown = [...steps.values()].flatMap((each) =>
      each.state === 'recorded' && !each.step.options.hide ? each : [],
    );
    expect(shown.length).toBeGreaterThan(5);
    for (const { step, screen } of shown) {
      const answer = await judgeAt(
        `${lesson}#${step.id}`,
        screen.replace(/^\$ /gm, 'sam@lab:~/workshop$ '),
      );
      expect(['same', 'engine'], step.id).toContain(answer.kind);
    }
  },
);
