/** A lesson that nobody wrote, and what its commands would print. */
export interface MadeLesson {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly steps: readonly MadeStep[];
}

export interface MadeStep {
  readonly id: string;
  /** The paragraph before it. */
  readonly prose: string;
  readonly typed: string;
  readonly printed: readonly string[];
}

/** Steps of a lesson and words of a paragraph: about what the longer lessons of this workshop have. */
const STEPS = 15;
const WORDS = 90;

/** The same lessons each time. No two are alike, as far as a search index can tell. */
export function madeLessons(count: number): MadeLesson[] {
  return Array.from({ length: count }, (_, at) => {
    const word = wordsFrom(at + 1);
    const words = (many: number) => Array.from({ length: many }, word).join(' ');
    return {
      id: `lesson-${at + 1}`,
      title: `Lesson ${at + 1}`,
      description: `You can say ${words(8)}.`,
      steps: Array.from({ length: STEPS }, (_unused, step) => ({
        id: `step-${step + 1}`,
        prose: `${words(WORDS)}.`,
        typed: `docker run --rm debian echo ${words(2)}`,
        printed: Array.from({ length: 8 }, () => words(9)),
      })),
    };
  });
}

const SYLLABLES = ['ba', 'che', 'di', 'fo', 'gu', 'la', 'men', 'nor', 'pi', 'ra', 'se', 'to'];

/** Words of two or three syllables, from a fixed start (a linear congruential generator). */
function wordsFrom(seed: number): () => string {
  let state = seed * 7919;
  const below = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
  const syllable = () => SYLLABLES[below(SYLLABLES.length)] ?? '';
  return () => syllable() + syllable() + (below(3) === 0 ? '' : syllable());
}

/** The lesson's file for this workshop. */
export function lessonFile({ title, description, steps }: MadeLesson): string {
  const body = steps.map(
    ({ id, prose, typed }) =>
      `## About ${id}\n\n${prose}\n\n\`\`\`console ${id}\n$ ${typed}\n\`\`\`\n`,
  );
  return `---\ntitle: ${title}\ndescription: ${description}\n---\n\n${body.join('\n')}`;
}

/**
 * The same text for a site that knows nothing of recordings: what is no prose stands in it as finished HTML.
 * @param opening the lesson's head
 * @param terminals one for each step
 */
export function bareFile(
  { title, description, steps }: MadeLesson,
  opening: string,
  terminals: readonly string[],
): string {
  const html = (text: string) => `<Html of={${JSON.stringify(text)}} />`;
  const body = steps.map(
    ({ id, prose }, index) => `<div class="row">
<div class="before">
${index === 0 ? html(opening) : ''}

## About ${id}

${prose}

</div>
<div class="shown">
${html(terminals[index] ?? '')}
</div>
</div>
`,
  );
  return `---\ntitle: ${title}\ndescription: ${description}\n---\n\n${body.join('\n')}`;
}

/** What the steps of a lesson print, as a terminal gets it. */
export function outputsOf({ steps }: MadeLesson): Record<string, string[]> {
  return Object.fromEntries(
    steps.map(({ id, printed }) => [id, [printed.map((line) => `${line}\r\n`).join('')]]),
  );
}
