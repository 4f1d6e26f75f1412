import { z } from 'astro/zod';
import { mdxToMdast } from 'satteri';
import { parseDocument } from 'yaml';
import { readFence } from './fence.ts';
import { endOf, nodesBelow, startOf } from './mdast.ts';
import type { Block, Lesson } from './model.ts';
import { readText } from './parse.ts';
import type { Problem } from './problem.ts';

/** Front matter of a translation: what it does not have, it shares with its original. */
export const translationSchema = z.strictObject({
  title: z.string().min(1).describe('The heading of the page, translated.'),
  description: z.string().min(1).describe('What the reader can do afterwards, translated.'),
  translates: z
    .string()
    .regex(/^sha256:[0-9a-f]{16}$/)
    .describe("Hash of the original's prose that was translated; a problem or a warning names it."),
});

/** A lesson in another language. It has the steps of its original, and so its recordings. */
export interface Translation {
  /** The id of the original. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly description: string;
  /** The prose of the original has changed since it was translated. */
  readonly lags: boolean;
}

/** A lesson and the text that it was read from. */
export interface Original {
  readonly lesson: Lesson;
  readonly text: string;
}

/**
 * Reads a translation, and holds its steps and files against those of its original: they have to be the
 * same, for the recordings are.
 */
export async function parseTranslation(
  source: string,
  file: string,
  original: Original,
): Promise<{ translation?: Translation; problems: Problem[] }> {
  const { id, yaml, blocks, problems, report } = readText(source, file);
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
          ? `write translates: ${current} once the text is that of ${original.lesson.file}`
          : `a translation has the fields ${Object.keys(translationSchema.shape).join(', ')}`,
    });
  }
  if (blocks !== undefined) differences(blocks, original.lesson).forEach(report);
  problems.sort((a, b) => a.line - b.line);
  if (problems.length > 0 || !head.success) return { problems };
  const { title, description, translates } = head.data;
  return { translation: { id, file, title, description, lags: translates !== current }, problems };
}

/**
 * Hash of what of a lesson is translated: its title, its description and its prose. Line breaks do not
 * count, nor do steps and files, which a translation has to share anyway.
 */
export async function proseHash({ lesson, text }: Original): Promise<string> {
  const { title, description } = lesson.frontMatter;
  let prose = '';
  let at = 0;
  for (const node of nodesBelow(mdxToMdast(text))) {
    const isFence = node.type === 'code' && readFence(node, text).kind !== 'code';
    if (node.type !== 'yaml' && !isFence) continue;
    prose += text.slice(at, startOf(node));
    at = endOf(node);
  }
  const words = [title, description, prose + text.slice(at)].join('\n').replace(/\s+/g, ' ').trim();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  return `sha256:${hex.join('').slice(0, 16)}`;
}

/** What is not as in the original, block by block; where the order differs, only that is told. */
function differences(blocks: readonly Block[], original: Lesson): Omit<Problem, 'file'>[] {
  const length = Math.max(blocks.length, original.blocks.length);
  for (let index = 0; index < length; index++) {
    const [here, there] = [blocks[index], original.blocks[index]];
    if (here && there && nameOf(here) === nameOf(there)) continue;
    return [
      {
        line: here?.line ?? blocks.at(-1)?.line ?? 1,
        title: "the translation has not the original's steps and files in their order",
        expected: there ? `${nameOf(there)}, as ${original.file}:${there.line}` : 'no more of them',
        found: here ? nameOf(here) : 'no more of them',
        hint: 'copy every fence of the original as it is: only the text around it is translated',
      },
    ];
  }
  return blocks.flatMap((here, index) => {
    const there = original.blocks[index];
    if (there === undefined || contentOf(here) === contentOf(there)) return [];
    return [
      {
        line: here.line,
        title: `the ${nameOf(here)} differs from the original's`,
        expected: unlike(contentOf(there), contentOf(here)),
        found: unlike(contentOf(here), contentOf(there)),
        hint: `copy the fence of ${original.file}:${there.line}, its first line as well`,
      },
    ];
  });
}

function nameOf(block: Block): string {
  return block.kind === 'step' ? `step ${block.id}` : `file ${block.path}`;
}

/** All of a block but its place, as text. */
function contentOf(block: Block): string {
  if (block.kind === 'file') return block.text;
  const typed = block.commands.map(({ reader, lines }) =>
    [reader === 'session' ? '$' : '#', lines.join('\n> ')].join(' '),
  );
  return `${typed.join('\n')}\n${JSON.stringify(block.options)}`;
}

/** The first line of a text that the other has not. */
function unlike(text: string, other: string): string {
  const lines = other.split('\n');
  return text.split('\n').find((line, index) => line !== lines[index]) ?? 'nothing more';
}

function fields(yaml: string): unknown {
  const document = parseDocument(yaml);
  return document.errors.length > 0 ? {} : (document.toJS() ?? {});
}
