/** An address on this site under the configured base path. `path` begins without a slash. */
export function link(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}${path}`;
}

/** The address of a lesson, or of one of its steps. */
export function lessonLink(lesson: string, step?: string): string {
  return link(`lessons/${lesson}/${step === undefined ? '' : `#${step}`}`);
}
