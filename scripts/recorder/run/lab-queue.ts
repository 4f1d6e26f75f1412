import {
  LabError,
  openLabHost,
  type Lab,
  type LabHost,
  type LabSpec,
  type OnProgress,
} from '../../lab/index.ts';
import { untilAborted } from '../../command/until-aborted.ts';
import { engineFaultOn, type EngineFault } from './engine-faults.ts';
import { RunFailure, withFullDisk, type Failure, type LabFailure, type Place } from './failure.ts';

export interface LabQueueOptions<Item> {
  /** Number of labs in which items run in parallel. */
  readonly jobs: number;
  /** A host that its caller keeps open; if absent, one is opened and closed. */
  readonly host?: LabHost;
  /** A lab that already waits for an item; if undefined, a fresh one is opened. */
  readonly waiting?: (item: Item) => Promise<Lab | undefined>;
  /** The current command of an item, if any. */
  readonly place?: (item: Item) => Place | undefined;
  /**
   * Whether nothing is left to be found out by an item that has not begun, or whose lab has
   * failed.
   */
  readonly needless?: (item: Item) => boolean;
  /**
   * Whether an item that has failed is run once more even though its lab is well: an Engine may
   * lose what a short-lived container printed (https://github.com/moby/moby/issues/43121).
   */
  readonly failsTwice?: boolean;
  /** Called when an item or its lab has failed, before the item is run in another lab. */
  readonly anotherLab?: (item: Item) => void;
  readonly report: OnProgress;
  readonly signal: AbortSignal;
}

/** A run in a lab that had waited is discarded, and repeated in a fresh lab. */
export class RunAgain extends Error {}

type Work<Item, Result> = (item: Item, lab: Lab) => Promise<Result>;
type End<Result> =
  | { readonly again?: undefined; readonly failure?: undefined; readonly result: Result }
  | { readonly again?: undefined; readonly failure: Failure }
  | { readonly again: string; readonly failure?: undefined };

/** How many more times an item is run, by what has failed. */
const FURTHER_TRIES = { knownFault: 2, lab: 1 } as const;

function kindOf(failure: Failure): 'knownFault' | 'lab' | 'item' {
  if (failure.status !== 40) return 'item';
  return failure.isKnownFault === true ? 'knownFault' : 'lab';
}

/** Runs each item in a fresh lab. While one lab is used, the next one boots. */
export class LabQueue<Item extends { readonly spec: LabSpec }> {
  private readonly items: Item[];
  private readonly options: LabQueueOptions<Item>;
  private readonly booting = new Map<Item, Promise<Lab>>();
  /** Items for which a waiting lab was asked: there is none for a further attempt. */
  private readonly asked = new Set<Item>();
  private next = 0;
  private isClosed = false;

  constructor(items: readonly Item[], options: LabQueueOptions<Item>) {
    this.items = [...items];
    this.options = options;
  }

  /** Adds an item; to be called from `passed` or `failed`. */
  add(item: Item): void {
    this.items.push(item);
  }

  /**
   * Does the work for every item, and hands over each result or failure; after an interrupt, none.
   * An item whose lab fails is run once more, after known faults of the Engine twice; with
   * `failsTwice`, one that fails by itself is run once more, too.
   * @throws any other error of the work, after all labs are closed
   */
  async run<Result>(
    work: Work<Item, Result>,
    passed: (item: Item, result: Result) => void | Promise<void>,
    failed: (item: Item, failure: Failure) => void | Promise<void>,
  ): Promise<void> {
    const { jobs, report, signal } = this.options;
    let host: LabHost | undefined;
    let workers: Promise<void>[] = [];
    try {
      const opened = (host = this.options.host ?? (await openLabHost(report, signal)));
      workers = Array.from({ length: Math.min(jobs, this.items.length) }, () =>
        this.worker(opened, work, passed, failed),
      );
      await Promise.all(workers);
    } catch (error) {
      this.isClosed = true;
      if (signal.aborted) return;
      if (!(error instanceof LabError)) throw error;
      for (const item of this.items.slice(this.next)) await failed(item, labFailure(error));
    } finally {
      if (this.options.host === undefined) await host?.close();
      await Promise.allSettled(workers);
      for (const item of [...this.booting.keys()]) await this.discardLab(item);
    }
  }

  private async worker<Result>(
    host: LabHost,
    work: Work<Item, Result>,
    passed: (item: Item, result: Result) => void | Promise<void>,
    failed: (item: Item, failure: Failure) => void | Promise<void>,
  ): Promise<void> {
    const { report, signal } = this.options;
    for (let item = this.take(); item !== undefined; item = this.take()) {
      if (this.isNeedless(item)) {
        await this.discardLab(item);
        continue;
      }
      const tries = { ...FURTHER_TRIES, item: this.options.failsTwice === true ? 1 : 0 };
      let end = await this.attempt(host, item, work);
      if (end.again !== undefined && !signal.aborted) {
        report(`${end.again} in a lab that had waited: running all in a fresh one`);
        end = await this.attempt(host, item, work);
      }
      while (end.failure && tries[kindOf(end.failure)]-- > 0) {
        if (signal.aborted || this.isClosed || this.isNeedless(item)) break;
        report(`${whatFailed(end.failure)}; trying once more`);
        this.options.anotherLab?.(item);
        end = await this.attempt(host, item, work);
      }
      if (signal.aborted) return;
      if (end.again !== undefined) throw new Error(`a fresh lab has not waited: ${end.again}`);
      if (end.failure === undefined) await passed(item, end.result);
      else await failed(item, end.failure);
    }
  }

  private take(): Item | undefined {
    if (this.options.signal.aborted || this.isClosed) return undefined;
    // If there is none, one may still be added.
    const item = this.items[this.next];
    if (item !== undefined) this.next++;
    return item;
  }

  private isNeedless(item: Item): boolean {
    return this.options.needless?.(item) === true;
  }

  private async attempt<Result>(
    host: LabHost,
    item: Item,
    work: Work<Item, Result>,
  ): Promise<End<Result>> {
    let lab: Lab | undefined;
    try {
      lab = await this.boot(host, item);
      this.options.signal.throwIfAborted();
      const following = this.isClosed ? undefined : this.items[this.next];
      if (following !== undefined && !this.isNeedless(following))
        void this.boot(host, following).catch(() => undefined);
      return { result: await untilAborted(work(item, lab), this.options.signal) };
    } catch (error) {
      if (this.options.signal.aborted) throw error;
      if (error instanceof RunAgain) return { again: error.message };
      return { failure: await failureOf(error, lab, lab && this.options.place?.(item)) };
    } finally {
      this.booting.delete(item);
      await lab?.close();
    }
  }

  private boot(host: LabHost, item: Item): Promise<Lab> {
    const booting = this.booting.get(item) ?? this.open(host, item);
    this.booting.set(item, booting);
    return booting;
  }

  private async open(host: LabHost, item: Item): Promise<Lab> {
    const isFirst = !this.asked.has(item);
    this.asked.add(item);
    const waiting = isFirst ? await this.options.waiting?.(item) : undefined;
    return waiting ?? host.openLab(item.spec);
  }

  /** Closes the lab that was booted for an item which is not run. */
  private async discardLab(item: Item): Promise<void> {
    const booting = this.booting.get(item);
    this.booting.delete(item);
    await booting?.then(
      (lab) => lab.close(),
      () => undefined,
    );
  }
}

/** Blames the lab if it does not work. @throws errors that neither lab nor lesson caused */
async function failureOf(error: unknown, lab: Lab | undefined, at?: Place): Promise<Failure> {
  const trouble = error instanceof LabError ? error : await lab?.trouble();
  if (trouble !== undefined) return labFailure(trouble, await lab?.engineLog(), at);
  if (!(error instanceof RunFailure)) throw error;
  const fault = engineFaultOn(error.screen);
  return fault === undefined
    ? withFullDisk(error)
    : { ...labFailure(engineFailure(fault), await lab?.engineLog(), at), isKnownFault: true };
}

function engineFailure({ what, source }: EngineFault): LabError {
  return new LabError(
    `${what}, a known fault: ${source}`,
    'run it again: the fault is intermittent',
  );
}

function labFailure({ message, hint, log: own }: LabError, log = '', at?: Place): LabFailure {
  return { status: 40, message, hint, log: own ?? log, ...(at && { at }) };
}

function whatFailed(failure: Failure): string {
  if (failure instanceof RunFailure) {
    const { file, line, title } = failure.problem;
    return `${file}:${line}: ${title}`;
  }
  const { message, at } = failure;
  return `the lab failed (${at === undefined ? message : `${message}, at ${at.file}:${at.line}`})`;
}
