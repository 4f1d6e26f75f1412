import type { Step } from '../../../src/core/lesson/model.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import type { Cast } from '../../../src/core/recording/cast.ts';
import { secretInCast } from './secret-in-cast.ts';
import { findSecrets } from './secrets.ts';

/**
 * Why a step with a secret, or one that allows a secret and has none, cannot be recorded. The cast
 * is also published, with output that is no longer on the screen or was never visible.
 */
export async function secretFault(
  { options: { secretOk } }: Step,
  screen: string,
  cast: Cast,
): Promise<Pick<Problem, 'title' | 'found' | 'hint'> | undefined> {
  const [onScreen] = await findSecrets(screen);
  const secret =
    onScreen === undefined
      ? await secretInCast(cast)
      : { found: `line ${onScreen.line} of the screen: ${onScreen.what}`, seen: true };
  if (secretOk !== undefined)
    return secret === undefined
      ? {
          title: 'the step says secret-ok, but shows nothing that looks like a secret',
          found: `secret-ok=${JSON.stringify(secretOk)}`,
          hint: 'remove secret-ok',
        }
      : undefined;
  if (secret === undefined) return undefined;
  return {
    title: secret.seen
      ? 'the screen shows what looks like a secret'
      : 'the cast would contain what looks like a secret',
    found: secret.found,
    hint: 'let the command print something else: recordings are public; if it is no secret, write secret-ok="why" on the step',
  };
}
