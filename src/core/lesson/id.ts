/**
 * What the id of a lesson or of a step looks like: a part of addresses, file names and selectors.
 * Parser and reader's progress share this definition, so that what is published can also be ticked.
 */
export const ID = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** The same for authors. */
export const ID_RULE =
  'small letters, digits and hyphens, a letter or digit first, at most 100 characters';
