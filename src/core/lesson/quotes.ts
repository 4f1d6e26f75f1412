import { mdxToMdast, type MdastNode } from 'satteri';
import { readFence } from './fence.ts';
import { childrenOf, componentOf, lineOf } from './mdast.ts';
import { stepsOf, type Lesson } from './model.ts';

/** Inline code in prose that may quote the screen of a step. */
export interface Quote {
  /** 1-based line of the file. */
  readonly line: number;
  readonly text: string;
  /** Whether readers see it only if they unfold an answer of a prediction. */
  readonly folded: boolean;
  /** Ids of the steps that it may quote, the likelier one first; at least one. */
  readonly steps: readonly [string, ...string[]];
}

/** Shorter text is on a screen by chance. */
const SHORTEST = 3;

/** Something in the text of a lesson: where it stands decides what belongs to what. */
interface Place {
  readonly node: MdastNode;
  /** Number of headings before it. */
  readonly section: number;
  /** The nodes around it, the outermost first. */
  readonly around: readonly MdastNode[];
}

/**
 * The inline code of a text that may quote the screen of a step; see `quotesBelow`.
 * @param source the text of the lesson or of a translation, which parses
 */
export function quotesIn(source: string, lesson: Pick<Lesson, 'blocks'>): Quote[] {
  return quotesBelow(mdxToMdast(source), source, lesson).map(({ quote }) => quote);
}

/**
 * The inline code of a text that may quote the screen of a step: the last one before it in its
 * section, or else the next one in its section. Prose before a screen that is still covered (a
 * solution, a prediction) does not quote that screen: the link would give the answer away. Headings
 * and links do not quote; nor does `<code>`.
 * @param tree of the text, with positions
 */
export function quotesBelow(
  tree: MdastNode,
  source: string,
  lesson: Pick<Lesson, 'blocks'>,
): { readonly quote: Quote; readonly node: MdastNode }[] {
  const visible = new Set(stepsOf(lesson).flatMap(({ id, options }) => (options.hide ? [] : [id])));
  const places = [...placesIn(tree)];
  const steps = places.flatMap((place, index) => {
    const fence = place.node.type === 'code' ? readFence(place.node, source) : undefined;
    if (fence?.kind !== 'step' || fence.id === undefined || !visible.has(fence.id)) return [];
    return [{ id: fence.id, index, ...place }];
  });
  return places.flatMap((place, index) => {
    const { node, section } = place;
    if (node.type !== 'inlineCode') return [];
    const text = node.value.trim().replace(/\s+/g, ' ');
    if (text.length < SHORTEST) return [];
    const near = steps.filter((step) => step.section === section);
    const before = near.findLast((step) => step.index < index && isOpenAfter(step, place));
    const after = near.find((step) => step.index > index && isOpenBefore(step, place));
    const [answer] = boxes(place, 'Answer');
    if (answer !== undefined && isChoice(place, answer)) return [];
    // A prediction is about the step in the same box, which comes after its answers.
    const found = answer === undefined ? [before, after] : [after, before];
    const [first, ...others] = found.flatMap((step) => step?.id ?? []);
    if (first === undefined) return [];
    const folded = answer !== undefined;
    const quote: Quote = { line: lineOf(node), text, folded, steps: [first, ...others] };
    return [{ quote, node }];
  });
}

/** The fences and the inline code of a text, in file order. */
function* placesIn(tree: MdastNode): Generator<Place> {
  let section = 0;
  function* below(parent: MdastNode, around: readonly MdastNode[]): Generator<Place> {
    for (const node of childrenOf(parent)) {
      if (node.type === 'heading') section++;
      if (['heading', 'link', 'linkReference'].includes(node.type)) continue;
      if (node.type === 'code' || node.type === 'inlineCode') yield { node, section, around };
      else yield* below(node, [...around, node]);
    }
  }
  yield* below(tree, []);
}

/** Whether readers of a place have seen the screen of a step before it. */
function isOpenAfter(step: Place, place: Place): boolean {
  return boxes(step, 'Solution').every((box) => place.around.includes(box));
}

/** Whether readers of a place see the screen of a step after it. */
function isOpenBefore(step: Place, place: Place): boolean {
  const covers = boxes(step, 'Solution', 'Predict');
  const isAnswer = boxes(place, 'Answer').length > 0;
  return covers.every(
    (box) => place.around.includes(box) && (isAnswer || componentOf(box)?.name !== 'Predict'),
  );
}

/** Whether a place is in the first paragraph of an answer, which is what readers choose. */
function isChoice({ around }: Place, answer: MdastNode): boolean {
  const [, ...explanation] = childrenOf(answer);
  return !explanation.some((part) => around.includes(part));
}

function boxes({ around }: Place, ...names: readonly string[]): MdastNode[] {
  return around.filter((node) => names.includes(componentOf(node)?.name ?? ''));
}
