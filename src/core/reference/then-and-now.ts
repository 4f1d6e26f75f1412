import { z } from 'astro/zod';
import { isStepName, splitName } from '../lesson/id.ts';
import { stepsOf, type Lesson } from '../lesson/model.ts';
import type { Problem } from '../lesson/problem.ts';
import { readYamlList, type Entry } from './yaml-list.ts';

/** Path of the file with the rows of "2014 → today". */
export const THEN_AND_NOW_FILE = 'content/2014.yaml';

/** The tables of the page, in its order: the headings of the README, or what they stand for. */
export const GROUPS = [
  'What Docker is',
  'Run',
  'Why Docker is good?',
  'Basics',
  "Let's mess with the image!",
  'Still to be written',
  'Summary',
  'Things to check',
] as const;

/** The schema of one row. */
export const rowSchema = z
  .strictObject({
    group: z.enum(GROUPS).describe('The table to which the row belongs.'),
    then: z
      .string()
      .min(1)
      .describe('A line of the README of 2014, to the letter; code in backticks.'),
    now: z.string().min(1).optional().describe('What is true today; requires a proof.'),
    proof: z
      .array(z.string().refine(isStepName, 'write it as LESSON#STEP'))
      .min(1)
      .optional()
      .describe('The steps that show it, as LESSON#STEP.'),
  })
  .refine(({ now, proof }) => (now === undefined) === (proof === undefined), {
    message: 'give both `now` and the steps that prove it, or neither',
    path: ['now'],
  });

/** A row of "2014 → today". Without a proof, it claims nothing about today. */
export type Row = Entry<z.infer<typeof rowSchema>>;

/** Reads the rows, in file order. */
export function readThenAndNow(text: string): { rows: Row[]; problems: Problem[] } {
  const { entries, problems } = readYamlList(text, THEN_AND_NOW_FILE, rowSchema);
  return { rows: entries, problems };
}

/** Reports proofs that name a step that no lesson shows. */
export function proofProblems(rows: readonly Row[], lessons: readonly Lesson[]): Problem[] {
  return rows.flatMap(({ proof = [], line }) =>
    proof.flatMap((name) => {
      if (showsStep(lessons, name)) return [];
      return [
        {
          file: THEN_AND_NOW_FILE,
          line,
          title: `no lesson shows the step ${name}`,
          hint:
            'name a step as LESSON#STEP, or remove `now` and `proof`; ' +
            'the row then says that it is not proved yet',
        },
      ];
    }),
  );
}

/** Whether a page shows the step that is named LESSON#STEP. */
function showsStep(lessons: readonly Lesson[], name: string): boolean {
  const { lesson: id, step } = splitName(name);
  const lesson = lessons.find((known) => known.id === id);
  return (
    lesson !== undefined &&
    stepsOf(lesson).some((known) => known.id === step && !known.options.hide)
  );
}

/** Splits a text into code (in backticks) and other text. */
export function codeParts(text: string): { readonly text: string; readonly code: boolean }[] {
  return text
    .split('`')
    .map((part, index) => ({ text: part, code: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
