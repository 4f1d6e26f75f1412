/**
 * The day (UTC) on which all lessons were played and found to be as recorded, if whoever builds the site knows
 * one: it comes from the environment (CHECKED_ON, such as 2026-01-31), so that no commit holds a clock.
 * @param recorded day of the recording that is shown: an older check says nothing of it
 * @throws {Error} if it is no day
 */
export function checkedOn(recorded: string): string | undefined {
  const day = process.env['CHECKED_ON'];
  if (day === undefined || day === '') return undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
    throw new Error(`CHECKED_ON is no day such as 2026-01-31: ${day}`);
  return day < recorded ? undefined : day;
}
