import type Docker from 'dockerode';
import { setTimeout as sleep } from 'node:timers/promises';
import { atHome, LAB_HOME, nestingContainer } from './container.ts';
import { asLabError, LabError } from './error.ts';
import { openPipe, openTerminal, runIn } from './exec.ts';
import { readFacts } from './facts.ts';
import { readBootFiles } from './lab-image/definition.ts';
import { removeContainer } from './labels.ts';
import type { Lab, LabFacts, LabProcesses, LabSpec } from './model.ts';
import { packTar } from './tar.ts';

/** The name by which a lab knows itself, in its prompt and in `docker info`. */
const HOST_NAME = 'lab';
const LOG_LINES = 30;
/** Two seconds on a machine that has nothing else to do. */
const BOOT_MS = 180_000;
/** For a lab to say how it is. */
const ANSWER_MS = 20_000;

/** Which image a lab is started from. */
export interface BootImage {
  readonly reference: string;
  /** A lab image that serves the lesson images and the archive, where `reference` is not one itself. */
  readonly services?: string;
  /** What its facts call it. */
  readonly name: string;
}

/** Removes a lab, if the outer Engine answers. */
export type Remove = () => Promise<void>;

/**
 * Boots a lab and waits until its Engine answers and holds the images asked for.
 * @param remains holds what removes the lab, as long as there is something of it.
 * @throws {LabError} if it does not come up; the error's log is the end of dockerd's.
 */
export async function bootLab(
  docker: Docker,
  image: BootImage,
  spec: LabSpec,
  remains: Set<Remove>,
  signal?: AbortSignal,
): Promise<Lab> {
  const container = await docker.createContainer({
    ...nestingContainer(
      image.reference,
      ['bash', `${LAB_HOME}/boot/boot.sh`, spec.store, image.services ? 'beside' : 'here'],
      ['/var/lib/docker', '/var/lib/containerd'],
    ),
    Hostname: HOST_NAME,
  });
  let removing: Promise<void> | undefined;
  const removeOnce = async (): Promise<void> => {
    if (await removeAll(docker, container, image)) remains.delete(remove);
  };
  const remove: Remove = () => (removing ??= removeOnce().finally(() => (removing = undefined)));
  remains.add(remove);
  // What is left of it is told by the host, when it has tried once more.
  const close = (): Promise<void> => remove().catch(() => undefined);
  const abort = (): void => void close();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    await container.putArchive(await packTar(atHome(await readBootFiles())), { path: '/' });
    await container.start();
    const services = image.services
      ? await startServices(docker, container, image.services)
      : container;
    const booting = waitUntilReady(container, services, image, spec);
    const facts = await within(BOOT_MS, booting, 'a lab did not come up', signal);
    return labIn(container, services, facts, close);
  } catch (error) {
    await close();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** @returns whether all of it is gone for certain. */
async function removeAll(
  docker: Docker,
  container: Docker.Container,
  { services }: BootImage,
): Promise<boolean> {
  const names = [...(services ? [servicesName(container)] : []), container.id];
  let gone = true;
  for (const name of names) gone = (await removeContainer(docker, name)) && gone;
  return gone;
}

/** Starts a container beside the lab's, in its network and among its processes, that does what the lab's image cannot. */
async function startServices(
  docker: Docker,
  container: Docker.Container,
  image: string,
): Promise<Docker.Container> {
  const script = `bash ${LAB_HOME}/boot/services.sh && exec sleep infinity`;
  const options = nestingContainer(image, ['bash', '-c', script], []);
  const services = await docker.createContainer({
    ...options,
    name: servicesName(container),
    HostConfig: {
      ...options.HostConfig,
      NetworkMode: `container:${container.id}`,
      PidMode: `container:${container.id}`,
      // The lab's first process reaps what this one leaves.
      Init: false,
    },
  });
  await services.putArchive(await packTar(atHome(await readBootFiles())), { path: '/' });
  await services.start();
  return services;
}

function servicesName({ id }: Docker.Container): string {
  return `you-like-docker-services-${id.slice(0, 12)}`;
}

async function waitUntilReady(
  container: Docker.Container,
  services: Docker.Container,
  image: BootImage,
  spec: LabSpec,
): Promise<LabFacts> {
  const [ready, listed] = await Promise.all([
    runIn(container, ['bash', `${LAB_HOME}/boot/ready.sh`, ...spec.images]),
    runIn(services, ['cat', `${LAB_HOME}/images`]),
  ]);
  if (ready.status === 0) return readFacts(image.name, ready.stdout, listed.stdout);
  throw new LabError(
    `a lab with the ${spec.store} store did not come up: ${ready.stderr.trim()}`,
    'the end of its Engine log says why; `npm run lab` opens the same lab by hand',
    { log: await engineLogOf(container) },
  );
}

/** What can be started in the lab that a container is. */
export function processesIn(container: Docker.Container): LabProcesses {
  return {
    terminal: (options) => openTerminal(container, options),
    pipe: (cmd) => openPipe(container, cmd),
    run: (cmd, input) => runIn(container, cmd, input),
  };
}

function labIn(
  container: Docker.Container,
  services: Docker.Container,
  facts: LabFacts,
  close: () => Promise<void>,
): Lab {
  return {
    ...processesIn(container),
    id: container.id,
    facts,
    tools: processesIn(services),
    hold: () => orLabError(container.pause(), 'a lab could not be held'),
    resume: () => orLabError(container.unpause(), 'a lab that was held does not go on'),
    trouble: () => troubleOf(container),
    engineLog: () => engineLogOf(container),
    close,
  };
}

async function orLabError(work: Promise<unknown>, what: string): Promise<void> {
  await work.catch((error: unknown) => {
    throw asLabError(error, what);
  });
}

async function troubleOf(container: Docker.Container): Promise<LabError | undefined> {
  const looking = runIn(container, ['bash', `${LAB_HOME}/boot/trouble.sh`]);
  try {
    const { status, stdout } = await within(ANSWER_MS, looking, 'the lab does not answer');
    const [what, hint] = stdout.trim().split('\n');
    if (status === 0 && !what) return undefined;
    return new LabError(
      what ?? 'the lab has ended',
      hint ?? 'the end of the log below, if there is one, says why',
    );
  } catch (error) {
    return asLabError(error, 'the lab is gone');
  }
}

function engineLogOf(container: Docker.Container): Promise<string> {
  const reading = runIn(container, ['tail', '-n', String(LOG_LINES), '/var/log/dockerd.log']);
  return within(ANSWER_MS, reading, 'no log').then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/**
 * Waits for what a lab may never answer: one that was removed can leave a connection open for ever.
 * @throws {LabError} if it takes longer
 */
async function within<T>(
  milliseconds: number,
  work: Promise<T>,
  what: string,
  signal?: AbortSignal,
): Promise<T> {
  const over = new AbortController();
  const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const late = sleep(milliseconds, undefined, { signal: either }).then(() => {
    throw new LabError(
      `${what} within ${milliseconds / 1000} s`,
      'the machine may be too busy: close other programs, or play fewer lessons at once (--jobs)',
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    work.catch(() => undefined);
    late.catch(() => undefined);
    over.abort();
  }
}
