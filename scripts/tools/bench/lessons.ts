import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepsOf, type Lesson } from '../../../src/core/lesson/model.ts';
import type { LabHost } from '../../lab/index.ts';
import { runLesson } from '../../recorder/run/lesson-run.ts';
import { QUICK } from './commands.ts';
import { run } from './process.ts';
import { SCRIPT } from './quick.ts';
import { medians, timed } from './rounds.ts';
import { duration, type Table } from './table.ts';

/** Runs each lesson in a separate lab, one after another, and measures the boot, run and end. */
export async function eachLesson(
  host: LabHost,
  lessons: readonly Lesson[],
  report: (line: string) => void,
): Promise<Table> {
  const rows: string[][] = [];
  for (const lesson of lessons) {
    report(`running ${lesson.id}`);
    let from = performance.now();
    const lap = () => -(from - (from = performance.now()));
    const lab = await host.openLab(lesson.frontMatter);
    try {
      const boot = lap();
      await runLesson(lesson, lab);
      const runTime = lap();
      const { stdout } = await lab.run(['ps', '-eo', 'rss=']);
      const kilobytes = stdout.trim().split(/\s+/).map(Number);
      from = performance.now();
      await lab.close();
      const commands = stepsOf(lesson).reduce((sum, step) => sum + step.commands.length, 0);
      const megabytes = kilobytes.reduce((sum, size) => sum + size, 0) / 1000;
      const times = [boot, runTime, lap()].map(duration);
      rows.push([lesson.id, String(commands), ...times, `${megabytes.toFixed(0)} MB`]);
    } finally {
      await lab.close();
    }
  }
  return {
    title: 'The lessons, each in a separate lab',
    head: ['lesson', 'commands', 'lab boots', 'lesson runs', 'lab ends', "lab's processes"],
    rows,
  };
}

/** Measures whole runs of the command, from its start to the end of its last process. */
export async function wholeRuns(
  lessons: readonly Lesson[],
  folder: string,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<Table> {
  // Drift is no failure of a benchmark.
  const allowed = [0, 10];
  report('running `npm run record` with nothing to do');
  const { npm, node } = await medians(5, {
    npm: () => timed(() => run(['npm', 'run', 'record', '--', '--check'], { allowed, signal })),
    node: () => timed(() => run([...SCRIPT, 'scripts/record.ts', '--check'], { allowed, signal })),
  });
  report('recording a lesson of quick commands');
  const quick = await recordQuick(folder, signal);
  const rows = [
    ['nothing to do', duration(npm), ''],
    ['the same without npm', duration(node), ''],
    [`a lesson of ${QUICK.length} quick commands`, duration(quick.milliseconds), memory(quick)],
  ];
  for (const jobs of [1, 2]) {
    report(`running all ${lessons.length} lessons, --jobs ${jobs}`);
    const args = ['--all', '--check', '--jobs', String(jobs)];
    const all = await run([...SCRIPT, 'scripts/record.ts', ...args], {
      allowed,
      signal,
      watchMemory: true,
    });
    rows.push([
      `all ${lessons.length} lessons, \`--jobs ${jobs}\``,
      duration(all.milliseconds),
      memory(all),
    ]);
  }
  return { title: '`npm run record`, whole process', head: ['', 'time', 'memory'], rows };
}

function recordQuick(folder: string, signal: AbortSignal) {
  const content = join(folder, 'lessons');
  mkdirSync(content);
  const text = QUICK.map((command) => `$ ${command}`).join('\n');
  writeFileSync(
    join(content, 'quick.mdx'),
    `---\ntitle: Quick\ndescription: Quick commands.\n---\n\n\`\`\`console quick\n${text}\n\`\`\`\n`,
  );
  const args = ['--content', content, '--recordings', join(folder, 'recordings')];
  return run([...SCRIPT, 'scripts/record.ts', ...args], { signal, watchMemory: true });
}

function memory({ memory: megabytes }: { readonly memory: number }): string {
  return megabytes === 0 ? '' : `${megabytes.toFixed(0)} MB`;
}
