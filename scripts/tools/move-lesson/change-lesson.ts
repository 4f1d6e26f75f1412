import { relative, resolve } from 'node:path';
import { formatProblem } from '../../../src/core/lesson/problem.ts';
import { foldersOf } from '../../../src/store/folders.ts';
import { readLessons } from '../../../src/store/lessons.ts';
import { select, UsageError } from '../../../src/store/selection.ts';
import { withRecordings } from '../../../src/store/write.ts';
import { WriteError } from '../../../src/store/write-error.ts';
import { endStatus, onInterrupt } from '../../command/interrupt.ts';
import { startProgress } from '../../command/progress.ts';
import { record } from '../../recorder/record.ts';
import type { Move, Place } from './move-lesson.ts';

const FOLDERS = foldersOf(resolve('.'));

/**
 * Changes a lesson and everything that belongs to it, or nothing, and reports what is left to do.
 * @param name id or file of the lesson
 * @param plan finds the necessary changes for a lesson id
 * @returns exit status
 */
export async function changeLesson(
  name: string,
  plan: (id: string) => Move | Promise<Move>,
): Promise<number> {
  const { report, print, done } = startProgress();
  const signal = onInterrupt(print);
  const { lessons, problems } = readLessons(FOLDERS.content);
  for (const problem of problems) print(formatProblem(problem));
  if (problems.length > 0) return 2;
  try {
    const [{ lesson: { id } } = { lesson: { id: '' } }] = select(lessons, [name]);
    const move = await withRecordings(FOLDERS.recordings, report, signal, async (replace) => {
      const planned = await plan(id);
      signal.throwIfAborted();
      if (planned.dangling.length === 0) replace(planned.contents, planned.gone);
      return planned;
    });
    done();
    if (move.dangling.length > 0) {
      print(`${id} was not changed, because these lines refer to it:`);
      print(lines(move.dangling));
      return 2;
    }
    process.stdout.write(changed(move));
    if (move.mentioned.length > 0) {
      print(`These lines may also refer to ${id}, and were not changed:`);
      print(lines(move.mentioned));
    }
    return await leftToDo(print, signal);
  } catch (error) {
    if (signal.aborted) return endStatus(signal);
    if (!(error instanceof UsageError || error instanceof WriteError)) throw error;
    print(`${error.message}\n  to fix:   ${error.hint}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Reports which lessons have no current recordings. */
async function leftToDo(print: (text: string) => void, signal: AbortSignal): Promise<number> {
  const how = { names: [], all: false, check: true, jobs: 1, report: print, signal };
  const { lessons, problems } = await record({ ...FOLDERS, ...how });
  for (const problem of problems) print(formatProblem(problem));
  for (const result of lessons)
    if (result.kind === 'pending')
      print(`${result.lesson} has to be recorded: npm run record -- ${result.lesson}`);
  return 0;
}

function changed({ contents, gone }: Move): string {
  const shown = (name: string) => relative('.', resolve(FOLDERS.recordings, name));
  const written = [...contents.keys()].map((name) => `wrote ${shown(name)}\n`);
  return [...written, ...gone.map((name) => `removed ${shown(name)}\n`)].join('');
}

function lines(places: readonly Place[]): string {
  return places.map(({ file, line, text }) => `  ${file}:${line}: ${text}`).join('\n');
}
