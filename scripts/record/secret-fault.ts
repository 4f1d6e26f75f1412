import { stripVTControlCharacters } from 'node:util';
import type { Step } from '../../src/lesson/model.ts';
import type { Problem } from '../../src/lesson/problem.ts';
import { findSecrets } from './secrets.ts';
import type { TakeItem } from '../../src/session/take.ts';

/**
 * What is wrong with a step that shows a secret, or that allows one and shows none. The cast is published as
 * well as the screen: what was printed and wiped away again counts.
 */
export async function secretFault(
  { options: { secretOk } }: Step,
  screen: string,
  items: readonly TakeItem[],
): Promise<Pick<Problem, 'title' | 'found' | 'hint'> | undefined> {
  const [onScreen] = await findSecrets(screen);
  const [printed] = onScreen === undefined ? await findSecrets(printedText(items)) : [];
  const secret = onScreen ?? printed;
  if (secretOk !== undefined)
    return secret === undefined
      ? {
          title: 'the step says secret-ok, but shows nothing that looks like a secret',
          found: `secret-ok=${JSON.stringify(secretOk)}`,
          hint: 'take secret-ok out',
        }
      : undefined;
  if (secret === undefined) return undefined;
  return {
    title: 'the screen shows what looks like a secret',
    found:
      onScreen === undefined
        ? `printed, and wiped off the screen since: ${secret.what}; the cast would show it`
        : `line ${secret.line} of the screen: ${secret.what}`,
    hint: 'let the command print something else: recordings are public; if it is no secret, write secret-ok="why" on the step',
  };
}

function printedText(items: readonly TakeItem[]): string {
  const text = items.map((item) => (item.kind === 'command' ? '' : item.text)).join('');
  return stripVTControlCharacters(text).replaceAll('\r', '');
}
