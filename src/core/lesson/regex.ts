/**
 * Checks a regular expression that an author wrote.
 * @returns what was expected instead, for a message; undefined if it is valid
 */
export function regexFault({
  source,
  flags,
}: {
  readonly source: string;
  readonly flags: string;
}): string | undefined {
  if (!/^[imsuv]*$/.test(flags)) return 'only the flags i, m, s, u and v';
  try {
    new RegExp(source, flags);
    return undefined;
  } catch (error) {
    return `a valid regular expression (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Checks the pattern of a mask: it must be valid and must not match the empty string. */
export function maskFault(source: string): string | undefined {
  const fault = regexFault({ source, flags: '' });
  if (fault !== undefined) return fault;
  return new RegExp(source).test('')
    ? 'a pattern that matches text only: it also matches the empty string'
    : undefined;
}
