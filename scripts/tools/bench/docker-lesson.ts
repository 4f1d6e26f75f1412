import { once } from 'node:events';
import { DEFAULT_COLS, ROWS, type Lesson } from '../../../src/core/lesson/model.ts';
import type { Lab, LabHost } from '../../lab/index.ts';
import { runLesson } from '../../recorder/run/lesson-run.ts';
import { medians, timed } from './rounds.ts';
import { duration, ratio, type Table } from './table.ts';

const ROUNDS = 3;
const FOLDER = '/root/bench';
const SCRIPT = '/root/lesson.sh';

/** Compares a lesson run by the recorder with its commands as one bash script, in fresh labs. */
export async function dockerLesson(host: LabHost, lesson: Lesson): Promise<Table> {
  const inFreshLab = async (work: (lab: Lab) => Promise<number>): Promise<number> => {
    const lab = await host.openLab(lesson.frontMatter);
    try {
      return await work(lab);
    } finally {
      await lab.close();
    }
  };
  const took = await medians(ROUNDS, {
    bash: () => inFreshLab((lab) => runByBash(lab, lesson)),
    ours: () => inFreshLab((lab) => timed(() => runLesson(lesson, lab))),
  });
  const commands = commandsOf(lesson).length;
  return {
    title: `A Docker lesson: \`${lesson.id}\`, ${commands} commands`,
    head: ['', 'time', '× bash'],
    rows: [
      ['bare bash, on a terminal in a fresh lab', duration(took.bash), ratio(took.bash, took.bash)],
      ['You Like Docker, in a fresh lab', duration(took.ours), ratio(took.ours, took.bash)],
    ],
  };
}

function commandsOf(lesson: Lesson): string[] {
  const steps = lesson.blocks.filter((block) => block.kind === 'step');
  const commands = steps.flatMap((step) => step.commands);
  if (
    commands.some(({ reader }) => reader === 'program') ||
    steps.some((step) => step.options.until)
  )
    throw new Error(`${lesson.id} types into programs, so it cannot run as a script`);
  return commands.map(({ lines }) => lines.join('\n'));
}

/** Uses a terminal as wide as the recorder's, so that docker prints the same. */
async function runByBash(lab: Lab, lesson: Lesson): Promise<number> {
  const files = lesson.blocks.filter((block) => block.kind === 'file');
  const write = (path: string, text: string) =>
    lab.run(['sh', '-c', 'mkdir -p "$(dirname "$0")" && cat > "$0"', path], text);
  await write(SCRIPT, commandsOf(lesson).join('\n'));
  for (const { path, text } of files) await write(`${FOLDER}/${path}`, text);
  return timed(async () => {
    const terminal = await lab.terminal({
      cmd: ['bash', '--norc', SCRIPT],
      env: ['TERM=xterm-256color', 'LANG=C.UTF-8', 'TZ=UTC', 'HOME=/root'],
      cwd: FOLDER,
      cols: DEFAULT_COLS,
      rows: ROWS,
    });
    terminal.output.resume();
    await once(terminal.output, 'end');
  });
}
