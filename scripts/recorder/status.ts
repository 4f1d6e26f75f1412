/**
 * Exit statuses of `record`, and which one stands for a run in which several apply: the first of
 * this list.
 */
const STATUSES = [2, 130, 1, 40, 30, 20, 10, 0] as const;

/**
 * 0 fine, 1 the recordings or a report cannot be written, 2 usage or an invalid lesson, 10 drift,
 * 20 not the expected result, or two results in two runs, 30 time-out, 40 lab failed, 130
 * interrupted.
 */
export type Status = (typeof STATUSES)[number];

/** The status of a run in which several apply; 0 if none does. */
export function worst(statuses: readonly Status[]): Status {
  return STATUSES.find((status) => statuses.includes(status)) ?? 0;
}
