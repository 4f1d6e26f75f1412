/** An address on this site under the configured base path. `path` begins without a slash. */
export function link(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}${path}`;
}

/** The same with the site's own address before it, where that is known. */
export function absoluteLink(path: string, site: URL | undefined): string {
  return site === undefined ? link(path) : new URL(link(path), site).href;
}

/** The address of a lesson, or of one of its steps. */
export function lessonLink(lesson: string, step?: string): string {
  return link(`lessons/${lesson}/${step === undefined ? '' : `#${step}`}`);
}

/**
 * Where a reader can mend a file of this project, if its repository's address is configured
 * (REPOSITORY_URL, such as https://github.com/somebody/you-like-docker).
 * @param file path in the repository
 */
export function editLink(file: string): string | undefined {
  const repository = process.env['REPOSITORY_URL'];
  return repository === undefined || repository === ''
    ? undefined
    : `${repository.replace(/\/$/, '')}/edit/main/${file}`;
}
