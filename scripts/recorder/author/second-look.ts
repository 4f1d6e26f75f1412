import type { LabHost, OnProgress } from '../../lab/index.ts';
import { isOfLab } from '../compare/change.ts';
import { needSecondRun, unconfirmed } from '../compare/noise.ts';
import { decide } from '../compare/two-runs.ts';
import { record } from '../record.ts';
import type { RecordResult } from '../result.ts';
import { RunFailure } from '../run/failure.ts';
import { recordingPaths, variantFolder } from '../../../src/core/recording/paths.ts';
import type { Folders } from '../../../src/store/folders.ts';
import { lessonFiles, withRecordings, type LessonFiles } from '../../../src/store/write.ts';

/** Recordings of one lesson after only one run. */
interface Unconfirmed {
  /** The earlier files of the lesson; undefined if there were none. */
  readonly before: LessonFiles | undefined;
  /** Steps that were recorded since then. */
  readonly steps: Set<string>;
}

/** The outcome of the second run. */
export type Confirmation =
  | { readonly kind: 'confirmed' }
  /** The recording was discarded; the result says why. */
  | { readonly kind: 'refused'; readonly result: RecordResult }
  /** Its lab failed, or it was aborted. */
  | { readonly kind: 'none' };

export interface SecondLookOptions extends Folders {
  readonly host: LabHost;
  readonly report: OnProgress;
}

/**
 * Shows an author what one run has recorded, and sees to the second run after that: what differs
 * between the two is taken back.
 */
export class SecondLook {
  private readonly options: SecondLookOptions;
  private readonly unconfirmed = new Map<string, Unconfirmed>();

  constructor(options: SecondLookOptions) {
    this.options = options;
  }

  /** Records a lesson by one run, which `work` does. */
  async recordOnce(lesson: string, work: () => Promise<RecordResult>): Promise<RecordResult> {
    const { recordings } = this.options;
    const before = this.unconfirmed.get(lesson)?.before ?? lessonFiles(recordings, lesson);
    const result = await work();
    const changed = result.lessons.find((one) => one.lesson === lesson && one.kind === 'changed');
    const changes = result.written && changed ? changed.changes : [];
    if (!needSecondRun(changes)) return result;
    const steps = new Set([
      ...(this.unconfirmed.get(lesson)?.steps ?? []),
      ...unconfirmed(changes),
    ]);
    this.unconfirmed.delete(lesson);
    this.unconfirmed.set(lesson, { before, steps });
    return result;
  }

  /** Lessons that wait for a second run, the latest first. */
  get waiting(): readonly string[] {
    return [...this.unconfirmed.keys()].reverse();
  }

  /**
   * Runs a lesson again in a fresh lab. If aborted, its recording keeps waiting for that.
   * @returns undefined if aborted
   */
  async run(lesson: string, signal: AbortSignal): Promise<RecordResult | undefined> {
    const { content, recordings, host, report } = this.options;
    const result = await record({
      ...{ content, recordings, host, signal, names: [lesson], jobs: 1 },
      ...{ all: true, check: true, once: true },
      report: (line) => report(`second run, ${line}`),
    });
    return signal.aborted ? undefined : result;
  }

  /** Keeps the recording if the second run shows the same, or restores the earlier one. */
  async settle(lesson: string, second: RecordResult): Promise<Confirmation> {
    const waiting = this.unconfirmed.get(lesson);
    const result = second.lessons.find((one) => one.lesson === lesson);
    if (waiting === undefined || result === undefined) return { kind: 'none' };
    const { source, failure, changes } = result;
    const decision = decide(source.lesson, waiting.steps, failure ?? changes);
    switch (decision.kind) {
      case 'accepted':
        if (changes.some(isOfLab)) break;
        this.unconfirmed.delete(lesson);
        return { kind: 'confirmed' };
      case 'failed':
        if (!(decision.failure instanceof RunFailure)) return { kind: 'none' };
        break;
      case 'noisy':
    }
    await this.putBack(lesson);
    const status = decision.kind === 'failed' ? decision.failure.status : 20;
    // If only what the lab holds differs, the result says so already.
    const refused = decision.kind === 'accepted' ? result : { ...result, ...decision };
    return { kind: 'refused', result: { ...second, status, lessons: [refused] } };
  }

  /** Restores the recordings of all lessons that wait. @returns their ids */
  async putAllBack(): Promise<string[]> {
    const lessons = [...this.unconfirmed.keys()];
    for (const lesson of lessons) await this.putBack(lesson);
    return lessons;
  }

  private async putBack(lesson: string): Promise<void> {
    const { before } = this.unconfirmed.get(lesson) ?? {};
    const { recordings, report } = this.options;
    await withRecordings(recordings, report, new AbortController().signal, (replace) => {
      const now = lessonFiles(recordings, lesson) ?? [];
      const files = new Map([
        ...[...(before ?? [])].filter(([name]) => !isOfAnother(name)),
        ...[...now].filter(([name]) => isOfAnother(name)),
      ]);
      if (files.size === 0) replace(new Map(), [lesson]);
      else replace(new Map([[lesson, files]]), []);
      return Promise.resolve();
    });
    this.unconfirmed.delete(lesson);
  }
}

/** Whether a file of a lesson is written by another command: `vm --try`, or for another Engine. */
function isOfAnother(name: string): boolean {
  return `/${name}` === recordingPaths.browser('') || `/${name}`.startsWith(variantFolder('', ''));
}
