import { isDeepStrictEqual } from 'node:util';
import type { Quote } from '../core/lesson/quotes.ts';
import { lessonMasks } from '../core/recording/masks.ts';
import {
  linkedQuotes,
  listed,
  lostQuotes,
  type LinkedQuote,
  type LostQuote,
  type QuotedScreen,
  type Quotes,
} from '../core/recording/quotes.ts';
import type { StepProof } from '../core/recording/proof.ts';
import { recordedSteps, type LessonRecording } from './recordings.ts';
import { isVariant } from './variants.ts';

/** Phrases that a message names; the others are counted. */
const MOST = 5;

/** The quotes of a lesson that are linked to the recorded screens. */
export function quotesLinked(recording: LessonRecording, quotes: readonly Quote[]): LinkedQuote[] {
  return linkedQuotes(quotes, committed(recording), lessonMasks(recording.lesson));
}

/** What the proof of a recording has to list; that of another Engine only lists its own steps. */
export function quotesToList(recording: LessonRecording, quotes: readonly Quote[]): Quotes {
  const linked = quotesLinked(recording, quotes);
  return listed(
    isVariant(recording) ? linked.filter(({ step }) => recording.differs.has(step)) : linked,
  );
}

/**
 * The quotes that the proof of a recording lists, that the prose still has, and that the screen no
 * longer shows exactly once.
 * @param runs what steps show now, by id; the others show what is recorded
 */
export function quotesLost(
  recording: LessonRecording,
  quotes: readonly Quote[],
  runs: ReadonlyMap<string, QuotedScreen> = new Map(),
): LostQuote[] {
  const { lesson, proof } = recording;
  const recorded = committed(recording);
  const screenOf = (step: string) => runs.get(step) ?? recorded(step);
  return lostQuotes(quotes, proof?.quotes ?? {}, screenOf, lessonMasks(lesson));
}

/**
 * In what the list of a proof is not that of the prose and the screens; undefined if it is the
 * same.
 */
export function otherList(
  recording: LessonRecording,
  quotes: readonly Quote[],
): string | undefined {
  const { quotes: list = {} } = recording.proof ?? {};
  const current = quotesToList(recording, quotes);
  if (isDeepStrictEqual(list, current)) return undefined;
  const only = (one: Quotes, other: Quotes) =>
    Object.entries(one).flatMap(([step, texts]) =>
      texts
        .filter((text) => other[step]?.includes(text) !== true)
        .map((text) => `\`${text}\` (${step})`),
    );
  const words = (what: string, texts: readonly string[]) => {
    const more = texts.length > MOST ? `, and ${texts.length - MOST} more` : '';
    return texts.length > 0 ? [`${what}: ${texts.slice(0, MOST).join(', ')}${more}`] : [];
  };
  return [
    ...words('no longer quoted', only(list, current)),
    ...words('not listed', only(current, list)),
  ].join('; ');
}

/** Looks up steps for quotes. */
export function screensOf(
  steps: ReadonlyMap<string, { readonly screen: string; readonly proof: StepProof }>,
): (step: string) => QuotedScreen | undefined {
  return (id) => {
    const step = steps.get(id);
    return step && { screen: step.screen, commands: step.proof.commands };
  };
}

function committed(recording: LessonRecording) {
  return screensOf(recordedSteps(recording));
}
