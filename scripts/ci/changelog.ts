import { CiError } from './error.ts';

/**
 * The notes on a version in a changelog that follows Keep a Changelog.
 * @param tag such as `v1.2.0`
 * @throws {CiError} if there are none
 */
export function notesOf(changelog: string, tag: string): string {
  const version = tag.replace(/^v/, '');
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => headOf(text) === version);
  const notes = section?.replace(/^.*\n/, '').trim() ?? '';
  if (notes === '') throw new CiError(`CHANGELOG.md has no notes on ${version}`);
  return notes;
}

/** The version in the heading of a section: `1.2.0` in `[1.2.0] - 2026-01-31`. */
function headOf(section: string): string {
  return (/^\[?([^\]\s]+)/.exec(section)?.[1] ?? '').replace(/^v/, '');
}
