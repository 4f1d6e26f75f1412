/**
 * The day (UTC) of the last check in which all lessons were run and matched their recordings, from
 * the environment (CHECKED_ON, such as 2026-01-31) so that it need not be committed. Undefined if
 * none is given.
 * @param recorded day of the shown recording, to which an older check does not apply
 * @throws {Error} if CHECKED_ON is not a day
 */
export function checkedOn(recorded: string): string | undefined {
  const day = process.env['CHECKED_ON'];
  if (day === undefined || day === '') return undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
    throw new Error(`CHECKED_ON is not a day such as 2026-01-31: ${day}`);
  return day < recorded ? undefined : day;
}
