import { join } from 'node:path';
import { lessonMarkdown } from '../markdown/export.ts';
import { onceForBuild } from '../../store/once-for-build.ts';
import { readText } from '../../store/project.ts';
import { openViews } from '../engines.ts';

/**
 * A lesson as plain Markdown with its real output.
 * @param root the project's folder
 * @param origin origin of the site, if known
 * @param base base path of the site
 */
export function lessonText(
  root: string,
  id: string,
  origin: URL | undefined,
  base: string,
): Promise<string> {
  // It is used twice: as a page, and in the text of all lessons.
  return onceForBuild(`text ${join(root, id)}`, async () =>
    lessonMarkdown({
      text: await readText(root, id),
      views: await openViews(root, id),
      page: new URL(`${base.replace(/\/?$/, '/')}lessons/${id}/`, origin ?? 'http://localhost'),
      absolute: origin !== undefined,
    }),
  );
}
