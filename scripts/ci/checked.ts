import { readResults, ResultError } from './result.ts';

/**
 * The day on which all lessons were as recorded, for the build of the site.
 * @param out folder with the results of `record --check --all`
 * @throws {ResultError} if they were not
 */
export async function checkedOn(out: string, now: Date): Promise<string> {
  const { status, lessons } = await readResults(out);
  if (
    status !== 0 ||
    lessons.length === 0 ||
    lessons.some(({ result }) => result !== 'as recorded')
  )
    throw new ResultError(`not all lessons were as recorded (${status})`);
  return now.toISOString().slice(0, 10);
}
