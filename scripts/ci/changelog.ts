/** The changelog has no section for a version, or the section is empty. */
export class ChangelogError extends Error {
  override readonly name = 'ChangelogError';
}

/**
 * The notes on a version in a changelog that follows Keep a Changelog.
 * @param tag such as `v1.2.0`
 * @throws {ChangelogError}
 */
export function notesOf(changelog: string, tag: string): string {
  const version = tag.replace(/^v/, '');
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => headOf(text) === version);
  const notes = section?.replace(/^.*\n/, '').trim() ?? '';
  if (notes === '') throw new ChangelogError(`CHANGELOG.md has no notes on ${version}`);
  return notes;
}

/** The version in the heading of a section: `1.2.0` in `[1.2.0] - 2026-01-31`. */
function headOf(section: string): string {
  return (/^\[?([^\]\s]+)/.exec(section)?.[1] ?? '').replace(/^v/, '');
}
