import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLabHost, type Lab, type LabHost } from '../../scripts/lab/index.ts';
import { record } from '../../scripts/recorder/record.ts';
import { details, summary } from '../../scripts/recorder/report/text.ts';
import { REFERENCE } from '../../src/core/lesson/command-help.ts';
import { foldersOf } from '../../src/store/folders.ts';
import { readLessons } from '../../src/store/lessons.ts';

const folders = foldersOf(fileURLToPath(new URL('../..', import.meta.url)));
const { lessons } = readLessons(folders.content);
const isUsual = ({ lab, store }: { lab: string; store: string }) =>
  lab === 'default' && store === 'containerd';
const usual = lessons.filter(({ frontMatter }) => isUsual(frontMatter));
const others = lessons.filter(({ frontMatter }) => !isUsual(frontMatter));

/** Steps that show numbers and addresses of an Engine on which something has been run before. */
const OF_A_USED_ENGINE = new Set([
  'mess-with-an-image#find',
  'mess-with-an-image#look',
  'mess-with-an-image#find-again',
  'namespaces-and-cgroups#net',
  'namespaces-and-cgroups#pid',
]);

let host: LabHost;
beforeAll(async () => {
  host = await openLabHost(() => undefined);
});
afterAll(() => host.close());

/** A host whose labs are one and the same, as the Engine of a reader is in all lessons. */
function oneEngine(): LabHost {
  let lab: Promise<Lab> | undefined;
  return {
    ...host,
    async openLab(spec) {
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
 * Runs lessons again, and requires that they do what they expect and print what was recorded.
 * @param others steps that may print something else
 */
async function runAgain(
  names: readonly string[],
  labs: LabHost,
  others: ReadonlySet<string> = new Set(),
): Promise<void> {
  const said: string[] = [];
  const result = await record({
    ...folders,
    ...{ names, all: true, check: true, jobs: 1, host: labs },
    report: (line) => said.push(line),
    signal: new AbortController().signal,
  });
  const told = [...said.slice(-5), ...details(result)].join('\n');
  expect(summary(result), told).toMatch(/ 0 failed$/);
  const changed = result.lessons.flatMap(({ lesson, changes }) =>
    changes.map((change) => `${lesson}#${'step' in change ? change.step : change.name}`),
  );
  expect(
    changed.filter((step) => !others.has(step)),
    told,
  ).toEqual([]);
  expect([0, ...(others.size > 0 ? [10] : [])]).toContain(result.status);
}

// Running all lessons takes minutes, and longer on a busy machine.
const timeout = 900_000;

test.concurrent(
  'the lessons of the usual lab print what was recorded, one after another on one Engine',
  { timeout },
  async () => {
    const labs = oneEngine();
    for (const { id } of usual) await runAgain([id], labs, OF_A_USED_ENGINE);
  },
);

test.concurrent('all others print what was recorded', { timeout }, async () => {
  await runAgain([...others.map(({ id }) => id), REFERENCE], host);
});
