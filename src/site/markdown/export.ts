import { mdxToMdast, type MdastNode } from 'satteri';
import { fenced, readFence, type Fence } from '../../core/lesson/fence.ts';
import {
  childrenOf,
  componentOf,
  endOf,
  nodesBelow,
  startOf,
  type Component,
} from '../../core/lesson/mdast.ts';
import { CHECK, CHECK_BEFORE } from '../../core/lesson/task.ts';
import { missingIn } from '../../core/lesson/task-check.ts';
import { readBars } from '../../core/lesson/plot.ts';
import { answerParts, isRight, LETTERS, predictionParts } from '../../core/lesson/predictions.ts';
import { recordingPaths } from '../../core/recording/paths.ts';
import { measuredText } from '../../core/lesson/claims/claims.ts';
import { freeNames } from '../../core/recording/free-names.ts';
import { stepExit } from '../../core/recording/proof.ts';
import { en } from '../i18n/en.ts';
import { measuredIn, type LessonRecording } from '../../store/recordings.ts';
import { stepFolder } from '../../store/variants.ts';
import { partsOf, type Views } from '../engines.ts';
import { ORIGINAL, wordsOf } from '../i18n/languages.ts';
import { timeOf } from '../time.ts';

/** The sources for the export of a lesson. */
export interface ExportSource {
  /** The text of the lesson's file. */
  readonly text: string;
  /** The lesson as the readers of each Engine see it. The text is that for the newest. */
  readonly views: Views;
  /** Address of the lesson's page, to which its links are relative. */
  readonly page: URL;
  /** Whether the site's address is known; otherwise links within the site have no origin. */
  readonly absolute: boolean;
}

/** The labels that replace a lesson's components. */
const LABELS: Readonly<Record<string, string>> = {
  YourTurn: 'Your turn',
  Then: 'In 2014',
  Differs: 'Another Engine',
};
/** The label for all other components, which are drawings; their children are the caption. */
const DIAGRAM = 'Diagram';
/** Components that become quotes; the others become sections of the text. */
const QUOTED = new Set(['Then', 'Differs', 'On']);

/**
 * A lesson as plain Markdown: its prose as written, steps as their recorded screens, and measured
 * values inserted.
 */
export function lessonMarkdown(source: ExportSource): string {
  const body = childrenOf(mdxToMdast(source.text)).filter(({ type }) => type !== 'yaml');
  const { lesson } = source.views[0].recording;
  const parts = [
    `# ${lesson.frontMatter.title}`,
    lesson.frontMatter.description,
    `Page: <${address(source, '')}>`,
    ...effortOf(source),
    startText(source),
    textOf(source, body),
    cleanUpText(source),
    solutionText(source, body),
    '---',
    factsText(source),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** When and with which Engines a lesson was recorded. */
function factsText({ views }: ExportSource): string {
  const proofs = new Set(views.flatMap(({ recording }) => recording.proof ?? []));
  return [...proofs]
    .map(
      ({ recorded, lab }) =>
        `Recorded on ${recorded} by Docker Engine ${lab.engine} with the ${lab.store} image store.`,
    )
    .join('\n');
}

/** What a lesson starts from. */
function startText({ views }: ExportSource): string {
  const { lesson, proof } = views[0].recording;
  if (proof?.leftovers === undefined) return '';
  const { starts, folder, without, lab } = en.clean;
  if (lesson.frontMatter.follow === 'lab') return `${starts} ${lab}.`;
  const names = freeNames(lesson, proof.leftovers).map((name) => `\`${name}\``);
  const from = names.length > 0 ? `${folder} ${without} ${names.join(', ')}` : folder;
  return `${starts} ${from}.`;
}

/** The commands that remove what a lesson leaves. */
function cleanUpText({ views }: ExportSource): string {
  const { lesson, proof } = views[0].recording;
  if (proof?.leftovers === undefined) return '';
  const { commands, kept } = proof.leftovers;
  const { title, thrownAway, nothing, about, kept: rest, warnings } = en.clean;
  const own = commands.length === 0 ? [nothing] : [about, fenced(`${commands.join('\n')}\n`, 'sh')];
  const optional = kept.flatMap(({ kind, command }) => [
    `> **${en.terminal.warning}** ${warnings[kind]}`,
    fenced(`${command}\n`, 'sh'),
  ]);
  const parts =
    lesson.frontMatter.follow !== 'lab'
      ? [...own, ...(optional.length > 0 ? [rest, ...optional] : [])]
      : [thrownAway];
  return [`## ${title}`, ...parts].join('\n\n');
}

/** Parts of a task that stand at the end, where nobody sees them by accident. */
const LAST: Readonly<Record<string, string>> = {
  Hint: en.lesson.hint,
  Solution: en.lesson.solution,
};

/** The hints and the solution of a lesson's task. */
function solutionText(source: ExportSource, body: readonly MdastNode[]): string {
  const parts = body
    .flatMap((node) => [...nodesBelow(node)])
    .flatMap((node) => {
      const label = LAST[componentOf(node)?.name ?? ''];
      return label === undefined ? [] : [`**${label}**\n\n${innerText(source, node)}`];
    });
  return parts.length === 0 ? '' : [`## ${en.lesson.solution}`, ...parts].join('\n\n');
}

/** The check of the task: what it looks for, as a command, and what it answers. */
function checkText({ views }: ExportSource): string {
  const { steps } = views[0].recording;
  const lines = steps.get(CHECK_BEFORE)?.step.commands.flatMap((command) => command.lines) ?? [];
  const { title, about } = en.check;
  const items = missingIn(lines).map((text) => `- ${text}`);
  return [`**${title}**`, about, items.join('\n'), fenced(`${lines.join('\n')}\n`, 'sh')].join(
    '\n\n',
  );
}

/** How long the lesson takes, and where it can be followed. */
function effortOf({ text, views }: ExportSource): string[] {
  const { lesson } = wordsOf(ORIGINAL);
  const { recording } = views[0];
  const { reading, typing } = timeOf(text, recording);
  const { follow } = recording.lesson.frontMatter;
  return [
    `${lesson.timeTitle}: ${lesson.time(reading, typing)}.`,
    ...(follow === undefined ? [] : [`${lesson.followTitle}: ${lesson.where[follow]}.`]),
  ];
}

/** A part of a lesson as plain Markdown; its nodes have the positions of the source's text. */
export function plainMarkdown(source: ExportSource, nodes: readonly MdastNode[]): string {
  return textOf(source, nodes);
}

/** The nodes' source text, with everything that is not plain Markdown replaced. */
function textOf(source: ExportSource, nodes: readonly MdastNode[]): string {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (first === undefined || last === undefined) return '';
  let text = '';
  let at = startOf(first);
  for (const node of nodes) {
    // What has been cut out leaves blank lines.
    const between = source.text.slice(at, startOf(node)).replace(/\n(?: *\n){2,}/g, '\n\n');
    at = endOf(node);
    const own = replaced(source, node) ?? nested(source, node);
    // Hidden steps leave no gap.
    text = own === '' ? text : text + (text === '' ? '' : between) + own;
  }
  return text;
}

/** A node's source text, with children replaced where necessary. */
function nested(source: ExportSource, node: MdastNode): string {
  const children = childrenOf(node);
  const [first, last] = [children[0], children.at(-1)];
  if (first === undefined || last === undefined) return asWritten(source, node);
  const tail = source.text.slice(endOf(last), endOf(node));
  return (
    source.text.slice(startOf(node), startOf(first)) +
    textOf(source, children) +
    (node.type === 'link' ? linkTail(source, node.url, tail) : tail)
  );
}

function linkTail(source: ExportSource, url: string, tail: string): string {
  return tail.replace(`(${url}`, `(${address(source, url)}`);
}

/** The replacement of a node; undefined if it is kept. */
function replaced(source: ExportSource, node: MdastNode): string | undefined {
  if (node.type === 'code') return fenceText(source, readFence(node, source.text));
  const component = componentOf(node);
  if (component === undefined) return undefined;
  const { name, attributes } = component;
  if (name === 'Measured')
    return measuredText(attributes, measuredIn(source.views[0].recording.steps)) ?? '—';
  if (Object.hasOwn(LAST, name)) return '';
  if (name === 'Claim') return textOf(source, childrenOf(node));
  if (name === 'Predict') return predictionText(source, node);
  if (name === 'Plot') return plotText(source, component);
  const { system, engine } = attributes;
  const named = system ?? (engine === undefined ? undefined : en.page.engine([engine]));
  const label = named ?? LABELS[name] ?? (/^[A-Z]/.test(name) ? DIAGRAM : undefined);
  if (label === undefined) return undefined;
  const inner = innerText(source, node);
  if (QUOTED.has(name) || label === DIAGRAM)
    return `**${label}:** ${inner}`.replace(/^/gm, '> ').replace(/ +$/gm, '');
  return `**${label}**\n\n${inner}`;
}

/** A prediction: the question, what answers it, and the answers with their explanations. */
function predictionText(source: ExportSource, node: MdastNode): string | undefined {
  const parts = predictionParts(node);
  if (parts === undefined) return undefined;
  const { title, right: isSo, wrong } = en.predict;
  const answers = parts.answers.map((answer, index) => ({
    ...answerParts(answer),
    letter: LETTERS[index] ?? '',
    right: isRight(answer),
  }));
  return [
    `**${title}**`,
    textOf(source, parts.question),
    answers
      .map(
        ({ letter, choice }) => `- ${letter}: ${choice ? oneLine(textOf(source, [choice])) : ''}`,
      )
      .join('\n'),
    textOf(source, parts.covered),
    ...answers.map(
      ({ letter, why, right }) => `**${letter}: ${right ? isSo : wrong}** ${textOf(source, why)}`,
    ),
  ].join('\n\n');
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

/** The text in a component, which may be indented in the file; in code, indentation is kept. */
function innerText(source: ExportSource, node: MdastNode): string {
  const text = textOf(source, childrenOf(node));
  const holdsCode = [...nodesBelow(node)].some(({ type }) => type === 'code');
  return holdsCode ? text : text.replace(/^[ \t]+/gm, '');
}

function fenceText(source: ExportSource, fence: Fence): string | undefined {
  if (fence.language === CHECK) return checkText(source);
  if (fence.kind === 'code') return undefined;
  if (fence.kind === 'step') return stepText(source, fence.id ?? '');
  return `The file \`${fence.path ?? ''}\`:\n\n${fenced(`${fence.body}\n`, fence.language)}`;
}

function stepText(source: ExportSource, id: string): string {
  const { views } = source;
  const step = views[0].recording.steps.get(id);
  if (step === undefined || step.step.options.hide) return '';
  if (step.state !== 'recorded')
    return fenced(
      step.step.commands.map(({ lines }) => `$ ${lines.join('\n> ')}\n`).join(''),
      `console ${id}`,
    );
  // A command that was cleared from the screen is included as well.
  const wiped = step.proof.commands
    .filter(({ shown }) => shown === null)
    .map(({ typed }) => `Typed, then wiped off the screen: \`${typed}\`\n\n`);
  const { warning } = step.step.options;
  const before = warning === undefined ? '' : `> **Before you run this:** ${warning}\n\n`;
  const [newest, ...others] = partsOf(
    views,
    ({ recording }) => recording,
    (recording) => stepFolder(recording, id),
  );
  const screens = [
    screenText(source, newest.value, id, `console ${id}`),
    ...others.map(
      ({ value, engines }) =>
        `${en.page.engine(engines)}:\n\n${screenText(source, value, id, 'console')}`,
    ),
  ];
  return before + wiped.join('') + screens.join('\n\n');
}

/** What a step shows on one Engine. */
function screenText(
  source: ExportSource,
  recording: LessonRecording,
  id: string,
  info: string,
): string {
  const step = recording.steps.get(id);
  if (step?.state !== 'recorded') return '';
  const status = stepExit(step.proof);
  const exit = status === null || status === 0 ? '' : `\n\nIt ended with exit status ${status}.`;
  const { picture } = step.step.options;
  const folder = stepFolder(recording, id);
  const drawn =
    picture === undefined
      ? ''
      : `\n\n![${picture.alt.replace(/[[\]\\]/g, '\\$&')}](${address(source, `../../recordings/${recordingPaths.picture(folder, id)}`)})`;
  return fenced(step.screen, info) + exit + drawn;
}

/** A plot as a table of its values. */
function plotText(source: ExportSource, { attributes }: Component): string {
  const { bars = '', label: title = '', unit = '' } = attributes;
  const measured = measuredIn(source.views[0].recording.steps);
  const rows = readBars(bars).bars.map((bar) => `| ${bar.label} | ${measured(bar) ?? '—'} |`);
  return [`| ${title} | ${unit} |`, '| --- | ---: |', ...rows].join('\n');
}

function address({ page, absolute }: ExportSource, url: string): string {
  const target = new URL(url, page);
  return target.origin === page.origin && !absolute
    ? target.pathname + target.search + target.hash
    : target.href;
}

function asWritten({ text }: ExportSource, node: MdastNode): string {
  return text.slice(startOf(node), endOf(node));
}
