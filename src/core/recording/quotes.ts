import type { Quote } from '../lesson/quotes.ts';
import type { Problem } from '../lesson/problem.ts';
import { cutAlike } from './compare.ts';
import { findMasked, type NamedMask } from './masks.ts';
import type { CommandProof } from './proof.ts';

/** What of a step's recording a quote is looked up in. */
export interface QuotedScreen {
  readonly screen: string;
  readonly commands: readonly Pick<CommandProof, 'shown'>[];
}

/** Where a screen shows a quoted phrase; `to` is exclusive. */
export interface PhrasePlace {
  /** 0-based line of the screen. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A quote whose step shows it. */
export interface LinkedQuote {
  readonly quote: Quote;
  readonly step: string;
  readonly place: PhrasePlace;
}

/** The recording of a step; undefined if there is none. */
type ScreenOf = (step: string) => QuotedScreen | undefined;

/** A quote that its step no longer shows, as a problem of the lesson's file. */
export interface LostQuote extends Omit<Problem, 'file'> {
  readonly step: string;
}

/** The quoted phrases of a lesson, sorted, by the id of the step that shows them. */
export type Quotes = Readonly<Record<string, readonly string[]>>;

/**
 * A single word, such as `docker`, is in many commands: prose that has it speaks of it in general.
 */
const WORD = /^\p{L}+$/u;

/**
 * Where a screen shows a phrase as whole words. Typed lines count if no printed one shows it,
 * unless it is a single word. What masks match does not count, and one blank stands for any number
 * of them: so two screens that are the same apart from what masks hide give the same answer.
 * @param declared masks that the lesson declares
 */
export function phrasePlaces(
  phrase: string,
  { screen, commands }: QuotedScreen,
  declared: readonly NamedMask[],
): PhrasePlace[] {
  const pattern = wholeWords(phrase);
  const places = screen.split('\n').flatMap((shown, line) => {
    const text = cutAlike(shown);
    const found = [...text.matchAll(pattern)];
    const masked = found.length > 0 ? findMasked(text, declared) : [];
    return found
      .map(({ index, 0: { length } }) => ({ line, from: index, to: index + length }))
      .filter(({ from, to }) => !masked.some((part) => part.from < to && from < part.to));
  });
  const isTyped = ({ line }: PhrasePlace) =>
    commands.some(({ shown }) => shown !== null && shown.from <= line && line < shown.to);
  const printed = places.filter((place) => !isTyped(place));
  return printed.length > 0 || WORD.test(phrase) ? printed : places;
}

/**
 * The quotes that are linked: those that are exactly once on the screen of the first of their steps
 * that shows them. A phrase is linked to a step where it first quotes it, and once more if that is
 * folded.
 * @param screenOf the recording of a step, if there is one
 */
export function linkedQuotes(
  quotes: readonly Quote[],
  screenOf: ScreenOf,
  declared: readonly NamedMask[],
): LinkedQuote[] {
  const linked = new Map<string, LinkedQuote>();
  for (const quote of quotes)
    for (const step of quote.steps) {
      const screen = screenOf(step);
      const places = screen === undefined ? [] : phrasePlaces(quote.text, screen, declared);
      const [place, ...others] = places;
      if (place === undefined) continue;
      const key = `${step} ${quote.folded} ${quote.text}`;
      if (others.length === 0 && !linked.has(key)) linked.set(key, { quote, step, place });
      break;
    }
  return [...linked.values()];
}

/** What a proof lists of linked quotes. */
export function listed(linked: readonly LinkedQuote[]): Quotes {
  const bySteps = Map.groupBy(linked, ({ step }) => step);
  return Object.fromEntries(
    [...bySteps].map(([step, quotes]) => [
      step,
      [...new Set(quotes.map(({ quote }) => quote.text))].sort(),
    ]),
  );
}

/** A proof with a list of quotes, or without one if nothing is quoted. */
export function withQuotes<T extends { readonly quotes?: Quotes }>(proof: T, quotes: Quotes): T {
  const others = Object.entries(proof).filter(([key]) => key !== 'quotes');
  const isAny = Object.keys(quotes).length > 0;
  return Object.fromEntries(isAny ? [...others, ['quotes', quotes]] : others) as T;
}

/**
 * The quotes of a list that the prose still has, and that their step no longer shows exactly once.
 * @param list as in the proof
 */
export function lostQuotes(
  quotes: readonly Quote[],
  list: Quotes,
  screenOf: ScreenOf,
  declared: readonly NamedMask[],
): LostQuote[] {
  return Object.entries(list).flatMap(([step, texts]) =>
    texts.flatMap((text): LostQuote[] => {
      const quote = quotes.find((one) => one.text === text && one.steps.includes(step));
      const screen = screenOf(step);
      if (quote === undefined || screen === undefined) return [];
      const { length } = phrasePlaces(text, screen, declared);
      if (length === 1) return [];
      return [
        {
          step,
          line: quote.line,
          title: `the prose quotes the step ${step}, which no longer shows that exactly once`,
          expected: text,
          found: length === 0 ? 'it is not on the screen' : `it is there ${length} times`,
          hint:
            (length === 0 ? 'quote what the screen shows' : 'quote more of the line') +
            `; if it is not meant as a quote, write <code>${text}</code>`,
        },
      ];
    }),
  );
}

/**
 * A pattern of a phrase that is not a part of a longer word. Hyphens and dots join words, as in
 * names of files and in versions.
 */
function wholeWords(phrase: string): RegExp {
  const words = phrase.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const [before, after] = [/^[\p{L}\p{N}_-]/u.test(phrase), /[\p{L}\p{N}_-]$/u.test(phrase)];
  const start = before ? String.raw`(?<![\p{L}\p{N}_-]|[\p{L}\p{N}_]\.)` : '';
  const end = after ? String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}_])` : '';
  return new RegExp(`${start}${words.join(' +')}${end}`, 'gu');
}
