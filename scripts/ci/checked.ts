import { CiError } from './error.ts';
import { readResults } from './result.ts';

/**
 * The day on which all lessons were as recorded, for the build of the site.
 * @param out folder with the results of `record --check --all`
 * @throws {CiError} if they were not
 */
export async function checkedOn(out: string, now: Date): Promise<string> {
  const { status, lessons } = await readResults(out);
  const isSame = lessons.length > 0 && lessons.every(({ result }) => result === 'as recorded');
  if (status !== 0 || !isSame) throw new CiError(`not all lessons were as recorded (${status})`);
  return now.toISOString().slice(0, 10);
}
