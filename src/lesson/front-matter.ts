import { isMap, LineCounter, parseDocument } from 'yaml';
import { frontMatterSchema, type FrontMatter } from './schema.ts';
import type { ReportProblem } from './step.ts';

/**
 * Reads a lesson's front matter and reports each field that is not as the schema has it, in its line.
 * @param yaml the text between the `---` lines, if there is any
 * @param firstLine 1-based line of that text in the file
 */
export function readFrontMatter(
  yaml: string | undefined,
  firstLine: number,
  report: ReportProblem,
): FrontMatter | undefined {
  if (yaml === undefined) {
    report({
      line: 1,
      title: 'the lesson has no front matter',
      hint: 'begin the file with ---, title: …, description: …, ---',
    });
    return undefined;
  }
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter });
  for (const error of document.errors)
    report({
      line: firstLine + counter.linePos(error.pos[0]).line - 1,
      title: 'the front matter is not valid YAML',
      found: error.message.replace(/ at line [^]*$/, ''),
      hint: 'put texts with a colon in double quotes',
    });
  if (document.errors.length > 0) return undefined;

  const parsed = frontMatterSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const field = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0];
    const known = Object.keys(frontMatterSchema.shape).join(', ');
    report({
      line: firstLine + lineOf(document.contents, field, counter) - 1,
      title:
        issue.code === 'unrecognized_keys'
          ? `the front matter has no field ${String(field)}`
          : `the field ${String(field)} of the front matter is not valid`,
      found: issue.message,
      hint: issue.code === 'unrecognized_keys' ? `use one of ${known}` : describe(field),
    });
  }
  return undefined;
}

function describe(field: PropertyKey | undefined): string {
  const meaning = Object.entries(frontMatterSchema.shape).find(([name]) => name === field)?.[1]
    .description;
  return meaning === undefined
    ? 'see CONTRIBUTING.md for the fields'
    : `${String(field)}: ${meaning}`;
}

function lineOf(contents: unknown, field: PropertyKey | undefined, counter: LineCounter): number {
  if (!isMap(contents)) return 1;
  const pair = contents.items.find(({ key }) => String(key) === field);
  const range = (pair?.key as { range?: [number, number, number] } | undefined)?.range;
  return range === undefined ? 1 : counter.linePos(range[0]).line;
}
