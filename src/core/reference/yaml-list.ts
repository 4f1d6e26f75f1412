import { isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'astro/zod';
import type { Problem } from '../lesson/problem.ts';

/** An entry of a list, with its line in the file. */
export type Entry<T> = T & {
  /** 1-based line of its first field. */
  readonly line: number;
};

/**
 * Reads a YAML file that contains one list whose entries match the schema.
 * @param file path as the author knows it, for problems
 */
export function readYamlList<T extends object>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
): { entries: Entry<T>[]; problems: Problem[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const problems: Problem[] = document.errors.map((error) => ({
    file,
    line: counter.linePos(error.pos[0]).line,
    title: 'the file is not valid YAML',
    found: error.message.replace(/ at line [^]*$/, ''),
    hint: 'put text that contains a colon in double quotes',
  }));
  if (problems.length > 0) return { entries: [], problems };
  if (!isSeq(document.contents))
    return {
      entries: [],
      problems: [
        {
          file,
          line: 1,
          title: 'the file does not contain a list',
          hint: 'begin each entry with -',
        },
      ],
    };
  const entries: Entry<T>[] = [];
  for (const item of document.contents.items) {
    const at = (item as { range?: [number, number, number] | null }).range?.[0] ?? 0;
    const { line } = counter.linePos(at);
    const parsed = schema.safeParse((item as { toJS(document: unknown): unknown }).toJS(document));
    if (parsed.success) entries.push({ ...parsed.data, line });
    else
      problems.push(
        ...parsed.error.issues.map(({ path, message }) => ({
          file,
          line,
          title: `the field ${path.join('.') || 'of an entry'} is not valid`,
          found: message,
          hint: 'see CONTRIBUTING.md for the fields',
        })),
      );
  }
  return { entries, problems };
}
