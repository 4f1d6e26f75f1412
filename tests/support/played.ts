import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseCast, type Cast } from '../../src/core/recording/cast.ts';
import { parseProof, type CommandProof } from '../../src/core/recording/proof.ts';
import { screenText } from '../../src/core/recording/screen.ts';
import { replay } from '../../src/core/recording/terminal.ts';
import { Workshop } from './recorder.ts';

/** The recordings of a lesson that was played for a test. */
export interface Played {
  /** The committed screen of a step. */
  readonly screen: (step: string) => string;
  /**
   * Its typed lines, as the proof says where they stand on the screen; null for a command that is
   * not shown.
   */
  readonly typed: (step: string) => (string | null)[];
  readonly commands: (step: string) => readonly CommandProof[];
  readonly cast: (step: string) => Cast;
  /** Text of a file of the recordings. */
  readonly file: (name: string) => string;
}

/**
 * One lesson a describe, played once; each test looks at a screen of it. Also tests that every cast
 * plays to exactly the committed screen.
 * @param steps the lesson's blocks; a file may stand between two steps
 */
export function played(id: string, frontMatter: string, steps: readonly string[]): Played {
  const workshop = new Workshop();
  const read = (name: string) => readFileSync(join(workshop.recordings, id, name), 'utf8');
  const cast = (step: string) => parseCast(read(`${step}.cast`));
  const commands = (step: string) => {
    const proof = parseProof(read('proof.json')).steps[step];
    if (proof === undefined) throw new Error(`no step ${step}`);
    return proof.commands;
  };
  beforeAll(async () => {
    workshop.write(id, steps.join('\n'), frontMatter);
    // A second run of it would show something else.
    const ran = await workshop.recordHere({ once: true });
    if (ran.status !== 0) throw new Error(`record ended with ${ran.status}\n${ran.stderr}`);
  });
  afterAll(() => workshop.remove());

  test('every cast plays to its screen', async () => {
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

/** How a lesson that cannot be recorded failed. */
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
 * Lessons each of which is expected to fail, played in one run. Also tests that nothing was
 * recorded of them, and that the run ends with the gravest of their statuses.
 */
export function failing(
  frontMatter: string,
  lessons: Readonly<Record<string, readonly string[]>>,
  env: Record<string, string> = {},
): (lesson: string) => Failed {
  const workshop = new Workshop();
  let failures: readonly Failed[] = [];
  let ended: number | null = null;
  beforeAll(async () => {
    for (const [id, steps] of Object.entries(lessons))
      workshop.write(id, steps.join('\n'), frontMatter);
    const ran = await workshop.record(['--json'], env);
    if (ran.stdout === '') throw new Error(`record ended with ${ran.status}\n${ran.stderr}`);
    ended = ran.status;
    failures = (JSON.parse(ran.stdout) as { failures: Failed[] }).failures;
  });
  afterAll(() => workshop.remove());

  test('nothing is recorded', () => {
    expect(failures.map(({ lesson }) => lesson).sort()).toEqual(Object.keys(lessons).sort());
    expect(workshop.snapshot()).toEqual({});
  });
  test('the exit status is that of the gravest failure', () => {
    expect(failures).not.toEqual([]);
    expect(ended).toBe(Math.max(...failures.map(({ status }) => status)));
  });

  return (lesson) => {
    const failure = failures.find((one) => one.lesson === lesson);
    if (failure === undefined) throw new Error(`${lesson} did not fail`);
    return failure;
  };
}
