import { z } from 'astro/zod';
import { ID } from '../lesson/id.ts';
import { ORIGINAL, TRANSLATIONS, type Language } from '../lesson/languages.ts';
import type { Problem } from '../lesson/problem.ts';
import { readYamlList, type Entry } from './yaml-list.ts';

/** Path of the list of known error messages. */
export const ERRORS_FILE = 'content/errors.yaml';

/** What an error means and what to do about it, in one language. */
const explanation = {
  means: z.string().min(1).describe('What it means, in one or two sentences; code in backticks.'),
  do: z.string().min(1).describe('What to do about it; code in backticks.'),
};

/** Schema of a known error message. */
export const errorSchema = z.strictObject({
  id: z.string().regex(ID).describe('Its name, which stays when the text changes.'),
  message: z.string().min(1).describe('The message as Docker prints it, or its main part.'),
  pattern: z
    .string()
    .refine(isPattern, 'not a regular expression')
    .describe(
      'A regular expression that finds the message in a text, in any case; blanks and line ends ' +
        'of the text are single blanks.',
    ),
  ...explanation,
  in: z
    .partialRecord(z.enum(TRANSLATIONS), z.strictObject(explanation))
    .default({})
    .describe('Both texts in other languages, by their tags.'),
  source: z.url().describe('Where it is documented, or where somebody met it.'),
});

/** A known error message. */
export type KnownError = Entry<z.infer<typeof errorSchema>>;

/** The expression that finds a known error message. */
export function errorPattern({ pattern }: Pick<KnownError, 'pattern'>): RegExp {
  return new RegExp(pattern, 'i');
}

/** The texts of an error in a language, or in the original if they are not translated. */
export function explainedIn(
  { means, do: advice, in: translated }: KnownError,
  language: Language,
): { readonly means: string; readonly do: string; readonly language: Language } {
  const texts = translated[language];
  return texts ? { ...texts, language } : { means, do: advice, language: ORIGINAL };
}

/** Reads the known error messages, in the order in which they are looked for. */
export function readErrors(text: string): { errors: KnownError[]; problems: Problem[] } {
  const { entries: errors, problems } = readYamlList(text, ERRORS_FILE, errorSchema);
  for (const [index, error] of errors.entries()) {
    const at = { file: ERRORS_FILE, line: error.line };
    if (errors.findIndex(({ id }) => id === error.id) < index)
      problems.push({ ...at, title: `the error ${error.id} occurs twice`, hint: 'rename one' });
    const found = errors.find((other) => errorPattern(other).test(inOneLine(error.message)));
    if (found !== error)
      problems.push({
        ...at,
        title: `the message of ${error.id} is not found by its pattern`,
        ...(found && { found: `the entry ${found.id} above finds it` }),
        hint: 'correct the pattern, or move the entry up',
      });
  }
  return { errors, problems };
}

/** A text as patterns are matched with it. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}
