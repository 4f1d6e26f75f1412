/**
 * What is wrong with a regular expression that an author wrote, as what would have been right.
 * @param flags those of the author; see `RegExp`
 */
export function regexFault({
  source,
  flags,
}: {
  readonly source: string;
  readonly flags: string;
}): string | undefined {
  if (!/^[imsuv]*$/.test(flags)) return 'no flags but i, m, s, u and v';
  try {
    new RegExp(source, flags);
    return undefined;
  } catch (error) {
    return `a valid regular expression (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** What is wrong with the pattern of a mask: it must be valid, and name some text. */
export function maskFault(source: string): string | undefined {
  const fault = regexFault({ source, flags: '' });
  if (fault !== undefined) return fault;
  return new RegExp(source).test('')
    ? 'a pattern of some text: it matches also where nothing stands'
    : undefined;
}
