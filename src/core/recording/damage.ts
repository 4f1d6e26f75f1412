import { parseCast, type Cast } from './cast.ts';
import { recordingPaths } from './paths.ts';
import type { StepProof } from './proof.ts';

/** The files of a step's recording; each is undefined if it does not exist. */
export interface RecordedFiles {
  readonly cast: string | undefined;
  readonly screen: string | undefined;
  /** Hash of the picture, if the step draws one. */
  readonly picture?: { readonly sha256: string | undefined };
}

/** The result of examining a recording: it is whole, or one of its files is damaged. */
export type Examined =
  | {
      readonly state: 'whole';
      readonly cast: Cast;
      readonly text: { readonly cast: string; readonly screen: string };
    }
  | { readonly state: 'damaged'; readonly found: string };

/**
 * Checks that the recording of a step is as the recorder wrote it, neither truncated nor containing
 * merge conflict markers. Only recordings that pass are published.
 */
export function examine(
  lesson: string,
  step: string,
  { cast, screen, picture }: RecordedFiles,
  { commands, picture: pictureProof }: StepProof,
): Examined {
  const damaged = (kind: 'cast' | 'screen' | 'picture', what: string): Examined => ({
    state: 'damaged',
    found: `recordings/${recordingPaths[kind](lesson, step)} ${what}`,
  });
  if (cast === undefined) return damaged('cast', 'does not exist');
  if (screen === undefined) return damaged('screen', 'does not exist');
  let parsed: Cast;
  try {
    parsed = parseCast(cast);
  } catch (error) {
    return damaged('cast', `cannot be read: ${String(error)}`);
  }
  if (parsed.events.at(-1)?.[1] !== 'x')
    return damaged('cast', 'was truncated: it has no final exit event');
  const lines = screen.split('\n').length - 1;
  const last = Math.max(0, ...commands.map(({ shown }) => shown?.to ?? 0));
  if (last > lines)
    return damaged('screen', `was truncated: it has ${lines} lines, and line ${last} was typed`);
  if (picture !== undefined && picture.sha256 === undefined)
    return damaged('picture', 'does not exist');
  if (picture !== undefined && picture.sha256 !== pictureProof?.sha256)
    return damaged('picture', 'is not the one that proof.json names');
  return { state: 'whole', cast: parsed, text: { cast, screen } };
}
