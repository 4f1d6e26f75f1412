/** A section that contains a word. */
export interface Found {
  readonly section: string;
  /** The engine's score of the section for this word. */
  readonly score: number;
  /** Positions in the section, counted in words, in ascending order. */
  readonly at: readonly number[];
}

/** A word of the query, by its index, at a position in a section. */
export interface Hit {
  readonly word: number;
  readonly at: number;
  /** Weight of the word in the query. */
  readonly weight: number;
}

export interface Ranked {
  readonly section: string;
  readonly score: number;
  /** In ascending order. */
  readonly hits: readonly Hit[];
}

/** Maximum distance of words that belong together. */
const NEAR = 2;

/** Sections that score lower than this share of the best score are left out. */
const LEAST = 0.05;

/**
 * Ranks sections by their scores for the words of a query, higher for more of the words, and higher
 * still if they are in the typed sequence. Rare words weigh more, but no more than the best score
 * for them allows.
 * @param found for each word of the query, in order, the sections that contain it
 * @param sections number of all sections
 */
export function rank(found: readonly (readonly Found[])[], sections: number): Ranked[] {
  const weights = found.map((places) => {
    const rare = Math.log(1 + (sections - places.length + 0.5) / (places.length + 0.5));
    return Math.min(rare, Math.max(...places.map(({ score }) => score)));
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const bySection = new Map<
    string,
    { score: number; held: number; at: Map<number, readonly number[]> }
  >();
  for (const [word, places] of found.entries())
    for (const { section, score, at } of places) {
      const entry = bySection.get(section) ?? { score: 0, held: 0, at: new Map() };
      entry.score += score;
      entry.held += weights[word] ?? 0;
      entry.at.set(word, at);
      bySection.set(section, entry);
    }
  const ranked = [...bySection]
    .map(([section, { score, held, at }]) => ({
      section,
      score: score * (held / whole) ** 2 * (1 + together(at, weights) / whole),
      hits: [...at]
        .flatMap(([word, places]) =>
          places.map((place) => ({ word, at: place, weight: weights[word] ?? 0 })),
        )
        .sort((a, b) => a.at - b.at),
    }))
    .sort((a, b) => b.score - a.score);
  return ranked.filter(({ score }) => score >= (ranked[0]?.score ?? 0) * LEAST);
}

/** The weight of the longest run of words in the sequence of the query; 0 for single words. */
function together(at: ReadonlyMap<number, readonly number[]>, weights: readonly number[]): number {
  let best = 0;
  let before: { at: number; weight: number }[] = [];
  for (const [word, weight] of weights.entries()) {
    before = (at.get(word) ?? []).map((place) => {
      const behind = before.filter((run) => place >= run.at && place - run.at <= NEAR);
      const run = Math.max(0, ...behind.map((each) => each.weight));
      if (run > 0) best = Math.max(best, run + weight);
      return { at: place, weight: run + weight };
    });
  }
  return best;
}
