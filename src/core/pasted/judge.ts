import type { NamedMask } from '../recording/masks.ts';
import type { Allowed, Answer, ExpectedScreen, ExpectedStep, KnownMessage } from './answer.ts';
import { cleanLines } from './clean.ts';
import { keyedLines, keyOfJoined } from './lines.ts';
import { compareOutput, type Comparison } from './output.ts';
import { segmentsOf, type Segment } from './segments.ts';
import { timedAsInBash } from './zsh-time.ts';

/** What pasted text is compared with besides its step. */
export interface Surroundings {
  /** Masks that the lesson declares. */
  readonly declared: readonly NamedMask[];
  /** Specific messages before general ones. */
  readonly messages: readonly KnownMessage[];
  /** The other steps of the lesson. */
  readonly others: readonly ExpectedStep[];
}

/** Lines beyond this are not compared. */
export const MOST_LINES = 1000;

/** Compares terminal text that a reader pasted with what a step prints. */
export function judge(pasted: string, step: ExpectedStep, around: Surroundings): Answer {
  const lines = cleanLines(pasted).flatMap(timedAsInBash).slice(0, MOST_LINES);
  const judged = judgeStep(lines, step, around.declared);
  const message = messageIn(lines, around.messages);
  const isShown =
    message !== undefined &&
    step.screens.some(
      (screen) => messageIn(screenLines(screen), around.messages)?.id === message.id,
    );
  // An error that the step shows is no error if it is what the step prints.
  const isFine = judged !== undefined && judged.kind !== 'different';
  if (message !== undefined && !(isFine && isShown))
    return { kind: 'error', error: message.id, isShown };
  if (judged !== undefined) return judged;
  const other = around.others.find(({ id, ...expected }) => {
    const found = judgeStep(lines, { id, ...expected }, around.declared);
    return found !== undefined && found.kind !== 'different';
  });
  return { kind: 'nothing', ...(other && { step: other.id }) };
}

function screenLines({ commands }: ExpectedScreen): string[] {
  return commands.flatMap(({ output }) => output);
}

/** The first of the known messages that a text contains, even if a terminal broke its lines. */
export function messageIn(
  lines: readonly string[],
  messages: readonly KnownMessage[],
): KnownMessage | undefined {
  const texts = [' ', ''].map((between) =>
    lines
      .map((line) => line.trim())
      .join(between)
      .replace(/\s+/g, ' '),
  );
  return messages.find(({ pattern }) => texts.some((text) => pattern.test(text)));
}

/** Compares with each screen of a step; undefined if the text has nothing to do with the step. */
function judgeStep(
  lines: readonly string[],
  { screens }: ExpectedStep,
  declared: readonly NamedMask[],
): Answer | undefined {
  const judged = screens.flatMap(({ engines, commands }, index) => {
    const compared = compareScreen(lines, commands, declared);
    if (compared === undefined) return [];
    const likeness = compared.reduce((sum, each) => sum + each.likeness, 0);
    return [{ index, engines, likeness, answer: answerOf(compared, commands.length) }];
  });
  const [same] = judged.filter(({ answer }) => answer.kind !== 'different');
  if (same !== undefined)
    return same.index === 0 ? same.answer : { kind: 'engine', engines: same.engines };
  const [closest] = judged.sort((a, b) => b.likeness - a.likeness || a.index - b.index);
  if (closest === undefined) return undefined;
  const { answer, index, engines } = closest;
  return answer.kind === 'different' && index > 0 ? { ...answer, engines } : answer;
}

type Commands = ExpectedScreen['commands'];

function compareScreen(
  lines: readonly string[],
  commands: Commands,
  declared: readonly NamedMask[],
): Comparison[] | undefined {
  const segments = segmentsOf(
    lines,
    commands.map(({ typed }) => typed),
    (line) => {
      const key = keyOfJoined(line, declared);
      return commands.some(({ output }) =>
        keyedLines(output, declared).some((printed) => printed.key === key),
      );
    },
  );
  const known = segments.filter(({ isKnown }) => isKnown);
  return known.length > 0
    ? compareKnown(known, commands, declared)
    : compareAny(segments, commands, declared);
}

/** Compares each command that was pasted with the one of the step, in order. */
function compareKnown(
  segments: readonly Segment[],
  commands: Commands,
  declared: readonly NamedMask[],
): Comparison[] {
  let next = 0;
  return segments.map(({ typed, lines, isClosed }) => {
    const compared = commands.flatMap(({ typed: wanted, output }, index) =>
      wanted === typed
        ? { index, ...compareOutput(output, { lines, isOpened: true, isClosed }, declared) }
        : [],
    );
    // A step may have the same command twice.
    const later = compared.filter(({ index }) => index >= next);
    const best = bestOf(later.length > 0 ? later : compared);
    next = (best?.index ?? next) + 1;
    return best ?? NOTHING;
  });
}

const NOTHING: Comparison = { likeness: 0, allowed: [], isPart: false };

/** Without any command of the step: the output that is most like some of the pasted lines. */
function compareAny(
  segments: readonly Segment[],
  commands: Commands,
  declared: readonly NamedMask[],
): Comparison[] | undefined {
  const whole = segments.flatMap(({ lines }) => [...lines, '']);
  const parts = [
    ...segments.map(({ lines, typed, isClosed }) => ({
      lines,
      isOpened: false,
      isClosed: typed !== undefined && isClosed,
    })),
    { lines: whole, isOpened: false, isClosed: false },
  ];
  const best = bestOf(
    parts.flatMap((part) => commands.map(({ output }) => compareOutput(output, part, declared))),
  );
  return best === undefined || best.likeness === 0 ? undefined : [best];
}

/** The most similar one, without a difference if possible. */
function bestOf<T extends Comparison>(compared: readonly T[]): T | undefined {
  const rank = ({ difference, likeness }: T) => likeness + (difference === undefined ? 0.5 : 0);
  return [...compared].sort((a, b) => rank(b) - rank(a))[0];
}

type Judged = Extract<Answer, { kind: 'same' | 'allowed' | 'different' }>;

/** @param count how many commands the step has */
function answerOf(compared: readonly Comparison[], count: number): Judged {
  const difference = compared.find((each) => each.difference !== undefined)?.difference;
  if (difference !== undefined) return { kind: 'different', difference };
  const isPart = compared.length < count || compared.some((each) => each.isPart);
  const differing = onceEach(compared.flatMap(({ allowed }) => allowed));
  return differing.length === 0 ? { kind: 'same', isPart } : { kind: 'allowed', isPart, differing };
}

/** Each reason once, with its first example. */
function onceEach(allowed: readonly Allowed[]): Allowed[] {
  return allowed.filter(
    ({ why }, index) => allowed.findIndex((other) => other.why === why) === index,
  );
}
