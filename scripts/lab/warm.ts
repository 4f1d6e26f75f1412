import type { Lab, LabHost, LabSpec } from './model.ts';

/** A host of which a lab waits. */
export interface WarmHost extends LabHost {
  /** Boots a lab that waits for whoever asks for its kind, unless one does. */
  warm(spec: LabSpec): void;
}

/**
 * A host that boots the next lab as soon as one is closed, of the same kind: whoever asks for the same again
 * gets it at once. It is as fresh as any; only its boot lies behind it. Who closes a lab does not wait for its end.
 */
export function keepWarm(host: LabHost): WarmHost {
  let spare: { readonly kind: string; readonly lab: Promise<Lab> } | undefined;

  const warm = (spec: LabSpec): void => {
    if (spare?.kind === kindOf(spec)) return;
    const lab = host.openLab(spec);
    // Whoever takes it finds out; nobody may.
    lab.catch(() => undefined);
    discard();
    spare = { kind: kindOf(spec), lab };
  };
  const discard = (): void => {
    void spare?.lab.then((lab) => lab.close()).catch(() => undefined);
    spare = undefined;
  };
  /** The spare lab, if it is of that kind and has come to no harm while it waited. */
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

/** Labs of one kind can stand for each other. */
function kindOf({ lab, store, images }: LabSpec): string {
  return JSON.stringify([lab, store, images]);
}
