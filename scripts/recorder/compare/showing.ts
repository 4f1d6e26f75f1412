import { parseCast, type Cast } from '../../../src/core/recording/cast.ts';
import type { NamedMask } from '../../../src/core/recording/masks.ts';
import { lineText, screenText } from '../../../src/core/recording/screen.ts';
import { changedStyles } from '../../../src/core/recording/styles.ts';
import { replay } from '../../../src/core/recording/terminal.ts';

/**
 * How a recording shows the same text otherwise than a play of the step now does.
 * @param recorded text of its cast file, and of its `.txt`
 * @param own masks that the lesson declares
 * @returns undefined if it does not
 * @throws {CastError} if the cast cannot be read
 */
export async function otherShowing(
  recorded: { readonly cast: string; readonly screen: string },
  now: Cast,
  own: readonly NamedMask[],
): Promise<string | undefined> {
  const cast = parseCast(recorded.cast);
  const [was, is] = [cast.header.term.cols, now.header.term.cols];
  if (was !== is) return `it was recorded ${was} columns wide, now it is ${is}`;
  const [before, after] = [await replay(cast), await replay(now)];
  if (screenText(before) !== recorded.screen) return 'its cast did not show the screen of its .txt';
  const lines = [...changedStyles(before, after, own).after.keys()];
  if (lines.length === 0) return undefined;
  const first = Math.min(...lines);
  const more = lines.length > 1 ? `, and ${lines.length - 1} more` : '';
  return `line ${first + 1} of the screen has other colours or styles${more}: ${lineText(after.lines[first] ?? []).trim()}`;
}
