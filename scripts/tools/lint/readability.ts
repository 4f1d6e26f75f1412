import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import type { Paragraph } from '../../../src/core/lesson/prose.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';

/** Highest allowed grade: years of school in the USA. */
const GRADE = 9;
/** Code counts as one short word. */
const CODE = 'it';

/**
 * The Flesch–Kincaid grade of a lesson's prose.
 * @see https://en.wikipedia.org/wiki/Flesch–Kincaid_readability_tests
 */
export function gradeOf(paragraphs: readonly Paragraph[]): number {
  const counts = { sentence: 0, word: 0, syllable: 0 };
  for (const { prose } of paragraphs) {
    const text = prose.map((part) => (part.code ? CODE : part.text)).join('');
    for (const sentence of text.split(/[.!?:]+(?=\s|$)/)) {
      const words = sentence.match(/\p{L}[\p{L}’'-]*/gu) ?? [];
      if (words.length === 0) continue;
      counts.sentence++;
      counts.word += words.length;
      for (const word of words) counts.syllable += Math.max(1, syllable(word));
    }
  }
  return counts.word === 0 ? 0 : fleschKincaid(counts);
}

/** Reports a lesson that is too hard for readers whose first language is not English. */
export function hardToRead(paragraphs: readonly Paragraph[], file: string): Problem[] {
  const grade = gradeOf(paragraphs);
  if (grade <= GRADE) return [];
  return [
    {
      file,
      line: 1,
      title: `the lesson is hard to read: Flesch–Kincaid grade ${grade.toFixed(1)}`,
      expected: `at most ${GRADE}`,
      hint: 'write shorter sentences, and use shorter words',
    },
  ];
}
