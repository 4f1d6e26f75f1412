/**
 * Maximum number of lessons in the list beside a lesson, which is a part of every lesson's page.
 * The start page has them all.
 */
export const LISTED = 6;

/** A row of the list: the lessons of a part that are near the open one. */
interface Row<Place> {
  readonly title: string;
  readonly places: readonly Place[];
}

/**
 * The rows of lessons around the open one: all of them if the list is short, otherwise its
 * neighbors in reading order.
 * @param at index of the open lesson among all
 */
export function rowsAround<Place>(rows: readonly Row<Place>[], at: number): Row<Place>[] {
  const all = rows.reduce((sum, { places }) => sum + places.length, 0);
  const from = Math.max(0, Math.min(at - LISTED / 2, all - LISTED));
  let start = 0;
  return rows.flatMap(({ title, places }) => {
    const begin = start;
    start += places.length;
    const near = places.slice(Math.max(from - begin, 0), Math.max(from + LISTED - begin, 0));
    return near.length === 0 ? [] : [{ title, places: near }];
  });
}
