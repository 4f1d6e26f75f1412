import type { Lab, LabHost, LabSpec } from './model.ts';

/**
 * A host that boots the next lab as soon as one is closed, of the same kind: whoever asks for the same again
 * gets it at once. It is as fresh as any; only its boot lies behind it.
 */
export function keepWarm(host: LabHost): LabHost {
  let spare: { readonly kind: string; readonly lab: Promise<Lab> } | undefined;

  const boot = (spec: LabSpec): void => {
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
    async openLab(spec) {
      const lab = (await take(spec)) ?? (await host.openLab(spec));
      let closed = false;
      return {
        ...lab,
        async close() {
          await lab.close();
          if (!closed) boot(spec);
          closed = true;
        },
      };
    },
  };
}

/** Labs of one kind can stand for each other. */
function kindOf({ lab, store, images }: LabSpec): string {
  return JSON.stringify([lab, store, images]);
}
