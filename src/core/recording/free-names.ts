import { stepsOf, type Lesson } from '../lesson/model.ts';
import type { Leftovers } from './leftovers.ts';

/**
 * The names that must be free on the Engine on which a lesson is begun: those of all that it leaves
 * but files, and of the containers that it has removed itself.
 */
export function freeNames(lesson: Lesson, { names }: Leftovers): string[] {
  const typed = stepsOf(lesson).flatMap(({ commands }) =>
    commands.flatMap(({ lines }) =>
      Array.from(lines.join('\n').matchAll(/\s--name[ =]([\w.-]+)/g), ([, name = '']) => name),
    ),
  );
  const { containers = [], images = [], volumes = [], networks = [], contexts = [] } = names;
  return [
    ...new Set([...typed, ...containers, ...images, ...volumes, ...networks, ...contexts]),
  ].sort();
}
