import { asLabError } from './error.ts';
import { outerEngine } from './outer-engine/outer.ts';
import { ensureImage } from './lab-image/build.ts';
import { ensureEngine } from './lab-image/engine.ts';
import { readDefinition } from './lab-image/definition.ts';
import { publishImage } from './lab-image/published.ts';
import { pullIfAbsent } from './lab-image/pull.ts';
import { writeLock } from './lab-image/versions.ts';
import { removeOrphans } from './labels.ts';
import type { Lab, LabHost, LabSpec, OnProgress } from './model.ts';
import { withEngine } from './lab-image/with-engine.ts';
import { type BootImage, bootLab, processesIn, type Remove } from './open.ts';

/**
 * Finds or starts the outer Engine, and removes what killed processes have left in it. If
 * `LAB_IMAGE` is set, labs are booted from that image. It can be any image with dockerd, docker
 * with buildx and compose, bash and iptables. The images of the lessons and Debian's archive still
 * come from the lab image, in a second container.
 * @param signal aborts waiting, building and booting; call `close()` afterwards
 * @throws {LabError} if no Engine can be reached or started
 */
export async function openLabHost(report: OnProgress, signal?: AbortSignal): Promise<LabHost> {
  const engine = await outerEngine(report, signal);
  const { docker } = engine;
  try {
    const orphans = await removeOrphans(docker);
    if (orphans > 0) report(`removed containers of an interrupted run (${orphans})`);
  } catch (error) {
    await engine.release();
    throw error;
  }
  const closing = new AbortController();
  const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
  const images = new Map<string, Promise<BootImage>>();
  const opening = new Set<Promise<Lab>>();
  const remains = new Set<Remove>();

  const imageOf = async ({ lab: name, engine: otherEngine }: LabSpec): Promise<BootImage> => {
    const definition = await readDefinition(name);
    const base = await ensureImage(docker, definition, report, either);
    const facts: BootImage['facts'] = new Map();
    const own = `${name}@${definition.hash}`;
    if (otherEngine !== undefined) {
      const made = await withEngine(docker, definition, base, otherEngine, report, either);
      return { reference: made.reference, name: `${own} with ${made.engineImage}`, facts };
    }
    const { reference } = base;
    const other = process.env['LAB_IMAGE'];
    if (!other) return { reference, name: own, facts };
    await pullIfAbsent(docker, other);
    return { reference: other, services: reference, name: other, facts };
  };
  const open = async (spec: LabSpec): Promise<Lab> => {
    either.throwIfAborted();
    await engine.revive();
    const key = JSON.stringify([spec.lab, spec.engine]);
    const image = images.get(key) ?? imageOf(spec);
    images.set(key, image);
    image.catch(() => images.delete(key));
    try {
      return await bootLab(docker, await image, spec, remains, either);
    } catch (error) {
      either.throwIfAborted();
      throw asLabError(error, 'a lab could not be opened');
    }
  };
  /** @returns a message for each lab that could not be removed */
  const removeAll = async (): Promise<string[]> => {
    const removals = await Promise.allSettled([...remains].map((remove) => remove()));
    return removals.flatMap((removal) =>
      removal.status === 'rejected' ? asLabError(removal.reason, 'a lab is left').message : [],
    );
  };
  const close = async (): Promise<void> => {
    closing.abort(new Error('the lab host was closed'));
    await Promise.allSettled(opening);
    await removeAll();
    if (remains.size > 0) {
      await engine.revive().catch(() => undefined);
      for (const what of await removeAll())
        report(`${what}; the next run will try again to remove it`);
    }
    await engine.release();
  };
  const lock = async (lab: string): Promise<string> => {
    const definition = await readDefinition(lab);
    const { versions } = await ensureImage(docker, definition, report, either);
    return writeLock(definition, versions);
  };
  const publish: LabHost['publish'] = async (lab, repository, user) => {
    const definition = await readDefinition(lab);
    await ensureImage(docker, definition, report, either);
    return publishImage(docker, definition, repository, user);
  };
  let closed: Promise<void> | undefined;
  return {
    lock,
    publish,
    engine: (suite) => ensureEngine(docker, suite, report, either),
    joinLab: (id) => processesIn(docker.getContainer(id)),
    openLab: (spec) => {
      const lab = open(spec);
      opening.add(lab);
      lab.catch(() => opening.delete(lab));
      return lab;
    },
    close: () => (closed ??= close()),
  };
}
