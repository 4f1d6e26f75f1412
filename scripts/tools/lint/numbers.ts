import type { Paragraph } from '../../../src/core/lesson/prose.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';

/** The year of the README that the workshop grew out of: its name, and no claim. */
const NAME_OF_THE_OLD_README = '2014';
/** A number, maybe a version, maybe with a unit, that is a word of its own: not the digit of `overlay2`. */
const NUMBER =
  /(?<![\p{L}\d_.-])\d+(?:[.,:]\d+)*(?: ?(?:[kMGT]i?B|B|ms|s|%|×))?(?![\p{L}\d_]|[.,:-]\d)/gu;

/**
 * Numbers that nothing stands behind: neither measured by a recording (`<Measured>`) nor in a
 * paragraph that cites a source, nor set as code, which is what is typed or printed.
 */
export function unbackedNumbers(paragraphs: readonly Paragraph[], file: string): Problem[] {
  return paragraphs
    .filter(({ cites }) => !cites)
    .flatMap(({ line, prose }) => {
      const text = prose.map((part) => (part.code ? '\u0000' : part.text)).join('');
      return [...text.matchAll(NUMBER)]
        .map(([number]) => number)
        .filter((number) => number !== NAME_OF_THE_OLD_README)
        .map((number) => ({
          file,
          line,
          title: `nothing stands behind the number ${number}`,
          hint: 'measure it in a step and print it with <Measured>, link to a source in the same paragraph, or say it in words',
        }));
    });
}
