import { isMap, LineCounter, parseDocument } from 'yaml';
import type { Lesson } from './model.ts';
import { frontMatterSchema } from './schema.ts';
import type { ReportProblem } from './problem.ts';

/**
 * Reads a lesson's front matter and reports each field that does not match the schema, with its
 * line.
 * @param yaml the text between the `---` lines, if any
 * @param firstLine 1-based line of that text in the file
 */
export function readFrontMatter(
  yaml: string | undefined,
  firstLine: number,
  report: ReportProblem,
): Pick<Lesson, 'frontMatter' | 'masks'> | undefined {
  if (yaml === undefined) {
    report({
      line: 1,
      title: 'the lesson has no front matter',
      hint: 'start the file with ---, title: …, description: …, ---',
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
      hint: 'put text that contains a colon in double quotes',
    });
  if (document.errors.length > 0) return undefined;

  const line = (path: Path) => firstLine + lineOf(document.contents, path, counter) - 1;
  const parsed = frontMatterSchema.safeParse(document.toJS() ?? {});
  if (parsed.data?.after !== undefined && isMap(document.contents) && document.has('part'))
    report({
      line: line(['part']),
      title: 'a deep dive has no part of the core path',
      found: `after: ${parsed.data.after}`,
      hint: 'remove part, or remove after to put the lesson on the core path',
    });
  if (parsed.success) {
    const masks = Object.entries(parsed.data.masks ?? {}).map(([name, mask]) => ({
      name,
      ...mask,
      line: line(['masks', name]),
    }));
    return { frontMatter: parsed.data, ...(masks.length > 0 && { masks }) };
  }
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      const [field = ''] = issue.keys;
      const known = issue.path.length === 0 ? Object.keys(frontMatterSchema.shape) : MASK_FIELDS;
      report({
        line: line([...issue.path, field]),
        title: `the front matter has no field ${[...issue.path, field].join('.')}`,
        found: issue.message,
        hint: `use one of ${known.join(', ')}`,
      });
      continue;
    }
    report({
      line: line(issue.path),
      title: `the field ${issue.path.join('.')} of the front matter is not valid`,
      found: issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : issue.message,
      hint:
        issue.code === 'invalid_value'
          ? `use one of ${issue.values.map(String).join(', ')}`
          : describe(issue.path[0]),
    });
  }
  return undefined;
}

/** 1-based line of a top-level field in the text of a lesson that has it. */
export function lineOfField(text: string, field: string): number {
  return text.split(/\r\n?|\n/).findIndex((line) => line.startsWith(`${field}:`)) + 1;
}

type Path = readonly PropertyKey[];

/** The only fields that are not at the top level. */
const MASK_FIELDS = ['pattern', 'why', 'identity'];

function describe(field: PropertyKey | undefined): string {
  const meaning = Object.entries(frontMatterSchema.shape).find(([name]) => name === field)?.[1]
    .description;
  return meaning === undefined
    ? 'see CONTRIBUTING.md for the fields'
    : `${String(field)}: ${meaning}`;
}

/**
 * 1-based line, in the YAML text, of the field at the path, or of the deepest of its parents that
 * exists.
 */
function lineOf(contents: unknown, path: Path, counter: LineCounter): number {
  let [node, line] = [contents, 1];
  for (const field of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => String(key) === field) : undefined;
    const range = (pair?.key as { range?: [number, number, number] } | undefined)?.range;
    if (range === undefined) break;
    line = counter.linePos(range[0]).line;
    node = pair?.value;
  }
  return line;
}
