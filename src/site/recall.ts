import { markdownToHtml, mdxToMdast, type MdastNode } from 'satteri';
import { childrenOf, componentOf } from '../core/lesson/mdast.ts';
import type { Step } from '../core/lesson/model.ts';
import {
  answerParts,
  isRight,
  LETTERS,
  predictionParts,
  type PredictionParts,
} from '../core/lesson/predictions.ts';
import { plainMarkdown, type ExportSource } from './markdown/export.ts';

/** What a reader can try again of a lesson. Texts are HTML. */
export interface Recall {
  readonly predictions: readonly RecalledPrediction[];
  /** The tasks, up to their first hint or solution. */
  readonly tasks: readonly string[];
}

export interface RecalledPrediction {
  readonly step: Step;
  readonly question: string;
  readonly answers: readonly {
    readonly letter: string;
    readonly choice: string;
    readonly why: string;
    readonly right: boolean;
  }[];
}

/**
 * Reads the predictions and tasks of a lesson.
 * @param source the lesson, or its translation
 */
export function recallOf(source: ExportSource): Recall {
  const { lesson, steps } = source.views[0].recording;
  const html = (nodes: readonly MdastNode[]) =>
    markdownToHtml(plainMarkdown(source, nodes)).html.trim();
  const blocks = childrenOf(mdxToMdast(source.text));
  const asked = blocks.flatMap((block) => predictionParts(block) ?? []);
  return {
    predictions: (lesson.predictions ?? []).flatMap(({ step }, index) => {
      const [parts, shown] = [asked[index], steps.get(step)?.step];
      return parts && shown ? { step: shown, ...askedAgain(parts, html) } : [];
    }),
    tasks: blocks
      .filter((block) => componentOf(block)?.name === 'YourTurn')
      .map((task) => {
        const parts = childrenOf(task);
        const end = parts.findIndex((part) => part.type === 'code' || componentOf(part));
        return html(end < 0 ? parts : parts.slice(0, end));
      }),
  };
}

function askedAgain(
  { question, answers }: PredictionParts,
  html: (nodes: readonly MdastNode[]) => string,
): Omit<RecalledPrediction, 'step'> {
  return {
    question: html(question),
    answers: answers.map((answer, index) => {
      const { choice, why } = answerParts(answer);
      return {
        letter: LETTERS[index] ?? '',
        choice: html(choice ? [choice] : []).replace(/^<p>|<\/p>$/g, ''),
        why: html(why),
        right: isRight(answer),
      };
    }),
  };
}
