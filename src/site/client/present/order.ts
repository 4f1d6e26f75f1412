/** The query of a presentation's address that says which lessons are presented, in which order. */
export function orderQuery(lessons: readonly string[]): string {
  return `?lessons=${lessons.join(',')}`;
}

/**
 * Finds the addresses of the lessons beside one, in the order that its address names.
 * @param pathname the address of its presentation, without the query
 * @returns undefined if the query names no order, or not this lesson
 */
export function waysFrom(
  pathname: string,
  query: string,
): { readonly before: string | undefined; readonly next: string | undefined } | undefined {
  const lessons = new URLSearchParams(query).get('lessons')?.split(',') ?? [];
  const id = pathname.split('/').findLast((part) => part !== '') ?? '';
  const at = lessons.indexOf(id);
  if (at < 0) return undefined;
  const address = (lesson: string | undefined) =>
    lesson && pathname.replace(`/${id}/`, `/${lesson}/`);
  return { before: address(lessons[at - 1]), next: address(lessons[at + 1]) };
}
