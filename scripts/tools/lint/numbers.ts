import type { Paragraph } from '../../../src/core/lesson/prose.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';

/** The year of the README that the workshop grew out of is a name and needs no source. */
const NAME_OF_THE_OLD_README = '2014';
/** A separate number or version, maybe with a unit; not the digit of `overlay2`. */
const NUMBER =
  /(?<![\p{L}\d_.-])\d+(?:[.,:]\d+)*(?: ?(?:[kMGT]i?B|B|ms|s|%|×))?(?![\p{L}\d_]|[.,:-]\d)/gu;

/**
 * Finds numbers without a source: not measured in a recording (`<Measured>`), not in a paragraph
 * that cites a source, and not code, which quotes what is typed or printed.
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
          title: `the number ${number} has no source`,
          hint: 'measure it in a step and print it with <Measured>, link to a source in the same paragraph, or write it as a word',
        }));
    });
}
