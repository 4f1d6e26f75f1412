import {
  LabError,
  openLabHost,
  type Lab,
  type LabHost,
  type LabSpec,
  type Report,
} from '../lab/index.ts';
import { PlayFailure } from './failure.ts';

/** The lab failed, twice. */
export interface LabFailure {
  readonly status: 40;
  readonly message: string;
  readonly hint: string;
  /** The end of the Engine's log. */
  readonly log: string;
}

export interface LabQueueOptions {
  /** Labs in which something is played at once. */
  readonly jobs: number;
  readonly report: Report;
  readonly signal: AbortSignal;
}

type Work = (index: number, lab: Lab) => Promise<void>;

/** Gives each piece of work a fresh lab of its own; while one is used, the next one boots. */
export class LabQueue {
  private readonly specs: readonly LabSpec[];
  private readonly options: LabQueueOptions;
  private readonly booting = new Map<number, Promise<Lab>>();
  private next = 0;

  constructor(specs: readonly LabSpec[], options: LabQueueOptions) {
    this.specs = specs;
    this.options = options;
  }

  /** Runs the work for every spec. A lab that fails is replaced once; what fails is handed over, and the next goes on. */
  async run(
    work: Work,
    failed: (index: number, failure: PlayFailure | LabFailure) => void,
  ): Promise<void> {
    const { jobs, report, signal } = this.options;
    let host: LabHost | undefined;
    try {
      host = await openLabHost(report, signal);
      const opened = host;
      const workers = Array.from({ length: Math.min(jobs, this.specs.length) }, () =>
        this.worker(opened, work, failed),
      );
      await Promise.all(workers);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof LabError)) throw error;
      for (let index = this.next; index < this.specs.length; index++)
        failed(index, labFailure(error, ''));
    } finally {
      await Promise.allSettled(this.booting.values());
      await host?.close();
    }
  }

  private async worker(
    host: LabHost,
    work: Work,
    failed: (index: number, failure: PlayFailure | LabFailure) => void,
  ): Promise<void> {
    while (!this.options.signal.aborted && this.next < this.specs.length) {
      const index = this.next++;
      const failure = (await this.attempt(host, index, work)) ?? undefined;
      if (failure === undefined) continue;
      if (failure instanceof PlayFailure) {
        failed(index, failure);
        continue;
      }
      this.options.report(`the lab failed (${failure.message}); trying once more`);
      const again = await this.attempt(host, index, work);
      if (again !== undefined) failed(index, again);
    }
  }

  /** One try: undefined if it went well or the run is interrupted. */
  private async attempt(
    host: LabHost,
    index: number,
    work: Work,
  ): Promise<PlayFailure | LabFailure | undefined> {
    const { signal } = this.options;
    let lab: Lab | undefined;
    try {
      lab = await this.boot(host, index);
      this.booting.delete(index);
      if (this.next < this.specs.length) void this.boot(host, this.next).catch(() => undefined);
      await untilAborted(work(index, lab), signal);
      return undefined;
    } catch (error) {
      this.booting.delete(index);
      if (signal.aborted) return undefined;
      if (error instanceof LabError) return labFailure(error, (await lab?.engineLog()) ?? '');
      if (lab !== undefined && !(await lab.alive()))
        return {
          status: 40,
          message: "the lab's Engine stopped answering",
          hint: 'look at the end of its log below',
          log: await lab.engineLog(),
        };
      if (error instanceof PlayFailure) return error;
      throw error;
    } finally {
      await lab?.close();
    }
  }

  private boot(host: LabHost, index: number): Promise<Lab> {
    const spec = this.specs[index];
    if (spec === undefined) return Promise.reject(new RangeError(`no lab ${index}`));
    const booting = this.booting.get(index) ?? host.openLab(spec);
    this.booting.set(index, booting);
    return booting;
  }
}

function labFailure(error: LabError, log: string): LabFailure {
  return { status: 40, message: error.message, hint: error.hint, log: error.log ?? log };
}

async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new Error('interrupted'));
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    work.catch(() => undefined); // it ends with its lab
  }
}
