import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asJson } from '../../scripts/recorder/report/json.ts';
import { parseCast, type Cast } from '../../src/core/recording/cast.ts';
import { parseProof, type CommandProof } from '../../src/core/recording/proof.ts';
import { screenText } from '../../src/core/recording/screen.ts';
import { replay } from '../../src/core/recording/terminal.ts';
import { Workshop } from './recorder.ts';

/** The recordings of a lesson. */
export interface Recorded {
  /** The text of a step's last screen. */
  readonly screen: (step: string) => string;
  /**
   * The typed lines of each command, from where the proof says that they are on the screen; null
   * for a command that is not shown.
   */
  readonly typed: (step: string) => (string | null)[];
  readonly commands: (step: string) => readonly CommandProof[];
  readonly cast: (step: string) => Cast;
  /** Text of a file of the recordings. */
  readonly file: (name: string) => string;
}

/** Every test file has its own copy of this module, and thus its own workshop. */
const workshop = new Workshop();
let recording: Promise<void> | undefined;
afterAll(() => workshop.remove());

/** Records all lessons of a test file side by side, because they often only wait. */
async function recordAll(): Promise<void> {
  // The second run of a lesson would print something else.
  const { status, stderr } = await workshop.recordHere({ once: true, jobs: 2 });
  if (status !== 0) throw new Error(`record ended with ${status}\n${stderr}`);
}

/**
 * Records a lesson, for tests that each look at one of its screens. Also tests that every cast ends
 * with exactly the screen in its text file.
 * @param steps the blocks of the lesson; a file can be between two steps
 */
export function recorded(id: string, frontMatter: string, steps: readonly string[]): Recorded {
  const read = (name: string) => readFileSync(join(workshop.recordings, id, name), 'utf8');
  const cast = (step: string) => parseCast(read(`${step}.cast`));
  const commands = (step: string) => {
    const proof = parseProof(read('proof.json')).steps[step];
    if (proof === undefined) throw new Error(`no step ${step}`);
    return proof.commands;
  };
  workshop.write(id, steps.join('\n'), frontMatter);
  beforeAll(() => (recording ??= recordAll()));

  test('every cast ends with its screen', async () => {
    const names = Object.keys(parseProof(read('proof.json')).steps);
    expect(names).toHaveLength(steps.filter((block) => block.startsWith('```console ')).length);
    for (const step of names) {
      expect(screenText(await replay(cast(step))), step).toBe(read(`${step}.txt`));
    }
  });

  return {
    screen: (step) => workshop.screen(id, step),
    typed: (step) => {
      const lines = read(`${step}.txt`).split('\n');
      return commands(step).map(({ shown }) =>
        shown === null ? null : lines.slice(shown.from, shown.to).join('\n'),
      );
    },
    commands,
    cast,
    file: read,
  };
}

/** Why a lesson could not be recorded, as `--json` reports it. */
export interface Failed {
  readonly lesson: string;
  readonly status: number;
  readonly line?: number;
  readonly title: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint: string;
  readonly screen?: string;
}

/**
 * Runs lessons that are all expected to fail. Also tests that nothing is recorded, and that the
 * exit status is the worst one.
 */
export function failing(
  lessons: Readonly<Record<string, readonly string[]>>,
): (lesson: string) => Failed {
  const wrong = new Workshop();
  let failures: readonly Failed[] = [];
  let ended: number | null = null;
  beforeAll(async () => {
    for (const [id, steps] of Object.entries(lessons)) wrong.write(id, steps.join('\n'));
    // Many of them wait for a time limit.
    const { status, result } = await wrong.recordHere({ once: true, jobs: 4 });
    ended = status;
    ({ failures } = JSON.parse(asJson(result)) as { failures: Failed[] });
  });
  afterAll(() => wrong.remove());

  test('nothing is recorded', () => {
    expect(failures.map(({ lesson }) => lesson).sort()).toEqual(Object.keys(lessons).sort());
    expect(wrong.snapshot()).toEqual({});
  });
  test('the exit status is that of the worst failure', () => {
    expect(failures).not.toEqual([]);
    expect(ended).toBe(Math.max(...failures.map(({ status }) => status)));
  });

  return (lesson) => {
    const failure = failures.find((one) => one.lesson === lesson);
    if (failure === undefined) throw new Error(`${lesson} did not fail`);
    return failure;
  };
}
