import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where lessons and their recordings are kept. */
export interface Folders {
  /** Folder of the lessons, with a subfolder of translations for each language. */
  readonly content: string;
  /** Folder of the recordings, with a subfolder for each lesson. */
  readonly recordings: string;
}

/** The folders that authors and recorders write to, for git. */
export const STORED = ['content', 'recordings'] as const;

/**
 * The folders of a project.
 * @param root the project's folder
 */
export function foldersOf(root: string): Folders {
  return { content: join(root, 'content/lessons'), recordings: join(root, 'recordings') };
}

/** The existing file and recordings folder of a lesson. */
export function placesOfLesson(root: string, id: string): string[] {
  const { content, recordings } = foldersOf(root);
  return [join(content, `${id}.mdx`), join(recordings, id)].filter((path) => existsSync(path));
}
