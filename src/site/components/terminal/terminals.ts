import type { StepRecording } from '../../../store/recordings.ts';
import { isVariant, stepFolder } from '../../../store/variants.ts';
import { lessonMasks } from '../../../core/recording/masks.ts';
import { extraRules } from '../../../core/screen/style.ts';
import type { Piece } from '../../../core/screen/pieces.ts';
import { linesOf, terminalBlocks, type Block } from '../../../core/screen/view.ts';
import type { PageQuotes } from '../../quotes.ts';
import { partsOf, type Part, type View, type Views } from '../../engines.ts';
import { playThrough } from './rows.ts';

/** What a page shows for a step's cast. */
export interface Terminal {
  readonly blocks: readonly Block[];
  /** Rows that the player needs. */
  readonly rows: number;
}

/** A step as an Engine recorded it. */
interface Source {
  readonly recording: StepRecording;
  /** Folder of its files, relative to the recordings folder. */
  readonly folder: string;
}

/** A step as a page shows it for readers with some of the Engines. */
export interface Shown extends Part<Source> {
  /** Absent if there is no up-to-date recording, or if the step is hidden. */
  readonly terminal?: Terminal;
}

/** A step as a page shows it, once for all Engines that print the same, the newest first. */
export type Takes = readonly [Shown, ...Shown[]];

/**
 * The terminals of a lesson, by step id.
 * @param partsOn the parts of a step's screen that the prose quotes
 */
export async function terminalsOf(
  views: Views,
  partsOn: PageQuotes['partsOn'] = () => [],
): Promise<Map<string, Takes>> {
  const { lesson, steps } = views[0].recording;
  const declared = lessonMasks(lesson);
  const shown = async (part: Part<Source>): Promise<Shown> => {
    const { recording } = part.value;
    if (recording.state !== 'recorded' || recording.step.options.hide) return part;
    const { screen, rows } = await playThrough(recording.parsed);
    const quoted = partsOn(part.engines[0] ?? '', recording.step.id);
    const blocks = terminalBlocks(screen, recording.proof, declared, quoted);
    return { ...part, terminal: { blocks, rows } };
  };
  // Concurrently, since each waits for a terminal to render.
  const terminals = [...steps.keys()].map(async (id) => {
    const [newest, ...others] = partsOf(
      views,
      (view) => sourceOf(view, id),
      ({ folder }) => folder,
    );
    const takes: Takes = [await shown(newest), ...(await Promise.all(others.map(shown)))];
    return [id, takes] as const;
  });
  return new Map(await Promise.all(terminals));
}

/** The recording of a step that readers with an Engine see. */
function sourceOf({ recording }: View, id: string): Source {
  const reference = isVariant(recording) ? recording.reference : recording;
  const { lesson } = reference;
  const own = recording.steps.get(id);
  const common = reference.steps.get(id);
  if (own === undefined || common === undefined)
    throw new Error(`${lesson.file}: the page has no step ${id}`);
  // Lessons that are being written may lack recordings.
  return own.state === 'recorded' && common.state === 'recorded'
    ? { recording: own, folder: stepFolder(recording, id) }
    : { recording: common, folder: lesson.id };
}

/** CSS rules for colors of these terminals that no style sheet has. */
export function extraStyles(terminals: ReadonlyMap<string, Takes>): string {
  return extraRules([...terminals.values()].flatMap(pieces).flatMap(({ classes }) => classes));
}

/** The first step that shows text that will differ for readers. */
export function firstMarked(terminals: ReadonlyMap<string, Takes>): string | undefined {
  return [...terminals].find(([, takes]) =>
    pieces(takes).some(({ differs }) => differs !== undefined),
  )?.[0];
}

function pieces(takes: Takes): Piece[] {
  return takes
    .flatMap(({ terminal }) => terminal?.blocks ?? [])
    .flatMap(linesOf)
    .flat();
}
