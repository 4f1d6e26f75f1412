import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordingPaths, variantFolder } from '../core/recording/paths.ts';
import { foldersOf } from './folders.ts';
import { lessonIds } from './lessons.ts';
import { openLesson, openReference, openVariants } from './project.ts';
import type { StepRecording } from './recordings.ts';

/**
 * The recording files of all steps of the lessons and of the command reference, as paths relative
 * to the recordings folder.
 */
async function publishedRecordings(root: string): Promise<string[]> {
  const ids = lessonIds(foldersOf(root).content);
  const [recordings, variants] = await Promise.all([
    Promise.all(ids.map((id) => openLesson(root, id))),
    Promise.all(ids.map((id) => openVariants(root, id))),
  ]);
  const reference = await openReference(root);
  return [
    ...[...recordings, ...(reference ? [reference.recording] : [])].flatMap(({ lesson, steps }) =>
      publishedFiles(lesson.id, [...steps.values()]),
    ),
    ...[...variants.flat(), ...(reference?.variants ?? [])].flatMap(
      ({ lesson, engine, steps, differs }) =>
        publishedFiles(
          variantFolder(lesson.id, engine),
          [...steps.values()].filter(({ step }) => differs.has(step.id)),
        ),
    ),
  ];
}

function publishedFiles(folder: string, steps: readonly StepRecording[]): string[] {
  return steps.flatMap(({ state, step: { id, options } }) => {
    if (state !== 'recorded') return [];
    const { cast, picture } = recordingPaths;
    const kinds = options.picture === undefined ? [cast] : [cast, picture];
    return kinds.map((path) => path(folder, id));
  });
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
