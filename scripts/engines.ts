import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { commandReference } from '../src/core/lesson/command-help.ts';
import { readArguments, refuse } from './command/arguments.ts';
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
    const out = values.out ?? (positionals.length === 0 ? 'docs/engines.md' : undefined);
    if (out === undefined) process.stdout.write(text);
    else {
      writeFileSync(out, text);
      process.stdout.write(`wrote ${out}\n`);
    }
    return 0;
  } catch (error) {
    return labFailure(error, signal, progress.print);
  } finally {
    await host?.close();
  }
}

/** The version of the Engine in the labs of a host. */
async function versionOf(host: LabHost): Promise<string> {
  const lab = await host.openLab({ lab: 'default', store: 'containerd', images: [] });
  const { engine } = lab.facts;
  await lab.close();
  return engine;
}
