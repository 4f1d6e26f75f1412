import { lineOfField } from './front-matter.ts';
import type { Lesson } from './model.ts';
import type { Problem } from './problem.ts';

/**
 * Deep dives that do not name a lesson of the core path.
 * @param texts the lessons' files, by id
 */
export function deepDiveFaults(
  lessons: readonly Lesson[],
  texts: ReadonlyMap<string, string>,
): Problem[] {
  const core = lessons.filter(({ frontMatter }) => frontMatter.after === undefined);
  return lessons.flatMap(({ id, file, frontMatter: { after } }) => {
    if (after === undefined || core.some((lesson) => lesson.id === after)) return [];
    const isDive = lessons.some((lesson) => lesson.id === after);
    return {
      file,
      line: lineOfField(texts.get(id) ?? '', 'after'),
      title: 'after does not name a lesson of the core path',
      found: isDive ? `${after}, a deep dive` : `${after}, which does not exist`,
      hint: `use one of ${core.map((lesson) => lesson.id).join(', ')}`,
    };
  });
}
