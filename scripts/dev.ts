import { watch } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Lesson } from '../src/lesson/model.ts';
import { readArguments, readPort } from './arguments.ts';
import { endStatus, onInterrupt } from './interrupt.ts';
import { keepWarm, LabError, openLabHost, type WarmHost } from './lab/index.ts';
import { startProgress } from './progress.ts';
import { Edits } from './record/edits.ts';
import { PlayFailure } from './record/failure.ts';
import { record, type RecordResult } from './record/record.ts';
import { Rehearsal } from './record/rehearsal.ts';
import { details, playFailureText, summary } from './record/report/text.ts';
import { devSite } from './site/build.ts';
import { failureBoard } from './site/failures.ts';

/** Editors save in several writes: play when it has been quiet for so long, in milliseconds. */
const QUIET = 200;
/** The page with the new recording comes first, then the rehearsal for the next one; in milliseconds. */
const AFTER = 1_000;

const USAGE = `npm run dev [-- --port N]   serves the lessons, and plays each one that you save
  --port N   the port of the site; 4321 if absent, and the next free one where it is taken`;

const { values } = readArguments(USAGE, {
  options: { port: { type: 'string', default: '4321' } },
});
const port = readPort(values.port, USAGE);
const content = resolve('content/lessons');
const progress = startProgress();
const signal = onInterrupt(progress.print);

const board = failureBoard(resolve('.astro/failures.json'));
const site = await devSite({ port });
progress.print(
  `Your lessons are at ${site.url}; a lesson that you save is played again (Ctrl-C ends it)`,
);
const host = await warmHost();
const edits = new Edits(content);
const rehearsal = host && new Rehearsal(host, tellWaiting);
/** Counts plays, and their ends. */
let turns = 0;
const watcher = watchLessons();
await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
watcher.close();
await host?.close();
await site.close();
process.exit(endStatus(signal));

/** Holds the outer Engine as long as the author works, and the next lab booted: only commands take time. */
async function warmHost(): Promise<WarmHost | undefined> {
  try {
    return keepWarm(await openLabHost(progress.report, signal));
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    progress.print(`Lessons cannot be played: ${error.message}; ${error.hint}.`);
    return undefined;
  } finally {
    progress.done();
  }
}

function watchLessons() {
  const saved = new Map<string, NodeJS.Timeout>();
  let playing = Promise.resolve();
  return watch(content, (_, name) => {
    if (name === null || !name.endsWith('.mdx')) return;
    clearTimeout(saved.get(name));
    saved.set(
      name,
      setTimeout(() => {
        playing = playing.then(() => playLesson(basename(name, '.mdx')));
      }, QUIET),
    );
  });
}

/** The next save that leaves those steps alone begins behind them; one that does not gets the fresh lab. */
function tellWaiting({ id, frontMatter, blocks }: Lesson, next: number): void {
  const step = blocks.slice(next).find((block) => block.kind === 'step');
  progress.report(`${id}: a lab waits ${step ? `before ${step.id}` : 'at its end'}`);
  host?.warm(frontMatter);
}

async function playLesson(lesson: string): Promise<void> {
  if (signal.aborted) return;
  turns++;
  const edit = edits.saved(lesson);
  try {
    const result = await record({
      content,
      recordings: resolve('recordings'),
      names: [lesson],
      all: false,
      check: false,
      jobs: 1,
      ...(host && { host }),
      ...(rehearsal && { rehearsal }),
      report: progress.report,
      signal,
    });
    progress.done();
    noteFailure(lesson, result);
    for (const text of details(result, false)) progress.print(text);
    if (result.status !== 2) progress.print(`${lesson}: ${summary(result)}`);
  } catch (error) {
    progress.print(`${lesson}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const turn = ++turns;
  setTimeout(() => {
    // An author changes the same step again and again: the next time all before it is played already.
    if (turn === turns && edit?.from !== undefined && rehearsal?.has(lesson) === false)
      rehearsal.begin(edit.lesson, edit.from);
  }, AFTER);
}

/** Shows what failed in the step's place on the page as well. */
function noteFailure(lesson: string, { lessons }: RecordResult): void {
  const failed = lessons.find((result) => result.kind === 'failed');
  const failure = failed?.failure;
  board.note(
    lesson,
    failure instanceof PlayFailure && failure.step !== undefined
      ? { step: failure.step, text: playFailureText(failure) }
      : undefined,
  );
}
