import type { Lesson } from '../../../src/core/lesson/model.ts';
import { sharedBeginning } from '../../../src/core/recording/source-hash.ts';
import { readLessonFile, readLessons } from '../../../src/store/lessons.ts';

export interface Edit {
  readonly lesson: Lesson;
  /**
   * The first block, counted from 0, that the last change of its blocks changed; undefined as long
   * as there was none.
   */
  readonly from: number | undefined;
}

/** Finds which block of a lesson its author changes. */
export class Edits {
  private readonly content: string;
  private readonly known: Map<string, Edit>;

  /** @param content folder of lessons, which count as unchanged */
  constructor(content: string) {
    this.content = content;
    const { lessons } = readLessons(content);
    this.known = new Map(lessons.map((lesson) => [lesson.id, { lesson, from: undefined }]));
  }

  /** Reads a lesson that was saved; undefined if it is not valid. */
  saved(id: string): Edit | undefined {
    const { lesson } = readLessonFile(this.content, id);
    if (lesson === undefined) return undefined;
    const before = this.known.get(id);
    const edit = { lesson, from: changedFrom(before, lesson) };
    this.known.set(id, edit);
    return edit;
  }
}

function changedFrom(before: Edit | undefined, now: Lesson): number | undefined {
  if (before === undefined) return 0;
  const shared = sharedBeginning(before.lesson, now) ?? 0;
  const same = shared === now.blocks.length && shared === before.lesson.blocks.length;
  return same ? before.from : shared;
}
