import { stripVTControlCharacters } from 'node:util';
import type { Cast } from '../../../src/core/recording/cast.ts';
import { findSecrets } from './secrets.ts';

/** A secret in a cast that is not on the screen at its end. */
export interface HeldSecret {
  /** Where it is, and its kind; without the secret itself. */
  readonly found: string;
  /** Whether it is visible when the cast is played. */
  readonly seen: boolean;
}

/** The first secret in the output of a cast, in its escape sequences or in its markers. */
export async function secretInCast({ events }: Cast): Promise<HeldSecret | undefined> {
  const data = (code: 'o' | 'm') =>
    events.flatMap(([, kind, text]) => (kind === code ? [text] : []));
  const output = data('o').join('');
  const [printed] = await findSecrets(seenText(output));
  if (printed !== undefined)
    return {
      found: `printed, and later cleared from the screen: ${printed.what}; the cast would show it`,
      seen: true,
    };
  const [sent] = await findSecrets(sentText(output));
  if (sent !== undefined)
    return {
      found: `in an escape sequence, such as a title, a link or a text for the clipboard: ${sent.what}; the cast would contain it`,
      seen: false,
    };
  const [typed] = await findSecrets(data('m').join('\n'));
  if (typed !== undefined)
    return {
      found: `in a command, though the terminal did not show it: ${typed.what}; the cast would contain it`,
      seen: false,
    };
  return undefined;
}

/** The text alone: a secret may have colors between its letters. */
function seenText(output: string): string {
  return stripVTControlCharacters(output).replaceAll('\r', '');
}

/**
 * All that was sent to the terminal, what stands inside escape sequences too: every control
 * character, of C0 and C1, ends a line.
 */
function sentText(output: string): string {
  return [output, ...clipboardTexts(output)].join('\n').replace(/\p{Cc}/gu, '\n');
}

/**
 * OSC 52, `Pc ; Pd` with Pd in Base64: invisible-island.net/xterm/ctlseqs, "Manipulate Selection
 * Data".
 */
const CLIPBOARD = /(?:\x1b\]|\x9d)52;[^;\p{Cc}]*;([A-Za-z0-9+/=]+)/gu;

function clipboardTexts(output: string): string[] {
  return Array.from(output.matchAll(CLIPBOARD), ([, encoded = '']) =>
    Buffer.from(encoded, 'base64').toString(),
  );
}
