import lighthouse, { desktopConfig } from 'lighthouse';
import { median } from '../bench/rounds.ts';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

type Category = (typeof CATEGORIES)[number];

/** Scores from 0 to 100. */
type Scores = Readonly<Record<Category, number>>;

export interface LighthouseResult {
  /** The median of all runs. */
  readonly scores: Scores;
  /** Audits that cost points in any run. */
  readonly faults: readonly string[];
}

/**
 * Runs Lighthouse on a page.
 * @param port debugging port of a running Chromium
 */
export async function runLighthouse(
  url: string,
  device: 'phone' | 'desktop',
  port: number,
  runs: number,
): Promise<LighthouseResult> {
  const taken: Scores[] = [];
  const faults = new Set<string>();
  for (let run = 0; run < runs; run++) {
    const result = await lighthouse(
      url,
      { port, logLevel: 'error', onlyCategories: [...CATEGORIES] },
      device === 'desktop' ? desktopConfig : undefined,
    );
    if (result === undefined || result.lhr.runtimeError !== undefined)
      throw new Error(`Lighthouse: ${result?.lhr.runtimeError?.message ?? 'no result'}`);
    const { categories, audits } = result.lhr;
    taken.push(scoresOf((name) => Math.round((categories[name]?.score ?? 0) * 100)));
    for (const { id, weight } of Object.values(categories).flatMap(({ auditRefs }) => auditRefs)) {
      const audit = audits[id];
      if (weight > 0 && audit && audit.score !== null && audit.score < 1)
        faults.add(`${id} ${audit.displayValue ?? ''}`.trim());
    }
  }
  return {
    scores: scoresOf((name) => median(taken.map((scores) => scores[name]))),
    faults: [...faults],
  };
}

function scoresOf(score: (name: Category) => number): Scores {
  return Object.fromEntries(CATEGORIES.map((name) => [name, score(name)])) as Record<
    Category,
    number
  >;
}
