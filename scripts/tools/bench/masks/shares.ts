import { findMasked, lessonMasks, masks, type Mask } from '../../../../src/core/recording/masks.ts';
import type { LessonRecording } from '../../../../src/store/recordings.ts';
import { recordedSteps } from '../../../../src/store/recordings.ts';
import type { Table } from '../table.ts';

/** Measures how many of the characters on recorded screens each mask hides. */
export function maskShares(recordings: readonly LessonRecording[]): Table {
  const hidden = new Map<string, number>();
  let printed = 0;
  for (const recording of recordings) {
    const declared = lessonMasks(recording.lesson);
    for (const { screen } of recordedSteps(recording).values())
      for (const line of screen.split('\n')) {
        printed += line.length;
        for (const { from, to, mask } of findMasked(line, declared)) {
          const name = declared.includes(mask) ? OF_LESSONS : mask.name;
          hidden.set(name, (hidden.get(name) ?? 0) + to - from);
        }
      }
  }
  const share = (characters: number) => `${((100 * characters) / printed).toFixed(2)} %`;
  const rows = [...hidden]
    .sort(([, a], [, b]) => b - a)
    .map(([name, characters]) => [name, String(characters), share(characters), comparedOf(name)]);
  const all = [...hidden.values()].reduce((sum, characters) => sum + characters, 0);
  return {
    title: `What masks hide of ${printed} characters on the screens of ${recordings.length} lessons`,
    head: ['mask', 'characters', 'share', 'compared all the same'],
    rows: [...rows, ['together', String(all), share(all), '']],
  };
}

const OF_LESSONS = 'masks of lessons';

function comparedOf(name: string): string {
  const mask = new Map<string, Mask>(Object.entries(masks)).get(name);
  return [
    ...(mask?.isIdentity ? ['which are the same'] : []),
    ...(mask?.form ? ['how it is written'] : []),
    ...(mask?.measures ? ['its magnitude'] : []),
  ].join(', ');
}
