import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordingPaths } from '../core/recording/paths.ts';
import { lessonIds, openLesson, openReference, RECORDINGS } from './recordings.ts';

/** The recording files of every step of the lessons and of the reference: paths in `recordings/`. */
export async function publishedRecordings(root: string): Promise<string[]> {
  const ids = await lessonIds(root);
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

/** Puts them into a built site, as they are: sooner done than as pages of their own. */
export async function publishRecordings(root: string, dist: string): Promise<void> {
  const paths = await publishedRecordings(root);
  const target = (path: string) => join(dist, 'recordings', path);
  const folders = new Set(paths.map((path) => dirname(target(path))));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  // One after the other: to wait for each of so many small files would take longer than to copy it.
  for (const path of paths) copyFileSync(join(root, RECORDINGS, path), target(path));
}
