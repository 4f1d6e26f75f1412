import type { Lab, LabHost, LabSpec } from './model.ts';

/** A host that keeps a spare lab booted. */
export interface WarmHost extends LabHost {
  /** Boots a spare lab for this spec, unless there is one. */
  warm(spec: LabSpec): void;
}

/**
 * Wraps a host so that closing a lab boots a spare one for the same spec, which the next `openLab`
 * returns immediately. A spare lab is as fresh as any other, but already booted. `close` does not
 * wait until the lab is removed.
 */
export function keepWarm(host: LabHost): WarmHost {
  let spare: { readonly kind: string; readonly lab: Promise<Lab> } | undefined;

  const warm = (spec: LabSpec): void => {
    if (spare?.kind === kindOf(spec)) return;
    const lab = host.openLab(spec);
    // `take` handles a failure; without this, an unused spare lab would be an unhandled rejection.
    lab.catch(() => undefined);
    discard();
    spare = { kind: kindOf(spec), lab };
  };
  const discard = (): void => {
    void spare?.lab.then((lab) => lab.close()).catch(() => undefined);
    spare = undefined;
  };
  /** The spare lab, if it fits the spec and still works. */
  const take = async (spec: LabSpec): Promise<Lab | undefined> => {
    if (spare?.kind !== kindOf(spec)) {
      discard();
      return undefined;
    }
    const waiting = spare.lab;
    spare = undefined;
    const lab = await waiting.catch(() => undefined);
    if ((await lab?.trouble()) === undefined) return lab;
    await lab?.close();
    return undefined;
  };
  return {
    ...host,
    warm,
    async openLab(spec) {
      const lab = (await take(spec)) ?? (await host.openLab(spec));
      let closed = false;
      return {
        ...lab,
        close() {
          void lab.close();
          if (!closed) warm(spec);
          closed = true;
          return Promise.resolve();
        },
      };
    },
  };
}

/** Labs of the same kind are interchangeable. */
function kindOf({ lab, store, images, engine }: LabSpec): string {
  return JSON.stringify([lab, store, images, engine]);
}
