/** A generated lesson with the output of its commands. */
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

/** Steps per lesson and words per paragraph, about as in the longer lessons of this workshop. */
const STEPS = 15;
const WORDS = 90;

/** Generates the same lessons each time. To a search index, no two of them are alike. */
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

/** Generates words of two or three syllables from a seed (a linear congruential generator). */
function wordsFrom(seed: number): () => string {
  let state = seed * 7919;
  const below = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
  const syllable = () => SYLLABLES[below(SYLLABLES.length)] ?? '';
  return () => syllable() + syllable() + (below(3) === 0 ? '' : syllable());
}

/** The lesson as a file of this workshop. */
export function lessonFile({ title, description, steps }: MadeLesson): string {
  const body = steps.map(
    ({ id, prose, typed }) =>
      `## About ${id}\n\n${prose}\n\n\`\`\`console ${id}\n$ ${typed}\n\`\`\`\n`,
  );
  return `---\ntitle: ${title}\ndescription: ${description}\n---\n\n${body.join('\n')}`;
}

/**
 * The lesson as a file of the bare site: everything except prose is finished HTML.
 * @param opening header of the lesson
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

/** The terminal output of each step. */
export function outputsOf({ steps }: MadeLesson): Record<string, string[]> {
  return Object.fromEntries(
    steps.map(({ id, printed }) => [id, [printed.map((line) => `${line}\r\n`).join('')]]),
  );
}
