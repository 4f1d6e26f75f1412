import { LabError } from '../lab/index.ts';
import { BuildError } from './run.ts';

/**
 * What to tell of a build of the browser lab that failed: the end of what the failed program printed, what happened, and what to do.
 * @returns undefined if the error is none of the build
 */
export function buildFailure(error: unknown): string | undefined {
  if (!(error instanceof BuildError) && !(error instanceof LabError)) return undefined;
  const hint = error instanceof LabError ? `To fix it: ${error.hint}.` : undefined;
  return [error.log, `vm: ${error.message}`, hint].filter(Boolean).join('\n');
}
