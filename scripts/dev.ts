import { watch } from 'node:fs';
import { resolve } from 'node:path';
import { lessonIdOf } from '../src/core/lesson/id.ts';
import type { Lesson } from '../src/core/lesson/model.ts';
import { readArguments } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { keepWarm, LabError, openLabHost, type WarmHost } from './lab/index.ts';
import { startProgress } from './command/progress.ts';
import { Edits } from './recorder/author/edits.ts';
import { RunFailure } from './recorder/run/failure.ts';
import { record } from './recorder/record.ts';
import type { RecordResult } from './recorder/result.ts';
import { Rehearsal } from './recorder/author/rehearsal.ts';
import { changeText, details, runFailureText, summary } from './recorder/report/text.ts';
import { SecondLook } from './recorder/author/second-look.ts';
import { devSite } from './site/build.ts';
import { FailureBoard } from '../src/store/failures.ts';
import { foldersOf } from '../src/store/folders.ts';

/** Editors save in several writes: play when it has been quiet for so long, in milliseconds. */
const QUIET = 200;
/** The page with the new recording comes first, then the rehearsal for the next one; in milliseconds. */
const AFTER = 1_000;

const { port } = readArguments('dev').values;
const folders = foldersOf(resolve('.'));
const progress = startProgress();
const signal = onInterrupt(progress.print);

const board = new FailureBoard(resolve('.'));
const site = await devSite({ port });
progress.print(
  `Your lessons are at ${site.url}; a lesson that you save is played again (Ctrl-C ends it)`,
);
const host = await warmHost();
const edits = new Edits(folders.content);
const rehearsal = host && new Rehearsal(host, tellWaiting);
/**
 * What the first run has recorded is on the page at once, and runs once more while its author
 * reads.
 */
const secondLook = host && new SecondLook({ ...folders, host, report: progress.report });
/** Lessons that did what they say when they were saved last. */
const passing = new Set<string>();
/** Ends the second run that is under way. */
let givingUp = new AbortController();
/** Counts plays, and their ends. */
let turns = 0;
/** What reads or writes recordings does it one after another. */
let playing = Promise.resolve();
const watcher = watchLessons();
await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
watcher.close();
givingUp.abort();
await playing;
for (const lesson of (await secondLook?.putAllBack()) ?? [])
  progress.print(
    `${lesson}: what was recorded last had only one run, and is taken back: npm run record -- ${lesson}`,
  );
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
  return watch(folders.content, (_, name) => {
    if (name === null || !name.endsWith('.mdx')) return;
    clearTimeout(saved.get(name));
    saved.set(
      name,
      setTimeout(() => {
        playing = playing.then(() => playLesson(lessonIdOf(name)));
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
  givingUp.abort();
  const edit = edits.saved(lesson);
  try {
    const work = () =>
      record({
        ...folders,
        names: [lesson],
        all: false,
        check: false,
        once: secondLook !== undefined,
        jobs: 1,
        ...(host && { host }),
        ...(rehearsal && { rehearsal }),
        report: progress.report,
        signal,
      });
    const result = await (secondLook?.recordOnce(lesson, work) ?? work());
    progress.done();
    noteFailure(lesson, result);
    for (const text of details(result)) progress.print(text);
    if (result.unwritten !== undefined) progress.print(`${lesson}: ${result.unwritten.message}`);
    if (result.status !== 2) progress.print(`${lesson}: ${summary(result)}`);
    if (result.status === 0) passing.add(lesson);
    else passing.delete(lesson);
    if (secondLook !== undefined) void runAgain(secondLook);
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

/** Runs for the second time what waits for it; another save ends that. */
async function runAgain(look: SecondLook): Promise<void> {
  const { signal: over } = (givingUp = new AbortController());
  const isOver = () => over.aborted || signal.aborted;
  for (const lesson of look.waiting.filter((id) => passing.has(id)))
    try {
      const second = await look.run(lesson, AbortSignal.any([signal, over]));
      progress.done();
      if (second === undefined) return;
      playing = playing.then(async () => {
        if (!isOver()) await settle(lesson, look, second);
      });
    } catch (error) {
      if (isOver()) return;
      progress.print(`${lesson}: ${error instanceof Error ? error.message : String(error)}`);
    }
}

async function settle(lesson: string, look: SecondLook, second: RecordResult): Promise<void> {
  const settled = await look.settle(lesson, second);
  const again = `npm run record -- ${lesson}`;
  switch (settled.kind) {
    case 'confirmed':
      progress.print(`${lesson}: a second run shows the same`);
      break;
    case 'refused':
      noteFailure(lesson, settled.result);
      for (const text of details(settled.result)) progress.print(text);
      progress.print(`${lesson}: what was recorded last is taken back`);
      break;
    case 'none':
      passing.delete(lesson);
      for (const text of details(second)) progress.print(text);
      progress.print(`${lesson}: it could not be run a second time; ${again} does it`);
  }
}

/** Shows what failed in the step's place on the page as well. */
function noteFailure(lesson: string, result: RecordResult): void {
  const { failure, changes = [] } = result.lessons.find((one) => one.lesson === lesson) ?? {};
  const noise = changes.find((change) => change.kind === 'noise');
  if (failure instanceof RunFailure && failure.step !== undefined)
    board.note(lesson, { step: failure.step, text: runFailureText(failure) });
  else if (noise !== undefined)
    board.note(lesson, { step: noise.step, text: changeText(lesson, noise, false) });
  else board.note(lesson);
}
