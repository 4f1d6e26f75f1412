import { element } from '../element.ts';
import { partsFor } from '../for-reader.ts';
import { addressed, type Length } from './position.ts';

/** What a slide shows: text, a terminal, a question, its answers, a task. */
type Kind = 'title' | 'text' | 'screen' | 'ask' | 'answer' | 'task';

/** One screen of a presentation. */
export interface Slide extends Length {
  readonly kind: Kind;
  readonly section: HTMLElement;
  /** The prose of the lesson that leads to it, and that follows it, for the presenter. */
  readonly lead: readonly Element[];
  readonly prose: readonly Element[];
  readonly notes: readonly Element[];
}

interface Draft {
  readonly kind: Kind;
  readonly id: string | undefined;
  readonly shown: readonly Element[];
  readonly parts: number;
  readonly lead: readonly Element[];
  readonly prose: Element[];
  readonly notes: Element[];
}

/** The slides that are being made, and the prose that leads to the next one. */
interface Deck {
  readonly drafts: Draft[];
  readonly lead: Element[];
}

/** What is worth a screen of its own in prose. */
const FIGURES = 'table, figure';

/** What begins a section of a lesson, or a part of it. */
const HEADINGS = 'h2, h3';

/** The code and the title of a lesson, from its page. */
export function titleOf(page: Element): string {
  const code = page.querySelector('.stencil')?.ariaLabel ?? '';
  return `${code} ${page.querySelector('h1')?.textContent ?? ''}`;
}

/**
 * Makes slides of a lesson's text, which they take apart: one for each step, file, question, figure
 * and task, and for what prose has a heading. All other prose is for the presenter.
 * @param notes the teacher's notes: `data-step` and `data-section` say where each belongs
 */
export function slidesOf(article: Element, notes: readonly HTMLElement[] = []): Slide[] {
  for (const fold of article.querySelectorAll<HTMLDetailsElement>('.fold')) fold.open = true;
  const headings = [...article.querySelectorAll(HEADINGS)];
  const deck: Deck = { drafts: [], lead: [] };
  for (const stretch of [...article.children]) readStretch(stretch, deck);
  const { drafts } = deck;
  for (const note of notes)
    for (const owner of noteOwners(note, drafts, headings)) owner.notes.push(note);
  const ids = addressed(drafts.map(({ id }) => id));
  const title = article.querySelector('h1')?.textContent ?? '';
  let under = title;
  return drafts.map(({ kind, shown, parts, lead, prose, notes }, index) => {
    const id = ids[index] ?? '';
    const heading = shown.find((one) => one.matches(HEADINGS))?.textContent;
    const said = [...lead, ...prose];
    const task = kind === 'task' ? shown[0]?.querySelector('.label')?.textContent : undefined;
    under = heading ?? task ?? headingOf(said) ?? under;
    const label = element('p', { className: 'label' }, under);
    const section = element('section', {
      className: `slide prose slide-${kind}`,
      ariaLabel: under,
    });
    if (heading === undefined && kind !== 'title' && kind !== 'task') section.append(label);
    section.append(...shown);
    const headingIds = [...shown, ...said]
      .filter((one) => one.matches(HEADINGS))
      .map((one) => one.id);
    return { id, kind, section, parts, lead, prose, notes, headings: headingIds };
  });
}

function headingOf(prose: readonly Element[]): string | undefined {
  return prose.findLast((one) => one.matches(HEADINGS))?.textContent;
}

/** A row or a part without rows, on the page or in a box. */
function readStretch(stretch: Element, deck: Deck): void {
  if (stretch.matches('.alone')) readAlone([...stretch.children], deck);
  if (!stretch.matches('.row')) return;
  for (const part of [...stretch.children])
    if (part.matches('.shown')) readShown([...part.children], deck);
    else readProse([...part.children], deck, part.matches('.before'));
}

/** Steps and files. The commands of a step are run one after another. */
function readShown(blocks: readonly Element[], deck: Deck): void {
  for (const block of blocks) {
    const commands = block.matches('.step[data-rows]') ? partsFor(block, '.cmd').length : 0;
    add(deck, 'screen', [block], block.id || undefined, commands);
  }
}

function readAlone(blocks: readonly Element[], deck: Deck): void {
  let text: Element[] = [];
  for (const block of blocks) {
    const box = boxOf(block);
    if (box !== undefined || block.matches(HEADINGS)) {
      readProse(text, deck, box !== undefined && !startsSection(text));
      text = [];
    }
    if (box === undefined) text.push(block);
    else box(block, deck);
  }
  readProse(text, deck, false);
}

/** How a block that is more than prose is read. */
function boxOf(block: Element): ((block: Element, deck: Deck) => void) | undefined {
  if (block.matches('.opening')) return readOpening;
  if (block.matches('.predict')) return readPrediction;
  if (block.matches('.turn')) return readTask;
  if (block.matches('.leaves'))
    return (leaves, deck) => add(deck, 'text', [...leaves.children], 'leftovers');
  if (block.matches('.commands, .proof, .moved')) return () => undefined;
  return undefined;
}

function startsSection([first]: readonly Element[]): boolean {
  return first?.matches(HEADINGS) === true;
}

/**
 * Prose with a heading is a slide, and so is each figure; the presenter reads the rest.
 * @param leads whether it leads to what is shown next
 */
function readProse(blocks: readonly Element[], deck: Deck, leads: boolean): void {
  const [first] = blocks;
  if (first === undefined) return;
  if (first.matches('.opening')) {
    readOpening(first, deck);
    readProse(blocks.slice(1), deck, leads);
  } else if (startsSection(blocks) && !leads) add(deck, 'text', blocks, first.id);
  else {
    const isFigure = (block: Element) => block.matches(FIGURES);
    const prose = blocks.filter((block) => !isFigure(block));
    (leads ? deck.lead : deck.drafts.at(-1)?.prose)?.push(...prose);
    // A drawing of characters needs its lines as a terminal does.
    for (const figure of blocks.filter(isFigure))
      add(deck, figure.matches('.code') ? 'screen' : 'text', [figure], undefined);
  }
}

function readOpening(opening: Element, deck: Deck): void {
  add(deck, 'title', [...opening.querySelectorAll('.stencil, h1, .lead')], '');
}

/** The question, then what decides, then the answers: each is asked for by going on. */
function readPrediction(predict: Element, deck: Deck): void {
  const ask = predict.querySelector('.ask');
  const cover = predict.querySelector('.cover');
  if (ask === null || cover === null) return;
  const answered = ask.cloneNode(true) as Element;
  answered.classList.add('answered');
  for (const answer of answered.querySelectorAll('details')) answer.open = true;
  add(deck, 'ask', [ask], (predict as HTMLElement).dataset['step']);
  for (const stretch of [...cover.children]) readStretch(stretch, deck);
  add(deck, 'answer', [answered], undefined);
}

/** The task with its hints, one after another, then the steps of its solution. */
function readTask(turn: Element, deck: Deck): void {
  const solution = turn.querySelector('.solution');
  for (const part of turn.querySelectorAll('.solution, .check')) part.remove();
  const hints = [...turn.querySelectorAll<HTMLDetailsElement>('.hint')];
  for (const hint of hints) hint.open = true;
  add(deck, 'task', [turn], turn.id, hints.length);
  for (const stretch of [...(solution?.children ?? [])]) readStretch(stretch, deck);
}

function add(
  { drafts, lead }: Deck,
  kind: Kind,
  shown: readonly Element[],
  id: string | undefined,
  parts = 0,
): void {
  drafts.push({ kind, id, shown, parts, lead: lead.splice(0), prose: [], notes: [] });
}

/**
 * The slides to which a note belongs: the question that its step answers, or the screen of its step
 * with the answers, or the first slide of its section.
 */
function noteOwners(
  note: HTMLElement,
  drafts: readonly Draft[],
  headings: readonly Element[],
): readonly Draft[] {
  const { step, asks, section = '0' } = note.dataset;
  const heading = headings[Number(section) - 1];
  const holds = (all: readonly Element[]) =>
    heading !== undefined && all.some((one) => one.contains(heading));
  const first = drafts.findIndex(({ id, kind, shown, lead, prose }) =>
    step === undefined
      ? [shown, lead, prose].some(holds)
      : id === step && (kind === 'ask') === (asks !== undefined),
  );
  if (step === undefined || asks !== undefined || first < 0)
    return drafts.slice(Math.max(first, 0)).slice(0, 1);
  const others = drafts.slice(first + 1);
  const end = others.findIndex(
    ({ id, kind }) => kind === 'text' || (id !== undefined && id !== step),
  );
  return drafts.slice(first, end < 0 ? undefined : first + 1 + end);
}
