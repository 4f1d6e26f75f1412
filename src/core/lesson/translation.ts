import { z } from 'astro/zod';
import { mdxToMdast } from 'satteri';
import { parseDocument } from 'yaml';
import { readFence } from './fence.ts';
import { endOf, nodesBelow, startOf } from './mdast.ts';
import { stepsOf, type Block, type Lesson, type Prediction } from './model.ts';
import { withoutNotes } from './notes.ts';
import { readText } from './parse.ts';
import type { Problem } from './problem.ts';

/** Front matter of a translation; all other fields are those of its original. */
export const translationSchema = z.strictObject({
  title: z.string().min(1).describe('The heading of the page, translated.'),
  description: z.string().min(1).describe('What the reader can do afterwards, translated.'),
  translates: z
    .string()
    .regex(/^sha256:[0-9a-f]{16}$/)
    .describe(
      'Hash of the original prose that was translated; error messages and warnings give the value.',
    ),
});

/**
 * A lesson in another language. It has the same steps as its original and shares its recordings.
 */
export interface Translation {
  /** The id of the original. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly description: string;
  /** Whether the prose of the original has changed since it was translated. */
  readonly lags: boolean;
}

/** A lesson and its source text. */
export interface Original {
  readonly lesson: Lesson;
  readonly text: string;
}

/**
 * Reads a translation and compares its steps and files with those of its original: they must be the
 * same because both share the recordings.
 */
export async function parseTranslation(
  source: string,
  file: string,
  original: Original,
): Promise<{ translation?: Translation; problems: Problem[] }> {
  const { id, yaml, blocks, predictions, problems, report } = readText(source, file);
  const current = await proseHash(original);
  const head = translationSchema.safeParse(fields(yaml?.text ?? ''));
  for (const { path, message, ...issue } of head.error?.issues ?? []) {
    const field =
      issue.code === 'unrecognized_keys' ? String(issue.keys[0]) : (path[0]?.toString() ?? '');
    const at = (yaml?.text ?? '').split('\n').findIndex((line) => line.startsWith(`${field}:`));
    report({
      line: (yaml?.line ?? 1) + Math.max(at, 0),
      title: `the field ${field} of the translation is not valid`,
      found: message,
      hint:
        field === 'translates'
          ? `write translates: ${current} once the text matches ${original.lesson.file}`
          : `a translation has the fields ${Object.keys(translationSchema.shape).join(', ')}`,
    });
  }
  if (blocks !== undefined) {
    differences(blocks, original.lesson).forEach(report);
    otherPredictions(predictions, original.lesson).forEach(report);
  }
  problems.sort((a, b) => a.line - b.line);
  if (problems.length > 0 || !head.success) return { problems };
  const { title, description, translates } = head.data;
  return { translation: { id, file, title, description, lags: translates !== current }, problems };
}

/**
 * Hash of the parts of a lesson that are translated: its title, description, prose and warnings. It
 * ignores line breaks, and steps and files, which must be the same anyway.
 */
export async function proseHash({ lesson, text: written }: Original): Promise<string> {
  const text = withoutNotes(written);
  const { title, description } = lesson.frontMatter;
  let prose = '';
  let at = 0;
  for (const node of nodesBelow(mdxToMdast(text))) {
    const isFence = node.type === 'code' && readFence(node, text).kind !== 'code';
    if (node.type !== 'yaml' && !isFence) continue;
    prose += text.slice(at, startOf(node));
    at = endOf(node);
  }
  const warnings = stepsOf(lesson).flatMap(({ options }) => options.warning ?? []);
  const all = [title, description, prose + text.slice(at), ...warnings].join('\n');
  const words = all.replace(/\s+/g, ' ').trim();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  return `sha256:${hex.join('').slice(0, 16)}`;
}

/** Differences from the original, block by block; if the order differs, only that is reported. */
function differences(blocks: readonly Block[], original: Lesson): Omit<Problem, 'file'>[] {
  const length = Math.max(blocks.length, original.blocks.length);
  for (let index = 0; index < length; index++) {
    const [here, there] = [blocks[index], original.blocks[index]];
    if (here && there && nameOf(here) === nameOf(there)) continue;
    return [
      {
        line: here?.line ?? blocks.at(-1)?.line ?? 1,
        title:
          'the translation does not have the steps and files of the original in the same order',
        expected: there
          ? `${nameOf(there)}, as in ${original.file}:${there.line}`
          : 'no further step or file',
        found: here ? nameOf(here) : 'no further step or file',
        hint: 'copy every fence of the original unchanged; only the text around it is translated',
      },
    ];
  }
  return blocks.flatMap((here, index) => {
    const there = original.blocks[index];
    if (there === undefined || contentOf(here) === contentOf(there)) return [];
    return [
      {
        line: here.line,
        title: `the ${nameOf(here)} differs from the original`,
        expected: unlike(contentOf(there), contentOf(here)),
        found: unlike(contentOf(here), contentOf(there)),
        hint: `copy the fence of ${original.file}:${there.line}, including its first line`,
      },
    ];
  });
}

/** The first prediction that differs from that of the original in more than its text. */
function otherPredictions(
  predictions: readonly Prediction[],
  { predictions: originals = [], file }: Lesson,
): Omit<Problem, 'file'>[] {
  const count = Math.max(predictions.length, originals.length);
  for (let index = 0; index < count; index++) {
    const [here, there] = [predictions[index], originals[index]];
    if (here && there && askedOf(here) === askedOf(there)) continue;
    return [
      {
        line: here?.line ?? 1,
        title: 'the translation does not have the predictions of the original',
        expected: there
          ? `the prediction of the step ${there.step}, as in ${file}:${there.line}`
          : 'no further prediction',
        found: here ? askedOf(here) : 'no further prediction',
        hint: 'copy each <Answer …> of the original, in the same order; only the text is translated',
      },
    ];
  }
  return [];
}

/** Everything in a prediction except its text and positions. */
function askedOf({ step, answers }: Prediction): string {
  const parts = answers.map(({ right, conditions }) => JSON.stringify([right, ...conditions]));
  return `${step}: ${parts.join(', ')}`;
}

function nameOf(block: Block): string {
  return block.kind === 'step' ? `step ${block.id}` : `file ${block.path}`;
}

/** Everything in a block except its position and what is translated, as text. */
function contentOf(block: Block): string {
  if (block.kind === 'file') return block.text;
  const typed = block.commands.map(({ reader, lines }) =>
    [reader === 'session' ? '$' : '#', lines.join('\n> ')].join(' '),
  );
  const options = { ...block.options, warning: block.options.warning !== undefined };
  return `${typed.join('\n')}\n${JSON.stringify(options)}`;
}

/** The first line of a text that differs from the other text. */
function unlike(text: string, other: string): string {
  const lines = other.split('\n');
  return text.split('\n').find((line, index) => line !== lines[index]) ?? 'nothing more';
}

function fields(yaml: string): unknown {
  const document = parseDocument(yaml);
  return document.errors.length > 0 ? {} : (document.toJS() ?? {});
}
