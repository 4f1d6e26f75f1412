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

/** Editors save in several writes: a lesson is run this many milliseconds after the last one. */
const QUIET = 200;
/**
 * Milliseconds from the end of a run, which updates the page, to the rehearsal for the next one.
 */
const AFTER = 1_000;

const { port } = readArguments('dev').values;
const folders = foldersOf(resolve('.'));
const progress = startProgress();
const signal = onInterrupt(progress.print);

const board = new FailureBoard(resolve('.'));
const site = await devSite({ port });
progress.print(`Your lessons are at ${site.url} (press Ctrl-C to stop)`);
const host = await warmHost();
const edits = new Edits(folders.content);
const rehearsal = host && new Rehearsal(host, tellWaiting);
/**
 * A recording is on the page after the first run; the second run follows while its author reads.
 */
const secondLook = host && new SecondLook({ ...folders, host, report: progress.report });
/** Lessons that passed when they were last saved. */
const passing = new Set<string>();
/** Aborts the second run that is in progress. */
let secondRun = new AbortController();
/** Counts the starts and ends of runs. */
let turns = 0;
/** Serializes all work that reads or writes recordings. */
let running = Promise.resolve();
const watcher = watchLessons();
if (host) progress.print('A lesson is run each time you save it');
if (!signal.aborted)
  await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
watcher.close();
secondRun.abort();
await running;
for (const lesson of (await secondLook?.putAllBack()) ?? [])
  progress.print(
    `${lesson}: the last recording was discarded, because it was run only once; record it with ` +
      `npm run record -- ${lesson}`,
  );
await host?.close();
await site.close();
process.exit(endStatus(signal));

/**
 * Keeps the outer Engine running and the next lab booted while the author works, so that only
 * commands take time.
 */
async function warmHost(): Promise<WarmHost | undefined> {
  try {
    return keepWarm(await openLabHost(progress.report, signal));
  } catch (error) {
    if (signal.aborted) return undefined;
    if (!(error instanceof LabError)) throw error;
    progress.print(`Lessons cannot be run: ${error.message}; ${error.hint}.`);
    return undefined;
  } finally {
    progress.done();
  }
}

function watchLessons() {
  const saved = new Map<string, NodeJS.Timeout>();
  return watch(folders.content, (_, name) => {
    // Editors keep hidden files beside a lesson.
    if (name === null || !name.endsWith('.mdx') || name.startsWith('.')) return;
    clearTimeout(saved.get(name));
    saved.set(
      name,
      setTimeout(() => {
        running = running.then(() => runLesson(lessonIdOf(name)));
      }, QUIET),
    );
  });
}

/**
 * The next run continues in that lab if the steps before are unchanged; else it takes a new lab.
 */
function tellWaiting({ id, frontMatter, blocks }: Lesson, next: number): void {
  const step = blocks.slice(next).find((block) => block.kind === 'step');
  progress.report(`${id}: a lab waits ${step ? `before ${step.id}` : 'at its end'}`);
  host?.warm(frontMatter);
}

async function runLesson(lesson: string): Promise<void> {
  if (signal.aborted) return;
  turns++;
  secondRun.abort();
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
  } catch (error) {
    printError(lesson, error);
  }
  // Also if this run has failed: it has aborted the second run of another lesson.
  if (secondLook !== undefined) void runAgain(secondLook);
  const turn = ++turns;
  setTimeout(() => {
    // Authors often change the same step again: run all steps before it in advance.
    if (turn === turns && edit?.from !== undefined && rehearsal?.has(lesson) === false)
      rehearsal.begin(edit.lesson, edit.from);
  }, AFTER);
}

/** Does the second run of the lessons that wait for one. Another save aborts it. */
async function runAgain(look: SecondLook): Promise<void> {
  const { signal: over } = (secondRun = new AbortController());
  const isOver = () => over.aborted || signal.aborted;
  for (const lesson of look.waiting.filter((id) => passing.has(id)))
    try {
      const second = await look.run(lesson, AbortSignal.any([signal, over]));
      progress.done();
      if (second === undefined) return;
      running = running
        .then(async () => {
          if (!isOver()) await settle(lesson, look, second);
        })
        .catch((error: unknown) => printError(lesson, error));
    } catch (error) {
      if (isOver()) return;
      printError(lesson, error);
    }
}

function printError(lesson: string, error: unknown): void {
  progress.print(`${lesson}: ${error instanceof Error ? error.message : String(error)}`);
}

async function settle(lesson: string, look: SecondLook, second: RecordResult): Promise<void> {
  const settled = await look.settle(lesson, second);
  const again = `npm run record -- ${lesson}`;
  switch (settled.kind) {
    case 'confirmed':
      progress.print(`${lesson}: a second run printed the same`);
      break;
    case 'refused':
      noteFailure(lesson, settled.result);
      for (const text of details(settled.result)) progress.print(text);
      progress.print(`${lesson}: the last recording was discarded`);
      break;
    case 'none':
      passing.delete(lesson);
      for (const text of details(second)) progress.print(text);
      progress.print(`${lesson}: the second run was not possible; run it with ${again}`);
  }
}

/** Also shows the failure on the page, in place of the step. */
function noteFailure(lesson: string, result: RecordResult): void {
  const { failure, changes = [] } = result.lessons.find((one) => one.lesson === lesson) ?? {};
  const noise = changes.find((change) => change.kind === 'noise');
  if (failure instanceof RunFailure && failure.step !== undefined)
    board.note(lesson, { step: failure.step, text: runFailureText(failure) });
  else if (noise !== undefined)
    board.note(lesson, { step: noise.step, text: changeText(lesson, noise, false) });
  else board.note(lesson);
}
