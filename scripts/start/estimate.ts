/** A step of a longer work. */
export interface PlannedStep {
  readonly name: string;
  /** How long it usually takes, in seconds. */
  readonly seconds: number;
  /** Names of the steps that have to end before it begins. */
  readonly after: readonly string[];
}

type Progress =
  | { readonly state: 'begun'; readonly since: number; readonly share?: number }
  | { readonly state: 'ended'; readonly seconds?: number };

/** A share below which a step is too young to extrapolate from. */
const YOUNG = 0.05;

/** Seconds at the usual speed that are assumed to be seen already: short steps say little. */
const ASSUMED = 60;

/**
 * Estimates how long the rest of a work takes, from how long its steps usually take and how fast
 * this machine has been so far. Times are in seconds, from any clock.
 */
export class Estimate {
  private readonly plan: readonly PlannedStep[];
  private readonly progress = new Map<string, Progress>();

  constructor(plan: readonly PlannedStep[]) {
    this.plan = plan;
  }

  begin(name: string, now: number): void {
    this.progress.set(name, { state: 'begun', since: now });
  }

  /** @param share how far the step is, between 0 and 1 */
  share(name: string, share: number): void {
    const of = this.progress.get(name);
    if (of?.state === 'begun') this.progress.set(name, { ...of, share });
  }

  /** A step that has not begun was not necessary. */
  end(name: string, now: number): void {
    const of = this.progress.get(name);
    if (of?.state === 'ended') return;
    this.progress.set(name, {
      state: 'ended',
      ...(of !== undefined && { seconds: now - of.since }),
    });
  }

  /** How long the steps took that have ended, by their names, without those not necessary. */
  taken(): Record<string, number> {
    return Object.fromEntries(
      [...this.progress].flatMap(([name, of]) =>
        of.state === 'ended' && of.seconds !== undefined ? [[name, of.seconds]] : [],
      ),
    );
  }

  /** Seconds until the last step ends. */
  remaining(now: number): number {
    const factor = this.slowness(now);
    const left = new Map<string, number>();
    // A step stands after those that it waits for.
    for (const step of this.plan) {
      const before = step.after.map((name) => left.get(name) ?? 0);
      left.set(step.name, Math.max(0, ...before) + this.own(step, factor, now));
    }
    return Math.max(0, ...left.values());
  }

  /** How many times as long as usual the steps take here. */
  private slowness(now: number): number {
    let [usual, here] = [ASSUMED, ASSUMED];
    for (const { name, seconds } of this.plan) {
      const of = this.progress.get(name);
      if (of?.state === 'ended' && of.seconds !== undefined) {
        usual += seconds;
        here += of.seconds;
      } else if (of?.state === 'begun' && of.share !== undefined && of.share >= YOUNG) {
        usual += seconds * of.share;
        here += now - of.since;
      }
    }
    return here / usual;
  }

  private own({ name, seconds }: PlannedStep, factor: number, now: number): number {
    const of = this.progress.get(name);
    if (of === undefined) return seconds * factor;
    if (of.state === 'ended') return 0;
    const gone = now - of.since;
    if (of.share !== undefined && of.share >= YOUNG) return (gone / of.share) * (1 - of.share);
    // It may take longer than usual, but is not over yet.
    return Math.max(seconds * factor - gone, (seconds * factor) / 10);
  }
}

/** A duration as readers estimate it. */
export function roughly(seconds: number): string {
  if (seconds < 50) return 'less than a minute';
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`;
}
