import type Docker from 'dockerode';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { atHome, LAB_HOME, nestingContainer } from './container.ts';
import { Demux } from './demux.ts';
import { asLabError, LabError } from './error.ts';
import { openPipe, openTerminal, runIn } from './exec.ts';
import { readFacts } from './facts.ts';
import { readBootFiles } from './lab-image/definition.ts';
import { removeContainer } from './labels.ts';
import type { Lab, LabFacts, LabProcesses, LabSpec, Store } from './model.ts';
import { packTar } from './tar.ts';

/** Host name of a lab, as in its prompt and in `docker info`. */
const HOST_NAME = 'lab';
const LOG_LINES = 30;
/** Time limit for a boot, which takes two seconds on an idle machine. */
const BOOT_MS = 180_000;
/** Time limit for a lab to report its state. */
const ANSWER_MS = 20_000;

export interface BootImage {
  readonly reference: string;
  /**
   * A lab image that serves the lesson images and the archive, if `reference` is not a lab image.
   */
  readonly services?: string;
  /** Its name in the facts of the lab. */
  readonly name: string;
  /** Facts of the labs that are booted from it: to ask one takes half of its boot. */
  readonly facts: Map<Store, Promise<LabFacts>>;
}

/** Removes a lab, if the outer Engine answers. */
export type Remove = () => Promise<void>;

/**
 * Boots a lab and waits until its Engine answers and has the requested images.
 * @param remains contains a function that removes the lab, as long as any part of the lab exists
 * @throws {LabError} if it does not start; its log is the end of dockerd's log
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
  // The host tries again, and reports what it cannot remove.
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
    const facts = await within(BOOT_MS, booting, 'a lab did not start', signal);
    return labIn(container, services, facts, close);
  } catch (error) {
    await close();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** @returns whether all containers are certainly gone */
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

/**
 * Starts a second container in the network and process namespaces of the lab, with the services.
 */
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
      // The lab's first process reaps orphans.
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

/** The first part of ready.sh: it waits and pulls, but reports no facts. */
const ONLY_WAIT = `eval "$(sed '/^docker version --format/,$d' ${LAB_HOME}/boot/ready.sh)"`;

async function waitUntilReady(
  container: Docker.Container,
  services: Docker.Container,
  image: BootImage,
  spec: LabSpec,
): Promise<LabFacts> {
  const ready = async (...script: readonly string[]): Promise<string> => {
    const running = runIn(container, [...script, ...spec.images]);
    const ran = await running.catch(async (error: unknown) => {
      if (await hasEnded(container)) return undefined;
      throw error;
    });
    if (ran?.status === 0) return ran.stdout;
    const why = ran?.stderr.trim() || 'its program has ended';
    throw new LabError(
      `a lab with the ${spec.store} store did not start: ${why}`,
      'see the end of its log; `npm run lab` opens the same lab by hand',
      { log: (await engineLogOf(container)) || (await outputOf(container)) },
    );
  };
  const ask = async (): Promise<LabFacts> => {
    const [printed, listed] = await Promise.all([
      ready('bash', `${LAB_HOME}/boot/ready.sh`),
      runIn(services, ['cat', `${LAB_HOME}/images`]),
    ]);
    return readFacts(image.name, printed, listed.stdout);
  };
  const known = image.facts.get(spec.store);
  if (known !== undefined) {
    await ready('bash', '-c', ONLY_WAIT, 'ready.sh');
    // The lab that was asked may have failed.
    return known.catch(ask);
  }
  const facts = ask();
  image.facts.set(spec.store, facts);
  facts.catch(() => image.facts.delete(spec.store));
  return facts;
}

/** Starts processes in the lab in a container. */
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
    hold: () => orLabError(container.pause(), 'a lab could not be paused'),
    resume: () => orLabError(container.unpause(), 'a paused lab could not be resumed'),
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
      hint ?? 'see the end of the log below, if there is one',
    );
  } catch (error) {
    return asLabError(error, 'the lab is gone');
  }
}

function engineLogOf(container: Docker.Container): Promise<string> {
  const reading = runIn(container, ['tail', '-n', String(LOG_LINES), '/var/log/dockerd.log']);
  return within(ANSWER_MS, reading, 'no log').then(
    ({ status, stdout }) => (status === 0 ? stdout : ''),
    () => '',
  );
}

function hasEnded(container: Docker.Container): Promise<boolean> {
  return container.inspect().then(
    ({ State }) => !State.Running,
    () => false,
  );
}

/** What the program of a lab has printed: boot.sh, which is silent unless it fails. */
async function outputOf(container: Docker.Container): Promise<string> {
  const demux = new Demux();
  demux.end(await container.logs({ stderr: true, tail: LOG_LINES }));
  return (await text(demux.stderr)).trim();
}

/**
 * Waits for an answer of a lab with a time limit: a removed lab can leave a connection open
 * forever.
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
      'the machine may be too busy: close other programs, or run fewer lessons at once (--jobs)',
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
