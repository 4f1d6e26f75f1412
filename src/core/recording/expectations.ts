import type { CommandProof } from './proof.ts';
import type { Lesson, LessonMask, Pattern, Step, StepOptions } from '../lesson/model.ts';
import { findMasked, lessonMasks, type NamedMask } from './masks.ts';

/** Something that a step's screen should show but does not, or should not show but does. */
export interface UnmetExpectation {
  readonly kind: 'shows' | 'absent' | 'measure';
  readonly title: string;
  readonly expected: string;
}

/**
 * Finds the expectations of a step that its screen does not meet.
 * @param output the screen's lines without those on which commands were typed
 */
export function unmetExpectations(
  step: { readonly options: Pick<StepOptions, 'expect' | 'absent'> },
  output: string,
): UnmetExpectation[] {
  const { expect, absent } = step.options;
  return [
    ...expect
      .filter((pattern) => !find(pattern, output))
      .map((pattern) => ({
        kind: 'shows' as const,
        title: 'the screen does not show what the step expects',
        expected: describe(pattern),
      })),
    ...absent
      .filter((pattern) => find(pattern, output))
      .map((pattern) => ({
        kind: 'absent' as const,
        title: 'the screen shows what the step says is absent',
        expected: `no ${describe(pattern)}`,
      })),
  ];
}

/**
 * The values that a step measures on a screen, and its expectations that the screen does not meet.
 */
export function checkScreen(
  step: Pick<Step, 'options'>,
  screen: string,
  commands: readonly Pick<CommandProof, 'shown'>[],
): { measured: Record<string, string>; unmet: UnmetExpectation[] } {
  const typed = commands.map(({ shown }) => shown);
  const output = untyped(screen.split('\n'), typed);
  const measured: Record<string, string> = {};
  const unmet = unmetExpectations(step, output);
  for (const [name, pattern] of Object.entries(step.options.measure)) {
    const value = find(pattern, output)?.[1];
    if (value !== undefined) measured[name] = value;
    else {
      const title = `the value ${name} is not on the screen`;
      unmet.push({ kind: 'measure', title, expected: describe(pattern) });
    }
  }
  return { measured, unmet };
}

/** The masks that a lesson declares but that match nothing on any of its screens. */
export function unusedMasks(
  lesson: Pick<Lesson, 'masks'>,
  screens: readonly string[],
): LessonMask[] {
  const declared = lessonMasks(lesson);
  if (declared.length === 0) return [];
  const lines = screens.flatMap((screen) => screen.split('\n'));
  const found = lines.flatMap((line) => findMasked(line, declared).map(({ mask }) => mask));
  const used = new Set<NamedMask | undefined>(found);
  return (lesson.masks ?? []).filter((_, index) => !used.has(declared[index]));
}

/** The lines of a screen without those on which commands were typed. */
export function untyped(lines: readonly string[], typed: readonly CommandProof['shown'][]): string {
  const isTyped = (index: number) =>
    typed.some((place) => place !== null && index >= place.from && index < place.to);
  return lines.filter((_, index) => !isTyped(index)).join('\n');
}

function find(pattern: Pattern, output: string): readonly string[] | null {
  if (pattern.kind === 'regex') return new RegExp(pattern.source, pattern.flags).exec(output);
  return output.includes(pattern.text) ? [pattern.text] : null;
}

/** A pattern as authors write it. */
export function describe(pattern: Pattern): string {
  return pattern.kind === 'regex'
    ? `/${pattern.source}/${pattern.flags}`
    : JSON.stringify(pattern.text);
}
