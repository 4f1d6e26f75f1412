import type { Quote } from '../core/lesson/quotes.ts';
import type { QuotedPart } from '../core/screen/view.ts';
import { quotesLinked } from '../store/quotes.ts';
import { partsOf, type Part, type View, type Views } from './engines.ts';

/** What a quote stands for on a screen. */
export interface QuoteTarget {
  /** Id of the step. */
  readonly step: string;
  /** Equal for all quotes of the same phrase of a step; unique on the page. */
  readonly name: string;
}

/** The quotes of a page, and the parts of its screens for which they stand. */
export interface PageQuotes {
  /** In the order of the quotes: what each stands for on each Engine; undefined if not linked. */
  readonly targets: readonly (readonly Part<QuoteTarget | undefined>[])[];
  /** The quoted parts of a step's screen, as readers with an Engine see it. */
  readonly partsOn: (engine: string, step: string) => readonly QuotedPart[];
}

/** Links the quotes of a text to the screens of its page. */
export function pageQuotes(views: Views, quotes: readonly Quote[]): PageQuotes {
  const names = new Map<string, string>();
  const nameOf = (step: string, text: string) => {
    const key = `${step} ${text}`;
    const name = names.get(key) ?? String(names.size + 1);
    names.set(key, name);
    return name;
  };
  const byEngine = new Map(
    views.map(({ engine, recording }) => {
      const linked = quotesLinked(recording, quotes).map(({ quote, step, place }) => {
        const name = nameOf(step, quote.text);
        return { quote, target: { step, name }, part: { ...place, quote: name } };
      });
      return [engine, linked] as const;
    }),
  );
  const targetOf = (quote: Quote) => (view: View) =>
    byEngine.get(view.engine)?.find((linked) => linked.quote === quote)?.target;
  return {
    targets: quotes.map((quote) => partsOf(views, targetOf(quote), (target) => target?.name)),
    partsOn: (engine, step) =>
      (byEngine.get(engine) ?? []).flatMap(({ target, part }) =>
        target.step === step ? part : [],
      ),
  };
}
