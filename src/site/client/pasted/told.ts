import type { Answer, Difference } from '../../../core/pasted/answer.ts';
import type { PastedWords } from '../../i18n/client/pasted.ts';
import { element } from '../element.ts';
import type { ExplainedMessage } from './data.ts';

/** An answer as the panel shows it. */
export function told(
  answer: Answer,
  messages: readonly ExplainedMessage[],
  words: PastedWords,
): Node[] {
  switch (answer.kind) {
    case 'same':
      return [result('good', answer.isPart ? words.soFar : words.same), ...partOf(answer, words)];
    case 'allowed':
      return [
        result('good', words.allowed),
        ...partOf(answer, words),
        element(
          'ul',
          {},
          ...answer.differing.map(({ why, expected, found }) =>
            element(
              'li',
              {},
              element('mark', {}, found || words.nothingThere),
              ` · ${words.here} `,
              element('span', { className: 'was' }, expected || words.nothingThere),
              ' · ',
              why === undefined ? words.pulled : textIn('en', why),
            ),
          ),
        ),
      ];
    case 'engine':
      return [result('good', words.engine(answer.engines))];
    case 'different':
      return [
        result('bad', words.different),
        differenceOf(answer.difference, words),
        ...(answer.engines ? [paragraph(words.closest(answer.engines))] : []),
      ];
    case 'error':
      return errorOf(answer.error, answer.isShown, messages, words);
    case 'nothing':
      return [
        result('none', words.nothing),
        ...(answer.step === undefined
          ? []
          : [paragraph(`${words.other} `, stepLink(`#${answer.step}`, answer.step))]),
      ];
  }
}

function result(kind: 'good' | 'bad' | 'none', text: string): HTMLElement {
  return element('p', { className: `result ${kind}` }, text);
}

function paragraph(...content: readonly (Node | string)[]): HTMLElement {
  return element('p', {}, ...content);
}

function partOf({ isPart }: { readonly isPart: boolean }, words: PastedWords): HTMLElement[] {
  return isPart ? [paragraph(words.part)] : [];
}

/** Two lines, with what differs between them marked. */
function differenceOf({ expected, found }: Difference, words: PastedWords): HTMLElement {
  const [here, yours] = [expected, found].map((line) => line?.trim().replace(/\s{2,}/g, '  '));
  const [from, end] = sharedEnds(here ?? '', yours ?? '');
  const line = (text: string | undefined) => {
    if (text === undefined) return element('dd', { className: 'none' }, words.nothingThere);
    const to = text.length - end;
    const changed = element('b', {}, text.slice(from, to));
    return element('dd', {}, text.slice(0, from), changed, text.slice(to));
  };
  return element(
    'dl',
    {},
    element('dt', {}, words.here),
    line(here),
    element('dt', {}, words.yours),
    line(yours),
  );
}

/** How many characters two texts have in common at their beginning and end, in whole words. */
function sharedEnds(one: string, other: string): [from: number, end: number] {
  const [words, others] = [one, other].map((text) => text.match(WORDS) ?? []);
  const from = sharedStart(words ?? [], others ?? []);
  const rest = [words, others].map((all) => all?.slice(from).reverse() ?? []);
  const end = sharedStart(rest[0] ?? [], rest[1] ?? []);
  return [lengthOf(words?.slice(0, from)), lengthOf(rest[0]?.slice(0, end))];
}

/** Words, and the characters between them. */
const WORDS = /[\p{L}\p{N}_]+|[^\p{L}\p{N}_]/gu;

function sharedStart(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((word, index) => word !== other[index]);
  return at < 0 ? one.length : at;
}

function lengthOf(words: readonly string[] = []): number {
  return words.join('').length;
}

function errorOf(
  id: string,
  isShown: boolean,
  messages: readonly ExplainedMessage[],
  words: PastedWords,
): Node[] {
  const known = messages.find((message) => message.id === id);
  if (known === undefined) return [];
  const { means, do: advice, language, source, step } = known;
  return [
    result('bad', isShown ? words.shown : words.error),
    textIn(language, means, 'p'),
    textIn(language, advice, 'p'),
    paragraph(
      element('a', { href: source, rel: 'noreferrer' }, words.source),
      ...(step === undefined || isShown ? [] : [` · ${words.step} `, lessonLink(step)]),
    ),
  ];
}

/** Text of the project, perhaps in another language than the page; code in backticks. */
function textIn(language: string, text: string, name: 'span' | 'p' = 'span'): HTMLElement {
  const parts = text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
  return element(name, { lang: language }, ...parts);
}

/** A link to LESSON#STEP, from the page of a lesson in the same language. */
function lessonLink(step: string): HTMLElement {
  return stepLink(`../${step.replace('#', '/#')}`, step);
}

function stepLink(href: string, text: string): HTMLElement {
  return element('a', { href }, text);
}
