import type { LabHost, Report } from '../../lab/index.ts';
import { RunFailure } from '../run/failure.ts';
import { asNoise, unproven } from '../compare/noise.ts';
import { record, type LessonResult, type RecordResult } from '../record.ts';
import { onlyOnce } from '../compare/two-runs.ts';
import type { Folders } from '../../../src/store/folders.ts';
import { lessonFiles, withRecordings, type LessonFiles } from '../../../src/store/write.ts';

/** Recordings of one lesson that only one run has shown so far. */
interface Unproven {
  /** The files of the lesson as they were before; undefined if there were none. */
  readonly before: LessonFiles | undefined;
  /** Steps that were recorded since. */
  readonly steps: Set<string>;
}

/** How the second run came out. */
export type Confirmation =
  | { readonly kind: 'confirmed' }
  /** What was recorded is taken back; the result says why. */
  | { readonly kind: 'refused'; readonly result: RecordResult }
  /** There was none: its lab failed, or it was given up. */
  | { readonly kind: 'none' };

export interface SecondLookOptions extends Folders {
  readonly host: LabHost;
  readonly report: Report;
}

/**
 * Shows an author what one run has recorded, and sees to the second run after that: what differs
 * between the two is taken back.
 */
export class SecondLook {
  private readonly options: SecondLookOptions;
  private readonly unproven = new Map<string, Unproven>();

  constructor(options: SecondLookOptions) {
    this.options = options;
  }

  /**
   * Records a lesson, by one run.
   * @param work what records it
   */
  async recordOnce(lesson: string, work: () => Promise<RecordResult>): Promise<RecordResult> {
    const before =
      this.unproven.get(lesson)?.before ?? lessonFiles(this.options.recordings, lesson);
    const result = await work();
    const steps = result.lessons.flatMap((one) =>
      one.lesson === lesson && one.kind === 'changed'
        ? unproven(one.changes).map(({ step }) => step)
        : [],
    );
    if (steps.length === 0) return result;
    const known = this.unproven.get(lesson)?.steps ?? [];
    this.unproven.delete(lesson);
    this.unproven.set(lesson, { before, steps: new Set([...known, ...steps]) });
    return result;
  }

  /** Lessons of which something waits for its second run, the latest first. */
  get waiting(): readonly string[] {
    return [...this.unproven.keys()].reverse();
  }

  /**
   * Runs a lesson once more, in a fresh lab.
   * @param signal ends that; what was recorded goes on to wait
   */
  async run(lesson: string, signal: AbortSignal): Promise<RecordResult | undefined> {
    const { content, recordings, host, report } = this.options;
    const result = await record({
      ...{ content, recordings, host, signal, names: [lesson], all: true, check: true, jobs: 1 },
      report: (line) => report(`second run, ${line}`),
    });
    return signal.aborted ? undefined : result;
  }

  /** Accepts what a second run has shown as well, or puts back what was there before. */
  async settle(lesson: string, second: RecordResult): Promise<Confirmation> {
    const waiting = this.unproven.get(lesson);
    const result = second.lessons.find((one) => one.lesson === lesson);
    if (waiting === undefined || result === undefined) return { kind: 'none' };
    const told = refusal(result, second, waiting.steps);
    if (told === 'confirmed') {
      this.unproven.delete(lesson);
      return { kind: 'confirmed' };
    }
    if (told === undefined) return { kind: 'none' };
    await this.putBack(lesson);
    const status = told.kind === 'failed' ? told.failure.status : 20;
    return { kind: 'refused', result: { ...second, status, lessons: [told] } };
  }

  /** Puts back what was recorded of all lessons that wait. @returns their ids */
  async putAllBack(): Promise<string[]> {
    const lessons = [...this.unproven.keys()];
    for (const lesson of lessons) await this.putBack(lesson);
    return lessons;
  }

  private async putBack(lesson: string): Promise<void> {
    const { before } = this.unproven.get(lesson) ?? {};
    const files = new Map(before === undefined ? [] : [[lesson, before]]);
    const gone = before === undefined ? [lesson] : [];
    const { recordings, report } = this.options;
    await withRecordings(recordings, report, new AbortController().signal, (replace) => {
      replace(files, gone);
      return Promise.resolve();
    });
    this.unproven.delete(lesson);
  }
}

/** Why recordings are not accepted; undefined if the second run could not find out. */
function refusal(
  result: LessonResult,
  { sources }: RecordResult,
  steps: ReadonlySet<string>,
): Extract<LessonResult, { kind: 'noisy' | 'failed' }> | 'confirmed' | undefined {
  const { lesson } = result;
  if (result.kind === 'failed')
    return result.failure instanceof RunFailure
      ? { ...result, failure: onlyOnce(result.failure) }
      : undefined;
  const source = sources.get(lesson);
  const changes = result.kind === 'changed' ? unproven(result.changes) : [];
  const noise = changes.filter(({ step }) => steps.has(step));
  if (noise.length === 0 || source === undefined || result.kind !== 'changed') return 'confirmed';
  const { file, took } = result;
  return {
    ...{ kind: 'noisy', lesson, file, took },
    changes: noise.map((change) => asNoise(change, source.lesson)),
  };
}
