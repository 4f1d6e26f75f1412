import type { Change } from '../compare/change.ts';
import type { Difference } from '../compare/difference.ts';
import type { LessonResult, RecordResult } from '../result.ts';
import { RunFailure, type Failure } from '../run/failure.ts';
import {
  appearanceWords,
  changeFix,
  changeTitle,
  maskedWords,
  pictureWords,
  sideNames,
} from './sentences.ts';
import { unifiedDiff } from './unified-diff.ts';

/** The result as JSON, for other programs. */
export function asJson(result: RecordResult): string {
  const { status, lessons, orphans, problems, triedAgain } = result;
  return JSON.stringify({
    status,
    lessons: lessons.map(({ lesson, kind }) => ({ lesson, result: kind })),
    /** The steps that are not as recorded. */
    steps: lessons.flatMap(({ lesson, changes }) =>
      changes.flatMap((change) => stepChange(lesson, change)),
    ),
    /**
     * Files that belong to no step, and folders that belong to no lesson, in the folder of
     * recordings.
     */
    leftOver: [...lessons.flatMap(leftOverOf), ...orphans],
    /** Lessons that leave something else behind, or have something else in the course of them. */
    leftovers: lessons.flatMap(leftoversOf),
    failures: lessons.flatMap(failuresOf),
    problems,
    triedAgain,
  });
}

function stepChange(lesson: string, change: Change): object[] {
  if ('name' in change || change.kind === 'noise') return [];
  const { step, file, line, kind } = change;
  const exits = ({ commands }: { commands: readonly { exit: number | null }[] }) =>
    commands.map(({ exit }) => exit);
  return [
    {
      ...{ lesson, step, file, line, change: kind },
      ...('before' in change && {
        exits: { recorded: exits(change.before), now: exits(change.after) },
        ...differenceOf(change),
      }),
    },
  ];
}

function differenceOf(change: Change): object {
  const found: Partial<Difference> = 'difference' in change ? change.difference : {};
  const { text, picture, appearance } = found;
  const masked = maskedWords(found, sideNames(change));
  return {
    difference: unifiedDiff(text),
    ...(masked.length > 0 && { masked }),
    ...(picture && { picture: pictureWords(picture) }),
    ...(appearance && { showing: appearanceWords(appearance) }),
  };
}

function leftOverOf({ lesson, changes }: LessonResult): string[] {
  return changes.flatMap((change) =>
    change.kind === 'removed' ? [`${lesson}/${change.name}`] : [],
  );
}

function leftoversOf({ lesson, changes }: LessonResult): object[] {
  return changes.flatMap((change) =>
    'now' in change ? [{ lesson, recorded: change.before, now: change.now }] : [],
  );
}

function failuresOf({ lesson, changes, failure }: LessonResult): object[] {
  const noise = changes.flatMap((change) => {
    if (change.kind !== 'noise') return [];
    const { step, file, line } = change;
    const [title, hint] = [changeTitle(lesson, change), changeFix(lesson, change, false)];
    return [{ lesson, status: 20, step, file, line, title, hint, ...differenceOf(change) }];
  });
  return failure === undefined
    ? noise
    : [...noise, { lesson, status: failure.status, ...failureFacts(failure) }];
}

function failureFacts(failure: Failure): object {
  if (failure instanceof RunFailure) {
    const { step, problem, screen } = failure;
    return { ...(step !== undefined && { step }), ...problem, screen };
  }
  const { message: title, hint, at, log } = failure;
  return { title, hint, ...at, log };
}
