import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLabHost, type Lab, type LabHost } from '../../scripts/lab/index.ts';
import { record } from '../../scripts/recorder/record.ts';
import { details, summary } from '../../scripts/recorder/report/text.ts';
import type { Lesson } from '../../src/core/lesson/model.ts';
import { REFERENCE } from '../../src/core/lesson/command-help.ts';
import { foldersOf } from '../../src/store/folders.ts';
import { readLessons } from '../../src/store/lessons.ts';

const folders = foldersOf(fileURLToPath(new URL('../..', import.meta.url)));
const { lessons } = readLessons(folders.content);
/** Whether readers can follow a lesson on their own Engine, as it is installed. */
const isUsual = ({ lab, store, follow }: Lesson['frontMatter']) =>
  lab === 'default' && store === 'containerd' && follow !== 'lab';
const usual = lessons.filter(({ frontMatter }) => isUsual(frontMatter));
const others = lessons.filter(({ frontMatter }) => !isUsual(frontMatter));

/** Steps that show numbers and addresses of an Engine on which something has been run before. */
const OF_A_USED_ENGINE = new Set([
  'cache#du',
  'namespaces-and-cgroups#net',
  'namespaces-and-cgroups#pid',
]);

let host: LabHost;
beforeAll(async () => {
  host = await openLabHost(() => undefined);
});
afterAll(() => host.close());

/**
 * A host whose labs are one and the same, as the Engine of a reader is in all lessons. If a lesson
 * asks for a second lab, the first one has failed: then it gets a new one, as do those after it.
 */
function oneEngine(): LabHost & { beginLesson: () => void } {
  let lab: Promise<Lab> | undefined;
  let isUsed = false;
  return {
    ...host,
    beginLesson: () => (isUsed = false),
    async openLab(spec) {
      if (isUsed) lab = undefined;
      isUsed = true;
      const same = await (lab ??= host.openLab(spec));
      for (const image of spec.images) {
        const { stderr } = await same.run(['docker', 'pull', '-q', image]);
        if (stderr !== '') throw new Error(`${image} cannot be pulled: ${stderr}`);
      }
      return { ...same, close: () => Promise.resolve() };
    },
  };
}

/**
 * Runs lessons again, and requires that they do what they expect.
 * @returns the steps that print something else than was recorded, and the report about them
 */
async function runAgain(names: readonly string[], labs: LabHost) {
  const progress: string[] = [];
  const result = await record({
    ...folders,
    ...{ names, all: true, check: true, jobs: 1, host: labs },
    report: (line) => progress.push(line),
    signal: new AbortController().signal,
  });
  const report = [...progress.slice(-5), ...details(result)].join('\n');
  expect(summary(result), report).toMatch(/ 0 failed$/);
  const changed = result.lessons.flatMap(({ lesson, changes }) =>
    changes.map((change) => `${lesson}#${'step' in change ? change.step : change.name}`),
  );
  expect(result.status).toBe(changed.length > 0 ? 10 : 0);
  return { changed, report };
}

// Running all lessons takes minutes, and longer on a busy machine.
const timeout = 1_500_000;

test.concurrent(
  'lessons for any Engine print what was recorded, one after another on one Engine',
  { timeout },
  async () => {
    const labs = oneEngine();
    const [changed, reports]: [string[], string[]] = [[], []];
    for (const { id } of usual) {
      labs.beginLesson();
      const run = await runAgain([id], labs);
      changed.push(...run.changed.filter((step) => !OF_A_USED_ENGINE.has(step)));
      if (run.changed.length > 0) reports.push(run.report);
    }
    expect(changed, reports.join('\n')).toEqual([]);
  },
);

test.concurrent('all others print what was recorded', { timeout }, async () => {
  const { changed, report } = await runAgain([...others.map(({ id }) => id), REFERENCE], host);
  expect(changed, report).toEqual([]);
});
