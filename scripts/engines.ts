import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { commandReference } from '../src/core/lesson/command-help.ts';
import type { Lesson } from '../src/core/lesson/model.ts';
import { readEngines } from '../src/store/engines.ts';
import { UsageError } from '../src/store/selection.ts';
import { recordedOnOther } from './tools/engines/recorded.ts';
import { readArguments, refuse, type Arguments } from './command/arguments.ts';
import { runOnOther } from './tools/engines/run-on-other.ts';
import { engineReport } from './tools/engines/report.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { labFailure } from './command/lab-failure.ts';
import { type LabHost, openLabHost } from './lab/index.ts';
import { startProgress } from './command/progress.ts';
import { pendingSteps, readRecording, recordedSteps } from '../src/store/recordings.ts';
import { readLessons } from '../src/store/lessons.ts';

const progress = startProgress();
const signal = onInterrupt(progress.print);
const status = await main();
// A removed lab can leave a connection open forever, so exit explicitly.
process.stdout.write('', () => process.exit(status));

async function main(): Promise<number> {
  const { values, positionals } = readArguments('engines');
  const { lessons, problems } = readLessons(resolve(values.content));
  const reference = commandReference(lessons)?.lesson;
  const known = reference === undefined ? lessons : [...lessons, reference];
  const unknown = positionals.find((name) => !known.some(({ id }) => id === name));
  if (unknown !== undefined) refuse('engines', `there is no lesson ${unknown}`);
  if (problems.length > 0) {
    progress.print('a lesson is not valid; `npm run record -- --check` shows the problem');
    return 2;
  }
  const asked = known.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
  if (values.engine !== undefined) return reportRecorded(values, positionals, asked);
  const compared = asked.filter(({ frontMatter }) => frontMatter.lab === 'default');
  const leftOut = asked
    .filter((lesson) => !compared.includes(lesson))
    .map(({ id, frontMatter }) => ({ lesson: id, lab: frontMatter.lab }));

  if (compared.length === 0) {
    progress.print('none of these lessons is run in the default lab, so nothing can be compared');
    return 2;
  }

  const recorded = new Set<string>();
  for (const lesson of compared) {
    const recording = await readRecording(lesson, resolve(values.recordings));
    if (pendingSteps(recording).size > 0) {
      progress.print(
        `${lesson.id} has no recording to compare with: npm run record -- ${lesson.id}`,
      );
      return 10;
    }
    for (const { proof } of recordedSteps(recording).values()) recorded.add(proof.engine);
  }

  let host: LabHost | undefined;
  try {
    host = await openLabHost(progress.report, signal);
    process.env['LAB_IMAGE'] = await host.engine(values.suite);
    const other = await versionOf(host);
    const outcome = await runOnOther(compared, {
      content: resolve(values.content),
      recordings: resolve(values.recordings),
      jobs: values.jobs,
      host,
      report: progress.report,
      signal,
    });
    progress.done();
    if ('status' in outcome) {
      if (signal.aborted) return endStatus(signal);
      for (const text of outcome.said) progress.print(text);
      return outcome.status;
    }
    const text = engineReport({
      recorded: [...recorded].sort().join(', '),
      other,
      suite: values.suite,
      ...outcome,
      leftOut,
    });
    show(text, values.out ?? (positionals.length === 0 ? 'docs/engines.md' : undefined));
    return 0;
  } catch (error) {
    return labFailure(error, signal, progress.print);
  } finally {
    await host?.close();
  }
}

/** Reports what the recordings with another Engine show, without a run. */
async function reportRecorded(
  { engine: name = '', recordings, out }: Arguments<'engines'>['values'],
  positionals: readonly string[],
  lessons: readonly Lesson[],
): Promise<number> {
  const engine = readEngines(resolve(recordings)).find((one) => one.name === name);
  if (engine === undefined) refuse('engines', `there is no Engine ${name} in engines.json`);
  try {
    const text = engineReport(await recordedOnOther(lessons, engine, resolve(recordings)));
    show(text, out ?? (positionals.length === 0 ? `docs/engines-${name}.md` : undefined));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    progress.print(`${error.message}\n  to fix:   ${error.hint}`);
    return 10;
  }
}

/** Writes a report to a file, or prints it. */
function show(text: string, out: string | undefined): void {
  if (out !== undefined) writeFileSync(out, text);
  process.stdout.write(out === undefined ? text : `wrote ${out}\n`);
}

/** The version of the Engine in the labs of a host. */
async function versionOf(host: LabHost): Promise<string> {
  const lab = await host.openLab({ lab: 'default', store: 'containerd', images: [] });
  const { engine } = lab.facts;
  await lab.close();
  return engine;
}
