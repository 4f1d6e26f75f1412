import { LabError } from '../lab/index.ts';
import { BuildError } from './run.ts';

/**
 * Describes a failed build of the browser lab: the end of the output of the failed program, what
 * happened, and what to do.
 * @returns undefined if the error is not from the build
 */
export function buildFailure(error: unknown): string | undefined {
  if (!(error instanceof BuildError) && !(error instanceof LabError)) return undefined;
  const hint = error instanceof LabError ? `  to fix:   ${error.hint}` : undefined;
  return [error.log, `vm: ${error.message}`, hint].filter(Boolean).join('\n');
}
