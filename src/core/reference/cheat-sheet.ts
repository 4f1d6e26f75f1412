import type { ReferenceEntry } from '../lesson/command-help.ts';
import { dockerCalls } from '../lesson/docker-commands.ts';
import { nameOf } from '../lesson/id.ts';
import { optionsIn, readHelp, type Help, type HelpOption } from './help.ts';

/** The groups of the sheet, in its order. */
export const SHEET_GROUPS = [
  'containers',
  'images',
  'build',
  'volumes',
  'networks',
  'compose',
  'system',
] as const;

export type SheetGroup = (typeof SHEET_GROUPS)[number];

/** Something that a lesson types, in a few words, and the step that types it first. */
export interface SheetItem {
  readonly typed: string;
  readonly text: string;
  /** LESSON#STEP */
  readonly step: string;
}

/** A command with those of its options that lessons type, in the order in which they do. */
export interface SheetCommand extends SheetItem {
  readonly options: readonly SheetItem[];
}

/** The groups that have commands, with the commands in the order in which lessons type them. */
export type CheatSheet = readonly {
  readonly group: SheetGroup;
  readonly commands: readonly SheetCommand[];
}[];

/** What the sheet is made from, besides the commands. */
interface Recorded {
  /** Ids of the lessons, in reading order. */
  readonly lessons: readonly string[];
  /** The help that a command printed; undefined if it is not recorded. */
  readonly helpOf: (entry: ReferenceEntry) => string | undefined;
  /** Whether a step shows an error message. It is an example only if there is no other. */
  readonly isFailing: (step: string) => boolean;
}

/** The commands and options that lessons type, with what their recorded help says of them. */
export function cheatSheet(entries: readonly ReferenceEntry[], recorded: Recorded): CheatSheet {
  const commands = entries
    .flatMap((entry) => {
      const text = recorded.helpOf(entry);
      const examples = examplesOf(entry, recorded);
      const [first] = examples;
      if (text === undefined || first === undefined) return [];
      const help = readHelp(text);
      const command: SheetCommand = {
        ...{ typed: entry.command, text: inShort(help.summary), step: first.name },
        options: optionsOf(entry.command, examples, help),
      };
      return { command, group: groupOf(entry.command, help), first };
    })
    .sort((a, b) => a.first.at - b.first.at || a.first.step.line - b.first.step.line);
  return SHEET_GROUPS.flatMap((group) => {
    const here = commands.filter((each) => each.group === group);
    return here.length === 0 ? [] : [{ group, commands: here.map(({ command }) => command) }];
  });
}

/** The steps that show how to use a command, the best first. */
function examplesOf({ uses }: ReferenceEntry, { lessons, isFailing }: Recorded) {
  const examples = uses
    .filter(({ step }) => step.options.exit === 0)
    .map(({ lesson, step }) => ({
      ...{ step, name: nameOf(lesson.id, step.id), at: lessons.indexOf(lesson.id) },
    }));
  const failing = examples.filter(({ name }) => isFailing(name));
  return [...examples.filter((example) => !failing.includes(example)), ...failing];
}

function optionsOf(
  command: string,
  examples: ReturnType<typeof examplesOf>,
  help: Help,
): SheetItem[] {
  const items = new Map<HelpOption, SheetItem>();
  for (const { step, name } of examples)
    for (const call of step.commands.flatMap(({ lines }) => dockerCalls(lines.join('\n'))))
      for (const { typed, option } of call.name === command ? optionsIn(call.words, help) : [])
        if (!items.has(option))
          items.set(option, { typed, text: inShort(option.text), step: name });
  return [...items.values()];
}

/** The first sentence of a text of the help, without examples of values and defaults. */
function inShort(text: string): string {
  const plain = text.replace(/\s*\((?:default|e\.g\.)[^()]*\)/g, '');
  const [sentence = ''] = plain.split(/\.(?:\s|$)|: '/);
  return sentence.replace(/(?:\s*\([^()]*\))+$/, '');
}

/** Groups by the word before the command's own, as in `docker container run`. */
const GROUP_OF: Readonly<Record<string, SheetGroup>> = {
  buildx: 'build',
  builder: 'build',
  compose: 'compose',
  container: 'containers',
  image: 'images',
  network: 'networks',
  volume: 'volumes',
};

/** The group of a command: the first in the table that one of its names belongs to. */
function groupOf(command: string, { aliases }: Help): SheetGroup {
  const words = [command, ...aliases].map((name) => name.split(' ')[1] ?? '');
  const found = Object.entries(GROUP_OF).find(([word]) => words.includes(word));
  return found?.[1] ?? 'system';
}
