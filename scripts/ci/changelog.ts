/** A version is not in the changelog, or nothing is said of it. */
export class ChangelogError extends Error {
  override readonly name = 'ChangelogError';
}

/**
 * What a changelog that follows Keep a Changelog says of a version.
 * @param tag such as `v1.2.0`
 * @throws {ChangelogError}
 */
export function notesOf(changelog: string, tag: string): string {
  const version = tag.replace(/^v/, '');
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => headOf(text) === version);
  const notes = section?.replace(/^.*\n/, '').trim() ?? '';
  if (notes === '') throw new ChangelogError(`CHANGELOG.md says nothing of ${version}`);
  return notes;
}

/** `1.2.0` of `[1.2.0] - 2026-01-31`. */
function headOf(section: string): string {
  return (/^\[?([^\]\s]+)/.exec(section)?.[1] ?? '').replace(/^v/, '');
}
