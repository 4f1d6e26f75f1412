import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stepsOf, type Lesson } from '../../../src/core/lesson/model.ts';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { copyProject, freePort, type Project } from '../fixtures/project.ts';
import { foldersOf } from '../../../src/store/folders.ts';
import type { LabHost } from '../../lab/index.ts';
import { runLesson } from '../../recorder/run/lesson-run.ts';
import { median } from './rounds.ts';
import { duration, ratio, type Table } from './table.ts';

const ROUNDS = 3;
/** Time limit of every wait, in milliseconds. */
const LIMIT = 300_000;

/**
 * Measures the time from saving a lesson to its new recording on its page, with `npm run dev` in a
 * copy of the project, and in turn the time that the commands alone take.
 * @param late a step near the end of the lesson
 */
export async function saveToPage(
  host: LabHost,
  id: string,
  late: string,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<Table> {
  const project = await copyProject('real');
  const dev = await Dev.start(project, id, signal);
  try {
    const first = stepsOf(await dev.lesson())[0]?.id ?? '';
    const rows: string[][] = [];
    for (const step of [first, late]) {
      // The first save of a step prepares its lab.
      await dev.save(step);
      const took: { save: number; commands: number }[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        await dev.isReady(step === first);
        report(`saving ${id} with another ${step}, ${round + 1} of ${ROUNDS}`);
        const save = await dev.save(step);
        await dev.isReady(step === first);
        const commands = await commandsFrom(step, await dev.lesson(), host);
        report(`on its page after ${duration(save)}, its commands take ${duration(commands)}`);
        took.push({ save, commands });
      }
      const [save, commands] = [
        median(took.map((one) => one.save)),
        median(took.map((one) => one.commands)),
      ];
      const steps = stepsOf(await dev.lesson());
      const typed = steps.length - steps.findIndex((one) => one.id === step);
      rows.push([
        `\`${step}\` changed: ${typed} of ${steps.length} steps are typed`,
        duration(save),
        duration(commands),
        ratio(save, commands),
      ]);
    }
    return {
      title: `From save to page: \`${id}\` in \`npm run dev\``,
      head: ['', 'save to page', 'its commands', 'ratio'],
      rows,
    };
  } finally {
    await dev.end();
    await project.remove();
  }
}

/** How long the commands of a step and of all later steps take in a fresh lab, in milliseconds. */
async function commandsFrom(step: string, lesson: Lesson, host: LabHost): Promise<number> {
  const lab = await host.openLab(lesson.frontMatter);
  try {
    const results = await runLesson(lesson, lab);
    const from = results.findIndex((one) => one.step.id === step);
    const commands = results.slice(from).flatMap((one) => one.commands);
    return commands.reduce((sum, { ms }) => sum + ms, 0);
  } finally {
    await lab.close();
  }
}

/** A running `npm run dev`, used for one lesson. */
class Dev {
  private output = '';
  private saves = 0;
  private readonly child: ChildProcess;
  private readonly project: Project;
  private readonly id: string;
  private readonly url: string;
  private readonly signal: AbortSignal;

  private constructor(project: Project, id: string, port: number, signal: AbortSignal) {
    this.project = project;
    this.id = id;
    this.url = `http://localhost:${port}/lessons/${id}/`;
    this.signal = signal;
    this.child = spawn(process.execPath, ['scripts/dev.ts', '--port', String(port)], {
      cwd: project.root,
      env: { ...process.env, CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text: Buffer) => (this.output += text.toString()));
  }

  static async start(project: Project, id: string, signal: AbortSignal): Promise<Dev> {
    const dev = new Dev(project, id, await freePort(), signal);
    await dev.until(() => dev.output.includes('Your lessons are at'), 'the address');
    await dev.page();
    // It watches files only after it has opened its host of labs.
    await sleep(5_000);
    return dev;
  }

  async lesson(): Promise<Lesson> {
    const { lesson, problems } = parseLesson(await readFile(this.file, 'utf8'), this.file);
    if (lesson === undefined) throw new Error(JSON.stringify(problems));
    return lesson;
  }

  /**
   * Changes the first command of a step.
   * @returns milliseconds until the page shows its output
   */
  async save(step: string): Promise<number> {
    // The text expected on the page must not be in the lesson itself.
    const number = 7000 + ++this.saves;
    const added = `; echo saved-$((${number - 1} + 1))`;
    const text = await readFile(this.file, 'utf8');
    const pattern = new RegExp(`(\`\`\`console ${step}\\b[^]*?\\n\\$ .*?)(?:; echo saved-.*)?\\n`);
    const edited = text.replace(pattern, `$1${added.replaceAll('$', '$$$$')}\n`);
    const screen = join(this.folders.recordings, this.id, `${step}.txt`);
    const from = performance.now();
    await writeFile(this.file, edited);
    const shows = async (file: Promise<string>) => (await file).includes(`saved-${number}`);
    await this.until(() => shows(readFile(screen, 'utf8')), 'the recording');
    await this.until(() => shows(this.page()), 'the page');
    return performance.now() - from;
  }

  /** Waits until it is idle: it has a fresh lab ready, and one that has run the earlier steps. */
  async isReady(first: boolean): Promise<void> {
    const [ended, waits] = [/lessons: \d+ as recorded/g, /a lab waits/g];
    const count = (pattern: RegExp) => this.output.match(pattern)?.length ?? 0;
    await this.until(() => count(ended) >= this.saves, 'the end of the run');
    const before = this.firstSaves;
    if (first) this.firstSaves = this.saves;
    else await this.until(() => count(waits) >= this.saves - before, 'the lab that waits');
    // A fresh lab is booting.
    await sleep(5_000);
  }

  private firstSaves = 0;

  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGINT');
    await once(this.child, 'exit');
  }

  private get folders() {
    return foldersOf(this.project.root);
  }

  private get file(): string {
    return join(this.folders.content, `${this.id}.mdx`);
  }

  private async page(): Promise<string> {
    return (await fetch(this.url)).text();
  }

  private async until(reached: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const end = performance.now() + LIMIT;
    while (!(await reached())) {
      this.signal.throwIfAborted();
      if (performance.now() > end || this.child.exitCode !== null)
        throw new Error(`${what} did not come:\n${this.output}`);
      await sleep(10);
    }
  }
}
