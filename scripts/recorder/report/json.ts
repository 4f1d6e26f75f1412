import { ownMasks } from '../../../src/core/recording/masks.ts';
import { RunFailure } from '../run/failure.ts';
import type { LessonResult, RecordResult } from '../record.ts';
import { maskedDifference } from './difference.ts';
import { CHANGE_WORDS, placeOf } from './text.ts';

/** The run as one JSON value. */
export function asJson(result: RecordResult): string {
  return JSON.stringify({
    status: result.status,
    lessons: result.lessons.map(({ lesson, kind }) => ({ lesson, result: kind })),
    steps: result.lessons.flatMap((lesson) => stepsOfResult(lesson, result)),
    /** Files that belong to no step, and folders that belong to no lesson, in the folder of recordings. */
    leftOver: [...result.lessons.flatMap(leftOverOf), ...result.orphans],
    failures: result.lessons.flatMap((lesson) => failureOf(lesson, result)),
    problems: result.problems,
    triedAgain: result.triedAgain,
  });
}

/** The steps that are not as recorded. */
function stepsOfResult(result: LessonResult, { sources }: RecordResult): object[] {
  const source = sources.get(result.lesson);
  if (result.kind === 'pending')
    return [...result.steps].map(([step, change]) => ({
      lesson: result.lesson,
      step,
      ...placeOf(
        { file: result.file, line: source?.steps.find(({ id }) => id === step)?.line ?? 1 },
        step,
        source,
      ),
      change,
    }));
  if (result.kind !== 'changed') return [];
  const own = source === undefined ? [] : ownMasks(source.lesson);
  return result.changes.map(({ step, line, kind, before, after, picture, showing }) => ({
    lesson: result.lesson,
    step,
    file: result.file,
    line,
    change: kind,
    ...(before !== undefined && {
      exits: { recorded: before.exits, now: after.exits },
      difference: maskedDifference(before.screen, after.screen, own),
    }),
    ...(picture !== undefined && { picture }),
    ...(showing !== undefined && { showing }),
  }));
}

function leftOverOf(result: LessonResult): string[] {
  const names =
    result.kind === 'changed' ? result.removed : result.kind === 'pending' ? result.leftOver : [];
  return names.map((name) => `${result.lesson}/${name}`);
}

function failureOf(result: LessonResult, { sources }: RecordResult): object[] {
  if (result.kind === 'noisy') {
    const source = sources.get(result.lesson);
    const own = source === undefined ? [] : ownMasks(source.lesson);
    return result.changes.map(({ step, line, before, after, picture, showing, fix }) => ({
      lesson: result.lesson,
      status: 20,
      step,
      file: result.file,
      line,
      title: `the step ${step} ${CHANGE_WORDS.noise}`,
      hint: fix,
      difference: maskedDifference(before?.screen ?? '', after.screen, own),
      ...(picture !== undefined && { picture }),
      ...(showing !== undefined && { showing }),
    }));
  }
  if (result.kind !== 'failed') return [];
  const { failure } = result;
  const what =
    failure instanceof RunFailure
      ? {
          ...(failure.step !== undefined && { step: failure.step }),
          ...failure.problem,
          screen: failure.screen,
        }
      : {
          title: failure.message,
          hint: failure.hint,
          ...(failure.at && { file: failure.at.file, line: failure.at.line }),
          ...(failure.at && { command: failure.at.command }),
          log: failure.log,
        };
  return [{ lesson: result.lesson, status: failure.status, ...what }];
}
