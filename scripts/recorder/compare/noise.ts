import { encodeCast } from '../../../src/core/recording/cast.ts';
import type { Lesson, Step } from '../../../src/core/lesson/model.ts';
import { stepsOf } from '../../../src/core/lesson/model.ts';
import { ownMasks } from '../../../src/core/recording/masks.ts';
import { comparable } from '../../../src/core/recording/compare.ts';
import { textNoise } from './mask-suggestion.ts';
import { changeOf, isSameScreen, type Change } from './outcome.ts';
import type { StepRun } from '../run/step.ts';

/**
 * The changes that have to be seen twice before they are accepted: all but those of which the
 * recording stays, since that one is of another run.
 */
export function unproven(changes: readonly Change[]): readonly Change[] {
  return changes.filter((change) => !isSameScreen(change));
}

/**
 * What is not the same in two runs of a lesson, of steps whose new recording would be accepted.
 * @param changes how the first run changes the recordings
 */
export async function noiseBetween(
  lesson: Lesson,
  first: readonly StepRun[],
  second: readonly StepRun[],
  changes: readonly Change[],
): Promise<Change[]> {
  const own = ownMasks(lesson);
  const found: Change[] = [];
  for (const { step } of unproven(changes)) {
    const [one, other] = [first, second].map((run) => run.find((take) => take.step.id === step));
    if (one === undefined || other === undefined) continue;
    const { commands, measured, picture } = one;
    const proof = {
      ...{ source: '', recorded: '', engine: '', commands, measured },
      ...(picture && { picture: picture.proof }),
    };
    const recorded = {
      proof,
      cast: encodeCast(one.cast),
      screen: one.screen,
      ...(picture && { picture: picture.bytes }),
    };
    const difference = await changeOf(other, recorded, '', own);
    if (difference !== undefined) found.push(asNoise(difference, lesson));
  }
  return found;
}

/** A difference of two runs as noise: at the command that printed it, with what to do about it. */
export function asNoise(difference: Change, lesson: Lesson): Change {
  const step = stepsOf(lesson).find(({ id }) => id === difference.step);
  return {
    ...difference,
    kind: 'noise',
    line: (step && lineOf(difference, step, lesson)) ?? difference.line,
    fix: fixFor(difference, lesson),
  };
}

/** Line of the command that ended in two ways, or that printed the first line that differs. */
function lineOf({ before, after }: Change, step: Step, lesson: Lesson): number | undefined {
  if (before === undefined) return undefined;
  const ended = after.exits.findIndex((exit, index) => exit !== before.exits[index]);
  if (ended >= 0) return step.commands[ended]?.line;
  const own = ownMasks(lesson);
  const [one, other] = [comparable(before.screen, own), comparable(after.screen, own)];
  const at = other.findIndex(({ text }, index) => text !== one[index]?.text);
  const line = other[at < 0 ? other.length - 1 : at]?.line ?? 0;
  const command = after.typed.findLastIndex((shown) => shown !== null && shown.from <= line);
  return step.commands[command]?.line;
}

function fixFor({ before, after, picture, showing }: Change, lesson: Lesson): string {
  if (before !== undefined && String(before.exits) !== String(after.exits))
    return (
      'make the command end in the same way each time, for example let it wait for what it ' +
      'depends on'
    );
  if (picture !== undefined)
    return 'draw what is the same in each run: no times, no order of chance';
  if (showing !== undefined)
    return (
      'print the same colours in each run, for example with --color=never, or at a width ' +
      'that fits'
    );
  const noise = textNoise(before?.screen ?? '', after.screen, ownMasks(lesson));
  switch (noise.kind) {
    case 'order':
      return 'the order is chance: sort it, for example with `| sort`, or list less';
    case 'value':
      return [
        'if the value may differ, mask it in the front matter; else use a command that prints ' +
          'the same each time',
        'masks:',
        '  NAME:',
        `    pattern: '${noise.pattern.replaceAll("'", "''")}'`,
        '    why: WHAT IT IS, FOR READERS',
      ].join('\n            ');
    case 'other':
      return (
        'use a command that prints the same each time (wait for what is still under way, sort, ' +
        'print less), or mask what may differ, under `masks` in the front matter'
      );
  }
}
