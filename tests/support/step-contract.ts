import { afterAll, expect, test } from 'vitest';
import { stepsOf, type SourceFile } from '../../src/core/lesson/model.ts';
import { parseLesson } from '../../src/core/lesson/parse.ts';
import { commandAfter, runStep } from '../../src/core/run/run-step.ts';
import type { StepFault, StepResult } from '../../src/core/run/step-result.ts';
import type { Session } from '../../src/core/session/session.ts';
import { fence } from './recorder.ts';

/* What the step runner promises wherever it runs: one table of cases, for every terminal and input
   detector. */

/** A place in which lessons are run. */
export interface Place {
  /** A session at its first prompt. */
  readonly session: () => Promise<Session>;
  /** Writes a file of the lesson into the folder of the session that was handed out last. */
  readonly write: (file: SourceFile) => Promise<void>;
  readonly slowdown?: number;
  readonly close: () => Promise<void>;
}

/** What is expected of one step: without `fault`, that it has none. */
interface Expected {
  readonly exits?: readonly (number | null)[];
  /** The whole screen, or what matches it. */
  readonly screen?: string | RegExp;
  readonly measured?: Readonly<Record<string, string>>;
  readonly fault?: Readonly<Record<string, unknown>> & { readonly kind: StepFault['kind'] };
}

/** A program that asks once, and its prompt. */
const ASKS = `sh -c 'printf "name? "; read name; echo "hello $name"; exit 3'`;

const CASES: Readonly<Record<string, readonly [blocks: readonly string[], Expected[]]>> = {
  'an exit status that the step states': [
    [fence('one exit=3', '$ true', '$ (exit 3)')],
    [{ exits: [0, 3], screen: '$ true\n$ (exit 3)\n' }],
  ],
  'another exit status': [
    [fence('one', '$ (exit 3)')],
    [{ exits: [3], fault: { kind: 'status', command: 0, wanted: 0, got: 3 } }],
  ],
  'exit= speaks of the last command: after a failure before it nothing more is typed': [
    [fence('one exit=3', '$ (exit 3)', '$ echo not typed')],
    [
      {
        exits: [3],
        screen: '$ (exit 3)\n',
        fault: { kind: 'status', command: 0, wanted: 0, got: 3 },
      },
    ],
  ],
  'any exit status': [[fence('one exit=any because="chance"', '$ (exit 7)')], [{ exits: [7] }]],
  'a comment and an empty line, after a failure that is stated': [
    [fence('one exit=1', '$ false'), fence('two', '$ # only a comment', '$')],
    [{ exits: [1] }, { exits: [0, 0] }],
  ],
  'expectations: what is typed does not count as shown': [
    [fence('one expect="typed" absent="bad"', `$ x=typed; printf 'b%s\\n' ad`)],
    [
      {
        exits: [0],
        fault: {
          kind: 'unmet',
          unmet: [
            expect.objectContaining({ kind: 'shows', expected: '"typed"' }),
            expect.objectContaining({ kind: 'absent', expected: 'no "bad"' }),
          ],
        },
      },
    ],
  ],
  'values that are measured': [
    [
      fence('one measure.size=/(\\d+) MB/', '$ echo 12 MB'),
      fence('two measure.size=/(\\d+) GB/', '$ echo 12 MB'),
    ],
    [
      { measured: { size: '12' } },
      {
        measured: {},
        fault: { kind: 'unmet', unmet: [expect.objectContaining({ kind: 'measure' })] },
      },
    ],
  ],
  'input to a program, whose status counts in the step in which it ends': [
    [fence('one', `$ ${ASKS}`), fence('two exit=3', '# Ada')],
    [
      { exits: [null], screen: /\nname\?\n$/ },
      { exits: [3], screen: 'name? Ada\nhello Ada\n' },
    ],
  ],
  'a stated status of a program that is still open at the end of the step': [
    [fence('one exit=3', `$ ${ASKS}`), fence('two', '# Ada')],
    [{ exits: [null], fault: { kind: 'ended', command: 0, how: 'unended', wanted: 3 } }],
  ],
  'a program that is left open where the session goes on, within a step': [
    [fence('one', `$ ${ASKS}`, '$ echo not typed')],
    [{ exits: [null], fault: { kind: 'ended', command: 0, how: 'open' } }],
  ],
  'a program that is left open where the session goes on, in the next step': [
    [fence('one', `$ ${ASKS}`), fence('two', '$ echo not typed')],
    [{ exits: [null], fault: { kind: 'ended', command: 0, how: 'open' } }],
  ],
  'a program that is left open at the end of the lesson': [
    [fence('one', `$ ${ASKS}`)],
    [{ exits: [null], fault: { kind: 'ended', command: 0, how: 'open' } }],
  ],
  'a program that asks and gives up by itself, in the last command of a step': [
    [
      fence('one', `$ bash -c 'read -t 3 -p "name? " name; echo gave up'`),
      fence('two', '$ echo on'),
    ],
    [
      { exits: [0], screen: /\nname\? gave up\n$/ },
      { exits: [0], screen: '$ echo on\non\n' },
    ],
  ],
  'a line for a program where none is open': [
    [fence('one', '$ true'), fence('two', '# Ada')],
    [{}, { exits: [], fault: { kind: 'ended', command: 0, how: 'reader' } }],
  ],
  keys: [
    [fence('one exit=130 until="tick" keys="^C"', '$ while true; do echo tick; sleep 30; done')],
    [{ exits: [130], screen: /\ntick\n\^C/ }],
  ],
  'a command that ends before the keys': [
    [fence('one until="tock" keys="^C"', '$ echo tick')],
    [{ fault: { kind: 'ended', command: 0, how: 'keyless', printed: false } }],
  ],
  'a time-out': [
    [fence('one timeout=2s', '$ echo begun; sleep 60')],
    [{ exits: [null], screen: /\nbegun\n/, fault: { kind: 'ended', command: 0, how: 'timeout' } }],
  ],
  'a command that is not complete': [
    [fence('one', `$ echo "a`)],
    [{ fault: { kind: 'ended', command: 0, how: 'incomplete' } }],
  ],
  'a command that is complete before its last line': [
    [fence('one', '$ echo a', '> echo b')],
    [{ fault: { kind: 'ended', command: 0, how: 'early', line: 0 } }],
  ],
  'continuation lines': [
    [fence('one', '$ cat <<END', '> two  blanks', '> END')],
    [{ exits: [0], screen: '$ cat <<END\n> two  blanks\n> END\ntwo  blanks\n' }],
  ],
  'a file of the lesson, and a hidden step whose effects stay': [
    [
      '```text file="folder/greeting.txt"\nHello, 漢字\n```\n',
      fence('one hide', '$ cd folder'),
      fence('two', '$ cat greeting.txt'),
    ],
    [{ exits: [0] }, { screen: '$ cat greeting.txt\nHello, 漢字\n' }],
  ],
  'the width of the terminal': [
    [fence('one cols=100', '$ stty size'), fence('two', '$ stty size')],
    [{ screen: '$ stty size\n24 100\n' }, { screen: '$ stty size\n24 80\n' }],
  ],
};

/**
 * Tests that the steps in the table have the expected results in a place.
 * @param open opens a place
 * @param mode whether all cases share a place, or run concurrently in places of their own
 */
export function testStepContract(
  open: () => Promise<Place>,
  mode: 'shared' | 'concurrent' = 'shared',
): void {
  let place: Promise<Place> | undefined;
  afterAll(async () => (await place)?.close());

  const tests = mode === 'shared' ? test : test.concurrent;
  tests.each(Object.entries(CASES))('%s', async (_, [blocks, expected]) => {
    const opened = mode === 'shared' ? (place ??= open()) : open();
    const { session: start, write, slowdown = 1, close } = await opened;
    const session = await start();
    const results: StepResult[] = [];
    try {
      const lesson = lessonOf(blocks);
      for (const block of lesson.blocks) {
        if (block.kind === 'file') await write(block);
        else {
          const next = commandAfter(stepsOf(lesson), block.id);
          results.push(await runStep(block, session, { next, slowdown }));
        }
        if (results.at(-1)?.fault !== undefined) break;
      }
    } finally {
      session.end();
    }
    // An open program or an incomplete command must not affect the next case.
    if (mode === 'concurrent' || results.at(-1)?.fault !== undefined) {
      place = undefined;
      await close();
    }
    expect(results).toHaveLength(expected.length);
    for (const [index, { exits, screen, measured, fault }] of expected.entries()) {
      const result = results[index];
      if (fault === undefined) expect(result?.fault).toBeUndefined();
      else expect(result?.fault).toMatchObject(fault);
      if (exits !== undefined) expect(result?.commands.map(({ exit }) => exit)).toEqual(exits);
      if (measured !== undefined) expect(result?.measured).toEqual(measured);
      if (typeof screen === 'string') expect(result?.screen).toBe(screen);
      else if (screen !== undefined) expect(result?.screen).toMatch(screen);
    }
  });
}

function lessonOf(blocks: readonly string[]) {
  const text = `---\ntitle: A\ndescription: B.\n---\n\n${blocks.join('\n')}`;
  const { lesson, problems } = parseLesson(text, 'content/lessons/a.mdx');
  if (lesson === undefined) throw new Error(JSON.stringify(problems));
  return lesson;
}
