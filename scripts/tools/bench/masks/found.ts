import { stepsOf, type Lesson, type Step } from '../../../../src/core/lesson/model.ts';
import { parseLesson } from '../../../../src/core/lesson/parse.ts';
import type { LabHost, LabSpec } from '../../../lab/index.ts';
import { betweenRuns } from '../../../recorder/compare/two-runs.ts';
import type { Failure } from '../../../recorder/run/failure.ts';
import { LabQueue } from '../../../recorder/run/lab-queue.ts';
import { runLesson } from '../../../recorder/run/lesson-run.ts';
import type { StepRun } from '../../../recorder/run/step.ts';
import type { Table } from '../table.ts';
import { changes, type ChangeGroup } from './changes.ts';

/** Which changes were found, and which runs without a change were taken for one. */
export interface Found {
  readonly table: Table;
  readonly missed: readonly string[];
  readonly falseAlarms: readonly string[];
}

const KINDS = ['recorded', 'again', 'changed'] as const;
type Kind = (typeof KINDS)[number];

interface Item {
  readonly group: ChangeGroup;
  readonly kind: Kind;
  readonly lesson: Lesson;
  readonly spec: LabSpec;
}

/**
 * Runs each group of changes three times, each time in a fresh lab: as it is, as it is once more,
 * and with all changes; and compares the later two with the first as `record --check` does.
 * @throws {Error} if a run fails
 */
export async function findChanges(
  host: LabHost,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<Found> {
  const items = changes.flatMap((group) =>
    KINDS.map((kind): Item => {
      const lesson = lessonOf(group, kind);
      const { frontMatter } = lesson;
      const store = kind === 'changed' ? (group.store ?? frontMatter.store) : frontMatter.store;
      return { group, kind, lesson, spec: { ...frontMatter, store } };
    }),
  );
  const runs = new Map<Item | undefined, readonly StepRun[]>();
  const queue = new LabQueue(items, { jobs: 2, host, report, signal });
  await queue.run(
    ({ group, kind, lesson }, lab) => {
      report(`${group.name}: ${kind}`);
      return runLesson(lesson, lab);
    },
    (item, ran) => {
      runs.set(item, ran);
      return Promise.resolve();
    },
    ({ group, kind }, failure) =>
      Promise.reject(new Error(`${group.name}, ${kind}: ${reasonOf(failure)}`)),
  );
  signal.throwIfAborted();

  const all = { changes: 0, missed: [] as string[], falseAlarms: [] as string[] };
  const rows: string[][] = [];
  for (const group of changes) {
    const runOf = (kind: Kind) =>
      runs.get(items.find((item) => item.group === group && item.kind === kind)) ?? [];
    const { lesson } = items.find((item) => item.group === group) ?? {};
    if (lesson === undefined) continue;
    const alarms = await differences(lesson, runOf('recorded'), runOf('again'));
    const hits = await differences(lesson, runOf('recorded'), runOf('changed'));
    const named = (chosen: (id: string) => boolean) =>
      group.changes.filter((_, index) => chosen(idOf(index))).map(({ what }) => what);
    const missed = named((id) => !hits.has(id));
    const falseAlarms = named((id) => alarms.has(id));
    rows.push(rowOf(group.name, group.changes.length, missed.length, falseAlarms.length));
    all.changes += group.changes.length;
    all.missed.push(...missed);
    all.falseAlarms.push(...falseAlarms);
  }
  return {
    table: {
      title: 'Changes that were recorded, and runs without a change',
      head: ['', 'changes', 'found', 'harmless runs', 'false alarms'],
      rows: [...rows, rowOf('together', all.changes, all.missed.length, all.falseAlarms.length)],
    },
    ...all,
  };
}

function rowOf(name: string, count: number, missed: number, falseAlarms: number): string[] {
  return [name, ...[count, count - missed, count, falseAlarms].map(String)];
}

/**
 * The steps that differ, each by what it shows itself: no change is found by that of another one.
 */
async function differences(
  lesson: Lesson,
  first: readonly StepRun[],
  second: readonly StepRun[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { id } of stepsOf(lesson)) {
    const [one, other] = [first, second].map((runs) => runs.filter(({ step }) => step.id === id));
    const steps = new Set([id]);
    const place = ({ line }: Step) => ({ file: '', line });
    if ((await betweenRuns(lesson, steps, one ?? [], other ?? [], place)).length > 0) found.add(id);
  }
  return found;
}

function idOf(index: number): string {
  return `change-${index + 1}`;
}

/** The scripts of a group as a lesson. Readers see the name of a script, not what it holds. */
function lessonOf({ name, changes: all }: ChangeGroup, kind: Kind): Lesson {
  const steps = all.map(({ script, changed }, index) => {
    const id = idOf(index);
    const text = kind === 'changed' ? changed : script;
    // A script that fails without a change proves nothing.
    const status = kind === 'changed' ? 'exit=any because="it is compared"' : '';
    const options = `timeout=180s ${status}`.trim();
    return [
      `\`\`\`\`sh file="${id}.sh"\n${text}\`\`\`\``,
      `\`\`\`console ${id} ${options}\n$ sh ${id}.sh\n\`\`\``,
    ].join('\n\n');
  });
  const front = `---\ntitle: "${name}"\ndescription: Changes.\nimages: [busybox, debian]\n---`;
  const { lesson, problems } = parseLesson([front, ...steps, ''].join('\n\n'), 'changes.mdx');
  if (lesson === undefined) throw new Error(JSON.stringify(problems));
  return lesson;
}

function reasonOf(failure: Failure): string {
  return 'problem' in failure ? `${failure.problem.title}\n${failure.screen}` : failure.message;
}
