import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordingPaths } from '../core/recording/paths.ts';
import { foldersOf } from './folders.ts';
import { lessonIds } from './lessons.ts';
import { openLesson, openReference } from './project.ts';

/** The recording files of every step of the lessons and of the reference: paths in the folder of recordings. */
export async function publishedRecordings(root: string): Promise<string[]> {
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

/** Puts them into a built site, as they are: sooner done than as pages of their own. */
export async function publishRecordings(root: string, dist: string): Promise<void> {
  const paths = await publishedRecordings(root);
  const target = (path: string) => join(dist, 'recordings', path);
  const folders = new Set(paths.map((path) => dirname(target(path))));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  // One after the other: to wait for each of so many small files would take longer than to copy it.
  for (const path of paths) copyFileSync(fileOf(root, path), target(path));
}

/** One of them, for publishing it as it is. */
export function publishedRecording(root: string, path: string): Buffer<ArrayBuffer> {
  return readFileSync(fileOf(root, path));
}

function fileOf(root: string, path: string): string {
  return join(foldersOf(root).recordings, path);
}
