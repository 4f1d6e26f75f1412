import { join } from 'node:path';

/** Where lessons and their recordings are kept. */
export interface Folders {
  /** Folder of lessons; their translations have folders of their own in it, by language. */
  readonly content: string;
  /** Folder of recordings, with a folder for each lesson. */
  readonly recordings: string;
}

/**
 * The folders of a project.
 * @param root folder of the project
 */
export function foldersOf(root: string): Folders {
  return { content: join(root, 'content/lessons'), recordings: join(root, 'recordings') };
}
