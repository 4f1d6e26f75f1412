import { parseCast, type Cast } from './cast.ts';
import { recordingPaths } from './paths.ts';
import type { StepProof } from './proof.ts';

/** The files of a step's recording as they are read, each undefined if there is none. */
export interface RecordedFiles {
  readonly cast: string | undefined;
  readonly screen: string | undefined;
  /** Hash of its picture, where the step draws one. */
  readonly picture?: { readonly sha256: string | undefined };
}

/** A recording that is whole, or what is wrong with which of its files. */
export type Examined =
  | {
      readonly state: 'whole';
      readonly cast: Cast;
      readonly text: { readonly cast: string; readonly screen: string };
    }
  | { readonly state: 'damaged'; readonly found: string };

/**
 * Looks whether the recording of a step is what the recorder has written: one that was cut, or that
 * a merge has left its marks in, is as good as none. What is published is what passes here.
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
  if (cast === undefined) return damaged('cast', 'is not there');
  if (screen === undefined) return damaged('screen', 'is not there');
  let parsed: Cast;
  try {
    parsed = parseCast(cast);
  } catch (error) {
    return damaged('cast', `cannot be read: ${String(error)}`);
  }
  if (parsed.events.at(-1)?.[1] !== 'x')
    return damaged('cast', 'was cut: it has no final exit event');
  const lines = screen.split('\n').length - 1;
  const last = Math.max(0, ...commands.map(({ shown }) => shown?.to ?? 0));
  if (last > lines)
    return damaged('screen', `was cut: it has ${lines} lines, and line ${last} was typed`);
  if (picture !== undefined && picture.sha256 === undefined)
    return damaged('picture', 'is not there');
  if (picture !== undefined && picture.sha256 !== pictureProof?.sha256)
    return damaged('picture', 'is not the one that proof.json names');
  return { state: 'whole', cast: parsed, text: { cast, screen } };
}
