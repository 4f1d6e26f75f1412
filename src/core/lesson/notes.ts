import { mdxToMdast, type MdastNode } from 'satteri';
import { readFence } from './fence.ts';
import { componentOf, endOf, nodesBelow, startOf } from './mdast.ts';
import type { Problem } from './problem.ts';

/**
 * What an item of a teacher's note is about: what to say, what to ask the room, what goes wrong
 * there in general and on some systems, and where a workshop can stop.
 */
export const NOTE_KINDS = [
  'Say',
  'Ask',
  'Trouble',
  'Mac',
  'Windows',
  'Older Engines',
  'Stop',
] as const;

export type NoteKind = (typeof NOTE_KINDS)[number];

export interface NoteItem {
  readonly kind: NoteKind;
  /** Markdown. */
  readonly text: string;
}

/** A teacher's note, which only presenters see: `<Teacher>` in a lesson. */
export interface Note {
  /**
   * The step that it is about, or `TASK`; absent if it stands before the first step of its section.
   */
  readonly step: string | undefined;
  /** Whether it is about the question whose answer the step shows: it stands before that step. */
  readonly asks: boolean;
  /** The number of headings before it. */
  readonly section: number;
  readonly items: readonly NoteItem[];
}

/** What a note in a task before its solution is about: the id of the task on a page. */
export const TASK = 'your-turn';

/** The tags stand on lines of their own. */
const NOTE = /^<Teacher>$([\s\S]*?)^<\/Teacher>$/gm;

const ITEM = new RegExp(`^- (${NOTE_KINDS.join('|')}): `);

/**
 * A lesson as readers get it: notes become blanks, so that everything else keeps its place.
 * @param source the text of a lesson or of a translation
 */
export function withoutNotes(source: string): string {
  return source.replace(NOTE, (note) => note.replace(/[^\r\n]/g, ' '));
}

/**
 * The notes of a lesson, each with the step or the section that it follows.
 * @param written the text of a lesson or of a translation that parses
 */
export function notesIn(written: string): Note[] {
  const source = written.replace(/\r\n?/g, '\n');
  const notes = [...source.matchAll(NOTE)];
  if (notes.length === 0) return [];
  const text = withoutNotes(source);
  const nodes = [...nodesBelow(mdxToMdast(text))];
  return notes.map(({ index, 1: body = '' }) => {
    let step: string | undefined;
    let section = 0;
    let end = 0;
    for (const node of nodes) {
      if (startOf(node) > index) {
        if (startOf(node) >= end) break;
        const asked = visibleStep(node, text);
        if (asked !== undefined) return { step: asked, asks: true, section, items: itemsOf(body) };
        continue;
      }
      if (node.type === 'heading') {
        section++;
        step = undefined;
      }
      const { name } = componentOf(node) ?? {};
      if (name === 'YourTurn') step = TASK;
      if (name === 'Predict') end = endOf(node);
      const shown = visibleStep(node, text);
      if (shown !== undefined) {
        step = shown;
        end = 0;
      }
    }
    return { step, asks: false, section, items: itemsOf(body) };
  });
}

/** The id of a step that a page shows; undefined if a node is none. */
function visibleStep(node: MdastNode, text: string): string | undefined {
  const fence = node.type === 'code' ? readFence(node, text) : undefined;
  if (fence?.kind !== 'step' || fence.options.some(({ name }) => HIDING.has(name)))
    return undefined;
  return fence.id;
}

/** Options of steps that a page does not show. */
const HIDING: ReadonlySet<string> = new Set(['hide', 'wrong']);

function itemsOf(body: string): NoteItem[] {
  return body
    .split(/^(?=- )/m)
    .map((item) => item.trim())
    .flatMap((item) => {
      const [start = '', kind] = ITEM.exec(item) ?? [];
      return kind === undefined
        ? []
        : { kind: kind as NoteKind, text: item.slice(start.length).replace(/^ {2}/gm, '') };
    });
}

/** What is wrong with the notes of a lesson. */
export function noteFaults(source: string): Omit<Problem, 'file'>[] {
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length;
  const stray = [...withoutNotes(source).matchAll(/<\/?Teacher\b.*/g)].map(
    ({ index, 0: found }) => ({
      line: lineAt(index),
      title: 'a note for teachers is not closed, or not on lines of its own',
      found,
      hint: 'write <Teacher> and </Teacher> at the beginning of lines, without anything else',
    }),
  );
  const items = [...source.matchAll(NOTE)].flatMap(({ index, 1: body = '' }) => {
    const lines = body.split('\n');
    const wrong = lines.findIndex(
      (line) => line.trim() !== '' && !/^ {2}/.test(line) && !ITEM.test(line),
    );
    if (wrong < 0 && itemsOf(body).length > 0) return [];
    return {
      line: lineAt(index) + Math.max(wrong, 1),
      title: 'a note for teachers is not a list of items that say what they are about',
      found: lines[wrong] ?? 'no item',
      hint: `begin each item with "- " and one of ${NOTE_KINDS.map((kind) => `${kind}:`).join(', ')}`,
    };
  });
  return [...stray, ...items];
}
