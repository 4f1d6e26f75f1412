import { LabError } from './error.ts';
import type { LabHost, Report } from './model.ts';

export { LabError } from './error.ts';
export type * from './model.ts';

/**
 * Finds or starts the outer Engine.
 * @param signal aborting it ends waiting and building quickly; then call `close()`.
 * @throws {LabError} if there is no way to an Engine.
 */
export function openLabHost(_report: Report, _signal?: AbortSignal): Promise<LabHost> {
  return Promise.reject(new LabError('not built yet', 'wait'));
}
