import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordingPaths } from '../core/recording/paths.ts';
import { foldersOf } from './folders.ts';
import { lessonIds } from './lessons.ts';
import { openLesson, openReference } from './project.ts';

/**
 * The recording files of all steps of the lessons and of the command reference, as paths relative
 * to the recordings folder.
 */
async function publishedRecordings(root: string): Promise<string[]> {
  const ids = lessonIds(foldersOf(root).content);
  const recordings = await Promise.all(ids.map((id) => openLesson(root, id)));
  const reference = await openReference(root);
  if (reference !== undefined) recordings.push(reference.recording);
  return recordings.flatMap(({ lesson, steps }) =>
    [...steps].flatMap(([id, { state, step }]) => {
      if (state !== 'recorded') return [];
      const { cast, screen, picture } = recordingPaths;
      const kinds = step.options.picture === undefined ? [cast, screen] : [cast, screen, picture];
      return kinds.map((path) => path(lesson.id, id));
    }),
  );
}

/** Copies them unchanged into a built site, which is faster than generating pages for them. */
export async function publishRecordings(root: string, dist: string): Promise<void> {
  const paths = await publishedRecordings(root);
  const { recordings } = foldersOf(root);
  const target = (path: string) => join(dist, 'recordings', path);
  const folders = new Set(paths.map((path) => dirname(target(path))));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  // Synchronously: for many small files, waiting would take longer than copying.
  for (const path of paths) copyFileSync(join(recordings, path), target(path));
}
