import { ORIGINAL, type Language } from './i18n/languages.ts';

/** An address on this site under the configured base path. `path` has no leading slash. */
export function link(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}${path}`;
}

/** The same as an absolute address, if the site's address is known. */
export function absoluteLink(path: string, site: URL | undefined): string {
  return site === undefined ? link(path) : new URL(link(path), site).href;
}

/** The address of a lesson or of one of its steps, optionally in another language. */
export function lessonLink(lesson: string, step?: string, language?: Language): string {
  return link(lessonPath(lesson, language) + (step === undefined ? '' : `#${step}`));
}

/** The path of a lesson's page on this site, without the base path. */
export function lessonPath(lesson: string, language: Language = ORIGINAL): string {
  return `${homePath(language)}lessons/${lesson}/`;
}

/** The path of a page that exists in each language. */
export function pagePath(
  page: 'recall' | 'errors' | 'cheat-sheet' | 'present' | 'teach' | 'teach/participants',
  language: Language = ORIGINAL,
): string {
  return `${homePath(language)}${page}/`;
}

/** The address of the presenter's view of a lesson. */
export function presentLink(lesson: string, language: Language): string {
  return link(`${pagePath('present', language)}${lesson}/`);
}

/** The path of the start page in a language, which lists the lessons. */
export function homePath(language: Language = ORIGINAL): string {
  return language === ORIGINAL ? '' : `${language}/`;
}

/**
 * The address at which a reader can edit a file of this project, if the repository's address is
 * configured.
 * @param file path in the repository
 */
export function editLink(file: string): string | undefined {
  return inRepository(`edit/main/${file}`);
}

/** The address at which a file of this project can be read, if that of the repository is known. */
export function sourceLink(file: string): string | undefined {
  return inRepository(`blob/main/${file}`);
}

/**
 * The form for feedback on a lesson, filled in, if the repository's address is configured. The
 * names of the parameters are the ids of its fields in .github/ISSUE_TEMPLATE/lesson.yml.
 * @param language of the text that the reader has read
 */
export function feedbackLink(lesson: string, language: Language): string | undefined {
  const fields = new URLSearchParams({ template: 'lesson.yml', lesson, language });
  return inRepository(`issues/new?${fields}`);
}

/** An address in the repository: below REPOSITORY_URL, such as https://github.com/me/workshop. */
function inRepository(path: string): string | undefined {
  const repository = process.env['REPOSITORY_URL'];
  return repository === undefined || repository === ''
    ? undefined
    : `${repository.replace(/\/$/, '')}/${path}`;
}
