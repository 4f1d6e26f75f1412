import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lessonMarkdown } from '../markdown/export.ts';
import { recordingPaths } from '../../core/recording/paths.ts';
import { onceForBuild } from '../../store/once-for-build.ts';
import { openLesson, recordingFile } from '../../store/recordings.ts';

/**
 * A lesson as plain Markdown with its real output.
 * @param root folder of the project
 * @param origin where the site stands, if that is known
 * @param base its base path
 */
export function lessonText(
  root: string,
  id: string,
  origin: URL | undefined,
  base: string,
): Promise<string> {
  // It is a page of its own and a part of the text of all lessons.
  return onceForBuild(`text ${join(root, id)}`, () => makeText(root, id, origin, base));
}

async function makeText(
  root: string,
  id: string,
  origin: URL | undefined,
  base: string,
): Promise<string> {
  const recording = await openLesson(root, id);
  const { file, frontMatter } = recording.lesson;
  const screens = new Map<string, string>();
  for (const [step, { state }] of recording.steps)
    if (state === 'recorded')
      screens.set(step, recordingFile(root, recordingPaths.screen(id, step)));
  return lessonMarkdown({
    text: await readFile(join(root, file), 'utf8'),
    title: frontMatter.title,
    description: frontMatter.description,
    recording,
    screens,
    page: new URL(`${base.replace(/\/?$/, '/')}lessons/${id}/`, origin ?? 'http://localhost'),
    absolute: origin !== undefined,
  });
}
