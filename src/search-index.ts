import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { close, createIndex, type PagefindIndex } from 'pagefind';
import { isLanguage, LANGUAGES, type Language } from './i18n/languages.ts';
import { homePath, lessonPath } from './links.ts';
import { openLesson, recordingFile } from './recordings.ts';
import { openTranslation } from './translations.ts';
import { recordingPaths } from './recording/paths.ts';

/** What was indexed. */
export interface Indexed {
  readonly pages: number;
  readonly steps: number;
}

/**
 * Writes the search index of a built site: the prose of each page, and each step as an entry of its own,
 * so that a command leads to the terminal that shows it. The recorded help of commands is no entry: who
 * searches for a command wants to see it used first.
 * @param root folder of the project
 * @param dist folder of the built site; the index goes to its folder `pagefind`
 */
export async function writeSearchIndex(root: string, dist: string): Promise<Indexed> {
  try {
    const created = await createIndex();
    if (created.index === undefined) throw new Error(`Pagefind: ${created.errors.join('; ')}`);
    const pages = checked(await created.index.addDirectory({ path: dist })).page_count;
    let steps = 0;
    for (const language of Object.keys(LANGUAGES).filter(isLanguage))
      for (const id of await builtLessons(join(dist, homePath(language))))
        steps += await addSteps(created.index, root, id, language);
    checked(await created.index.writeFiles({ outputPath: join(dist, 'pagefind') }));
    return { pages, steps };
  } finally {
    await close();
  }
}

async function addSteps(
  index: PagefindIndex,
  root: string,
  id: string,
  language: Language,
): Promise<number> {
  const { lesson, steps } = await openLesson(root, id);
  const translation = await openTranslation(root, language, lesson);
  const shown = [...steps].filter(
    ([, { state, step }]) => state === 'recorded' && !step.options.hide,
  );
  const adding = shown.map(async ([step]) =>
    checked(
      await index.addCustomRecord({
        url: `/${lessonPath(id, language)}#${step}`,
        language,
        content: await recordingFile(root, recordingPaths.screen(id, step)),
        meta: { title: translation?.title ?? lesson.frontMatter.title, step },
      }),
    ),
  );
  await Promise.all(adding);
  return shown.length;
}

async function builtLessons(dist: string): Promise<string[]> {
  const entries = await readdir(join(dist, 'lessons'), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => basename(name));
}

function checked<T extends { errors: string[] }>(answer: T): T {
  if (answer.errors.length > 0) throw new Error(`Pagefind: ${answer.errors.join('; ')}`);
  return answer;
}
