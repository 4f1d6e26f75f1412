import type { Lesson, StepOptions } from '../../../src/core/lesson/model.ts';

const NOTHING_EXPECTED: Partial<StepOptions> = {
  exit: 'any',
  because: 'another Engine',
  expect: [],
  absent: [],
  measure: {},
};

/**
 * A copy of a lesson without its expectations. With another Engine, it continues after a step that
 * would not meet them, so that the whole lesson can be compared.
 */
export function withoutExpectations(lesson: Lesson): Lesson {
  return {
    ...lesson,
    ...(lesson.claims && { claims: [] }),
    ...(lesson.predictions && { predictions: [] }),
    blocks: lesson.blocks.map((block) =>
      block.kind === 'step'
        ? { ...block, options: { ...block.options, ...NOTHING_EXPECTED } }
        : block,
    ),
  };
}
