/** A section in which a word stands. */
export interface Found {
  readonly section: string;
  /** How much the section is about this word, as the engine has it. */
  readonly score: number;
  /** Where in the section it stands, counted in words, in rising order. */
  readonly at: readonly number[];
}

/** A word of the query, by its number, at a place in a section. */
export interface Hit {
  readonly word: number;
  readonly at: number;
  /** How much the word counts in the query. */
  readonly weight: number;
}

export interface Ranked {
  readonly section: string;
  readonly score: number;
  /** In rising order. */
  readonly hits: readonly Hit[];
}

/** Words that are not more than so far apart belong together. */
const NEAR = 2;

/** What answers so much worse than the best section is not what was asked for. */
const LEAST = 0.05;

/**
 * Sections by how well they answer a query: what they say of each word, the more of the words they hold the better,
 * and better still if these follow each other as they were typed. A word counts the more the fewer sections
 * have it, yet not more than the best of them says of it.
 * @param found for each word of the query, in its order, the sections that hold it
 * @param sections how many there are
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

/** The weight of the longest run of words that follow each other as in the query; of one word alone none. */
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
