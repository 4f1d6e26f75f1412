import { variantFolder } from '../../../src/core/recording/paths.ts';
import type { CommandProof } from '../../../src/core/recording/proof.ts';
import { lineText } from '../../../src/core/recording/screen.ts';
import type { Sighting } from '../../../src/core/recording/identity.ts';
import type { Change, Noise } from '../compare/change.ts';
import type { AppearanceDifference, Difference } from '../compare/difference.ts';
import type { PictureDifference } from '../compare/picture-difference.ts';
import { printable } from './printable.ts';

/** The kinds of changes, as labels. */
export const CHANGE_WORDS: Readonly<Record<Change['kind'], string>> = {
  missing: 'missing',
  stale: 'stale',
  damaged: 'damaged',
  new: 'recorded for the first time',
  source: 'edited, or what comes before it was; the same screen',
  follows: 'follows an edited step; the same screen',
  shares: 'the same screen; recorded with a changed step, whose ids it shows',
  edited: 'was edited and shows something else',
  drift: 'shows something else than was recorded',
  noise: 'differs between two runs: it is not recorded',
  removed: 'left over',
  leftovers: 'leaves something else than was recorded',
  states: 'has something else on its Engine than was recorded',
  quotes: 'quotes its screens otherwise than its proof lists',
};

/** What a lesson does with what its lab holds. */
const UNRECORDED = { leftovers: 'leaves', states: 'has on its Engine after each step' };

/** What has changed in a lesson, as a title of its report. */
export function changeTitle(lesson: string, change: Change): string {
  const { engine } = change;
  const on = engine === undefined ? '' : `, on Engine ${engine}`;
  switch (change.kind) {
    case 'missing':
    case 'stale':
    case 'damaged':
      return `the recording of the step ${change.step} is ${change.kind}${on}`;
    case 'removed': {
      const folder = engine === undefined ? lesson : variantFolder(lesson, engine);
      return `recordings/${folder}/${printable(change.name)} belongs to no step`;
    }
    case 'leftovers':
    case 'states':
      return change.before === undefined
        ? `it is not recorded what the lesson ${UNRECORDED[change.kind]}${on}`
        : `the lesson ${CHANGE_WORDS[change.kind]}${on}`;
    case 'quotes':
      return `the prose ${CHANGE_WORDS.quotes}${on}`;
    case 'edited':
    case 'drift':
    case 'noise':
      return `the step ${change.step} ${CHANGE_WORDS[change.kind]}${on}`;
    default:
      return `the step ${change.step}: ${CHANGE_WORDS[change.kind]}${on}`;
  }
}

/** What to do about a change, if anything. `written`: whether it is in the recordings now. */
export function changeFix(lesson: string, change: Change, written: boolean): string | undefined {
  if (change.kind === 'noise') return noiseFix(change.noise);
  if (written) return undefined;
  const on = change.engine === undefined ? '' : `--engine ${change.engine} `;
  const command = `npm run record -- ${on}${lesson}`;
  if ('now' in change) return `npm run record -- ${on}--all ${lesson}, if it is right`;
  if (!('after' in change)) return command;
  return change.kind === 'drift'
    ? `if it is correct, npm run record -- ${on}--all ${lesson}: it writes what two runs ` +
        'show, and reports what differs between them'
    : `${command}, then look at the difference`;
}

function noiseFix(noise: Noise): string {
  switch (noise.kind) {
    case 'status':
      return (
        'make the command end in the same way each time, for example let it wait for what it ' +
        'depends on'
      );
    case 'picture':
      return 'draw the same in each run: no times, no random order';
    case 'appearance':
      return (
        'print the same colors in each run, for example with --color=never, or at a width ' +
        'that fits'
      );
    case 'identity':
      return (
        'chance decides which ids are the same: wait for what is still under way, sort, or name ' +
        'things; if that cannot be, write chance="why" on the step'
      );
    case 'order':
      return 'the order is random: sort it, for example with `| sort`, or list less';
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

/** Masked parts of a step whose change is described; the others are counted. */
const MOST_MASKED = 4;

/**
 * What masks hide and that changed all the same, a line for each: ids that are the same now and
 * were not, or the other way round, and values that are far from what they were.
 */
export function maskedWords(
  { identity = [], values = [] }: Partial<Difference>,
  [was, now]: readonly [was: string, now: string],
): string[] {
  const all = [
    ...identity.map(({ kind, earlier, later }) => {
      const places = `line ${later.after.line + 1} of the screen and ${placeOf(earlier.after, later.after)}`;
      const before = pairOf(earlier.before, later.before);
      const after = pairOf(earlier.after, later.after);
      const what =
        kind === 'split'
          ? 'showed the same id and now differ'
          : 'differed and now show the same id';
      return `${places} ${what}: ${was} ${before}, ${now} ${after}`;
    }),
    ...values.map(
      ({ line, before, after }) =>
        `line ${line + 1} of the screen: ${was} ${before}, ${now} ${after}, which is too far apart`,
    ),
  ];
  const told = all.slice(0, MOST_MASKED);
  return all.length > told.length ? [...told, `and ${all.length - told.length} more`] : told;
}

function placeOf(earlier: Sighting, later: Sighting): string {
  const line = `line ${earlier.line + 1}`;
  return earlier.step === later.step ? line : `${line} of the step ${earlier.step}`;
}

/** The ids of two places: the later one first, as the places are named. */
function pairOf(earlier: Sighting, later: Sighting): string {
  return earlier.text === later.text ? later.text : `${later.text} and ${earlier.text}`;
}

/** How a screen with the same text looks different. */
export function appearanceWords(difference: AppearanceDifference): string {
  switch (difference.kind) {
    case 'width':
      return `it was recorded ${difference.before} columns wide, now it is ${difference.after}`;
    case 'cast':
      return 'its cast did not show the screen of its .txt';
    case 'styles': {
      const { screen, marks } = difference.after;
      const first = Math.min(...marks.keys());
      const more = marks.size > 1 ? `, and ${marks.size - 1} more` : '';
      const text = lineText(screen.lines[first] ?? []).trim();
      return `line ${first + 1} of the screen has other colors or styles${more}: ${text}`;
    }
  }
}

/** How two pictures of a screen differ. */
export function pictureWords(difference: PictureDifference): string {
  if (difference.kind === 'pixels')
    return `${(100 * difference.share).toPrecision(2)} % of its pixels differ`;
  const { before, after } = difference;
  return `it was ${before.width} × ${before.height} pixels, now it is ${after.width} × ${after.height}`;
}

/** Names of the two sides that a change compares. */
export function sideNames({ kind }: Change): readonly [before: string, after: string] {
  return kind === 'noise' ? ['first run', 'second run'] : ['recorded', 'now'];
}

/** The exit statuses of commands; one without a status has left a program open. */
export function exitWords(commands: readonly Pick<CommandProof, 'exit'>[]): string {
  return commands.map(({ exit }) => exit ?? 'open').join(' ');
}
