/** What stands for a break in an order: no lesson has such an id. */
export const BREAK = '-';

/**
 * The query of a presentation's address that says what is presented, in which order.
 * @param order ids of lessons, and `BREAK`
 */
export function orderQuery(order: readonly string[]): string {
  return `?lessons=${order.join(',')}`;
}

/** What is before and after a lesson in an order. */
export interface Ways {
  /** Addresses of presentations. */
  readonly before: string | undefined;
  readonly next: string | undefined;
  /** Whether there is a break before the next lesson. */
  readonly hasBreak: boolean;
}

/** The id of the lesson that an address presents. @param pathname without the query */
export function lessonAt(pathname: string): string {
  return pathname.split('/').findLast((part) => part !== '') ?? '';
}

/**
 * Finds what is beside a lesson, in the order that the address of its presentation names.
 * @param pathname the address of its presentation, without the query
 * @returns undefined if the query names no order, or not this lesson
 */
export function waysFrom(pathname: string, query: string): Ways | undefined {
  const order = new URLSearchParams(query).get('lessons')?.split(',') ?? [];
  const id = lessonAt(pathname);
  const at = order.indexOf(id);
  if (at < 0) return undefined;
  const isLesson = (one: string) => one !== BREAK;
  const address = (lesson: string | undefined) =>
    lesson && pathname.replace(`/${id}/`, `/${lesson}/`);
  return {
    before: address(order.slice(0, at).findLast(isLesson)),
    next: address(order.slice(at + 1).find(isLesson)),
    hasBreak: order[at + 1] === BREAK,
  };
}
