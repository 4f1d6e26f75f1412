import type { MdastNode, MdxJsxFlowElement, MdxJsxTextElement } from 'satteri';
import { fencesBelow } from '../../core/lesson/fence.ts';
import { answerParts, isRight, LETTERS, predictionParts } from '../../core/lesson/predictions.ts';
import { childrenOf } from '../../core/lesson/mdast.ts';

type Blocks = MdxJsxFlowElement['children'];

/**
 * The elements of a prediction: the question with its answers, each of which unfolds its
 * explanation, and the folded step with what is read after it. Nothing needs a script.
 * @param laidOut lays out the blocks of a lesson in rows
 * @returns undefined if the node is no prediction
 */
export function predictionElement(
  node: MdastNode,
  source: string,
  laidOut: (blocks: Readonly<Blocks>) => Blocks,
): MdxJsxFlowElement | undefined {
  const parts = predictionParts(node);
  if (parts === undefined) return undefined;
  const answers = parts.answers.map((answer, index) => {
    const { choice, why } = answerParts(answer);
    const right = isRight(answer);
    const letter = LETTERS[index] ?? '';
    return element('details', { class: 'answer', ...(right && { 'data-right': '' }) }, [
      summary([
        inline('b', [{ type: 'text', value: letter }]),
        inline('span', (choice ? childrenOf(choice) : []) as MdxJsxTextElement['children']),
        inline('Verdict', [], right ? { right: '' } : {}),
      ]),
      element(
        'div',
        { class: 'why', 'data-verdict': `${letter} ${right ? '✓' : '✗'}` },
        why as Blocks,
      ),
    ]);
  });
  const step = fencesBelow(
    { type: 'root', children: [...parts.covered] } as MdastNode,
    source,
  ).find((fence) => fence.kind === 'step' && !fence.options.some(({ name }) => name === 'hide'));
  const id = step?.kind === 'step' ? (step.id ?? '') : '';
  return element('div', { class: 'predict', 'data-step': id }, [
    element('Ask', {}, [...laidOut(parts.question as Blocks), ...answers]),
    element('Cover', { step: id }, laidOut(parts.covered as Blocks)),
  ]);
}

function element(
  name: string,
  texts: Readonly<Record<string, string>>,
  children: Readonly<Blocks> = [],
): MdxJsxFlowElement {
  return {
    type: 'mdxJsxFlowElement',
    name,
    attributes: attributes(texts),
    children: [...children],
  };
}

/** Its children are not wrapped in a paragraph. */
function summary(children: readonly MdxJsxTextElement[]): MdxJsxFlowElement {
  return element('summary', {}, children as unknown as Blocks);
}

function inline(
  name: string,
  children: MdxJsxTextElement['children'],
  texts: Readonly<Record<string, string>> = {},
): MdxJsxTextElement {
  return { type: 'mdxJsxTextElement', name, attributes: attributes(texts), children };
}

function attributes(texts: Readonly<Record<string, string>>) {
  return Object.entries(texts).map(([name, value]) => ({
    type: 'mdxJsxAttribute' as const,
    name,
    value,
  }));
}
