/**
 * What the id of a lesson or of a step looks like: a part of addresses, file names and selectors.
 * For patterns that hold an id; `ID` is all of a text.
 */
export const ID_SOURCE = '[a-z0-9][a-z0-9-]{0,99}';

/** Whatever reads an id holds it against this: what is published can also be ticked, and recorded. */
export const ID = new RegExp(`^${ID_SOURCE}$`);

/** The same for authors. */
export const ID_RULE =
  'small letters, digits and hyphens, a letter or digit first, at most 100 characters';

/** What the name of a mask looks like within its lesson, and of a measured value within its step. */
export const NAME = /^[a-z][a-z0-9-]*$/;

/** The id of the lesson that a file holds: the file's name. */
export function lessonIdOf(path: string): string {
  return path.replace(/^.*[/\\]/s, '').replace(/\.mdx$/, '');
}

/** How a step is named outside of its lesson, or a whole lesson. */
export function nameOf(lesson: string, step?: string): string {
  return step === undefined ? lesson : `${lesson}#${step}`;
}

/** Reads what `nameOf` writes; neither part need be a valid id. */
export function splitName(name: string): { lesson: string; step?: string } {
  const [lesson = '', ...step] = name.split('#');
  return step.length === 0 ? { lesson } : { lesson, step: step.join('#') };
}
