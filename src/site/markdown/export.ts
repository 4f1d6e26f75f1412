import { mdxToMdast } from 'satteri';
import { readBars } from '../../core/lesson/plot.ts';
import { recordingPaths } from '../../core/recording/paths.ts';
import { stepExit } from '../../core/recording/proof.ts';
import type { LessonRecording } from '../../store/recordings.ts';

/** What a lesson is exported from. */
export interface ExportSource {
  /** The text of the lesson's file. */
  readonly text: string;
  readonly title: string;
  readonly description: string;
  readonly recording: LessonRecording;
  /** The screen of each recorded step, by its id, as its `.txt` holds it. */
  readonly screens: ReadonlyMap<string, string>;
  /** Address of the lesson's page, which its links start from. */
  readonly page: URL;
  /** Whether the site's own address is known; else links within it stay without an origin. */
  readonly absolute: boolean;
}

/** The labels that stand for a lesson's components. */
const LABELS: Readonly<Record<string, string>> = {
  YourTurn: 'Your turn',
  Solution: 'Solution',
  Then: 'In 2014',
  Differs: 'Another Engine',
};
/** Any other component draws something; its children are the caption, which says the same. */
const DIAGRAM = 'Diagram';
/** Components that are set off as quotes; the others are sections of the text. */
const QUOTED = new Set(['Then', 'Differs']);

/**
 * A lesson as plain Markdown: its prose as written, each step as the screen of its recording, measured values
 * filled in.
 */
export function lessonMarkdown(source: ExportSource): string {
  const tree = mdxToMdast(source.text) as Node;
  const body = (tree.children ?? []).filter(({ type }) => type !== 'yaml');
  const { proof } = source.recording;
  const facts =
    proof === undefined
      ? ''
      : `Recorded on ${proof.recorded} by Docker Engine ${proof.lab.engine} with the ${proof.lab.store} image store.`;
  const parts = [
    `# ${source.title}`,
    source.description,
    `Page: <${address(source, '')}>`,
    textOf(source, body),
    '---',
    facts,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The part of a Markdown tree that is read here (https://github.com/syntax-tree/mdast). */
interface Node {
  readonly type: string;
  readonly position?: { readonly start: Point; readonly end: Point };
  readonly children?: readonly Node[];
  readonly name?: string | null;
  readonly lang?: string | null;
  readonly meta?: string | null;
  readonly value?: string;
  readonly url?: string;
  readonly attributes?: readonly { readonly name?: string; readonly value?: unknown }[];
}
interface Point {
  readonly offset?: number;
}

/** The nodes' text as it stands in the file, but for what is not plain Markdown. */
function textOf(source: ExportSource, nodes: readonly Node[]): string {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (first === undefined || last === undefined) return '';
  let text = '';
  let at = start(first);
  for (const node of nodes) {
    const between = source.text.slice(at, start(node));
    at = end(node);
    const own = replaced(source, node) ?? nested(source, node);
    // A hidden step leaves no gap.
    text = own === '' ? text : text + (text === '' ? '' : between) + own;
  }
  return text;
}

/** A node's text with that of its children replaced where it has to be. */
function nested(source: ExportSource, node: Node): string {
  const children = node.children ?? [];
  const [first, last] = [children[0], children.at(-1)];
  if (first === undefined || last === undefined) return source.text.slice(start(node), end(node));
  const tail = source.text.slice(end(last), end(node));
  return (
    source.text.slice(start(node), start(first)) +
    textOf(source, children) +
    (node.type === 'link' ? linkTail(source, node, tail) : tail)
  );
}

function linkTail(source: ExportSource, { url = '' }: Node, tail: string): string {
  return tail.replace(`(${url}`, `(${address(source, url)}`);
}

/** What stands in for a node, if it is not kept as it is. */
function replaced(source: ExportSource, node: Node): string | undefined {
  if (node.type === 'code')
    return node.lang === 'console' ? stepText(source, node) : codeText(source, node);
  const name = node.name ?? '';
  if (name === 'Measured') return valueOf(source, attribute(node, 'step'), attribute(node, 'name'));
  if (name === 'Plot') return plotText(source, node);
  const label = LABELS[name] ?? (/^[A-Z]/.test(name) ? DIAGRAM : undefined);
  if (label === undefined) return undefined;
  const inner = dedented(textOf(source, node.children ?? []));
  if (QUOTED.has(name) || label === DIAGRAM)
    return `**${label}:** ${inner}`.replace(/^/gm, '> ').replace(/ +$/gm, '');
  return `**${label}**\n\n${inner}`;
}

function stepText(source: ExportSource, { meta }: Node): string {
  const { recording, screens } = source;
  const id = /^\S+/.exec(meta ?? '')?.[0] ?? '';
  const step = recording.steps.get(id);
  if (step === undefined || step.step.options.hide) return '';
  if (step.state !== 'recorded')
    return fence(
      `console ${id}`,
      step.step.commands.map(({ lines }) => `$ ${lines.join('\n> ')}\n`).join(''),
    );
  // A command that a later one wiped off the screen is said all the same.
  const wiped = step.proof.commands
    .filter(({ shown }) => shown === null)
    .map(({ typed }) => `Typed, then wiped off the screen: \`${typed}\`\n\n`);
  const status = stepExit(step.proof);
  const exit = status === null || status === 0 ? '' : `\n\nIt ended with exit status ${status}.`;
  const { picture } = step.step.options;
  const drawn =
    picture === undefined
      ? ''
      : `\n\n![${picture.alt.replace(/[[\]\\]/g, '\\$&')}](${address(source, `../../recordings/${recordingPaths.picture(recording.lesson.id, id)}`)})`;
  return wiped.join('') + fence(`console ${id}`, screens.get(id) ?? '') + exit + drawn;
}

function codeText({ text }: ExportSource, node: Node): string {
  const file = /(?:^|\s)file=(?:"([^"]*)"|(\S+))/.exec(node.meta ?? '');
  if (file === null) return text.slice(start(node), end(node));
  return `The file \`${file[1] ?? file[2] ?? ''}\`:\n\n${fence(node.lang ?? '', `${node.value ?? ''}\n`)}`;
}

function valueOf({ recording }: ExportSource, id: string, name: string): string {
  const step = recording.steps.get(id);
  return (step?.state === 'recorded' ? step.proof.measured[name] : undefined) ?? '—';
}

/** A plot as the table of its values. */
function plotText(source: ExportSource, node: Node): string {
  const rows = readBars(attribute(node, 'bars')).bars.map(
    ({ step, name, label }) => `| ${label} | ${valueOf(source, step, name)} |`,
  );
  const head = `| ${attribute(node, 'label')} | ${attribute(node, 'unit')} |`;
  return [head, '| --- | ---: |', ...rows].join('\n');
}

function attribute({ attributes = [] }: Node, name: string): string {
  const value = attributes.find((entry) => entry.name === name)?.value;
  return typeof value === 'string' ? value : '';
}

/** A fence that nothing in its text can close. */
function fence(info: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${info}\n${text}${ticks}`;
}

/** A component's text may be indented in it. */
function dedented(text: string): string {
  return /^```/m.test(text) ? text : text.replace(/^[ \t]+/gm, '');
}

function address({ page, absolute }: ExportSource, url: string): string {
  const target = new URL(url, page);
  return target.origin === page.origin && !absolute
    ? target.pathname + target.search + target.hash
    : target.href;
}

function start(node: Node): number {
  return node.position?.start.offset ?? 0;
}

function end(node: Node): number {
  return node.position?.end.offset ?? 0;
}
