/**
 * Pattern of a lesson or step id, which is used in addresses, file names and selectors. For use
 * within other patterns; `ID` matches a whole string.
 */
export const ID_SOURCE = '[a-z0-9][a-z0-9-]{0,99}';

/**
 * Every reader of ids checks them against this pattern, so that an id accepted in one place is
 * accepted everywhere.
 */
export const ID = new RegExp(`^${ID_SOURCE}$`);

/** The rule in words, for authors. */
export const ID_RULE =
  'lowercase letters, digits and hyphens, starting with a letter or digit, at most 100 characters';

/** Pattern for the names of masks (within a lesson) and of measured values (within a step). */
export const NAME = /^[a-z][a-z0-9-]*$/;

/** The id of the lesson in a file: the file's name without `.mdx`. */
export function lessonIdOf(path: string): string {
  return path.replace(/^.*[/\\]/s, '').replace(/\.mdx$/, '');
}

/** The name of a lesson, or of a step outside its lesson: `LESSON#STEP`. */
export function nameOf(lesson: string, step?: string): string {
  return step === undefined ? lesson : `${lesson}#${step}`;
}

/** Splits a name made by `nameOf`; the parts are not checked to be valid ids. */
export function splitName(name: string): { lesson: string; step?: string } {
  const [lesson = '', ...step] = name.split('#');
  return step.length === 0 ? { lesson } : { lesson, step: step.join('#') };
}

/** Whether a text is the name of a step, made of valid ids. */
export function isStepName(name: string): boolean {
  const { lesson, step = '' } = splitName(name);
  return ID.test(lesson) && ID.test(step);
}
