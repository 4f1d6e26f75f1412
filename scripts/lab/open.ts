import type Docker from 'dockerode';
import { atHome, LAB_HOME, nestingContainer } from './container.ts';
import { LabError } from './error.ts';
import { openPipe, openTerminal, runIn } from './exec.ts';
import { readFacts } from './facts.ts';
import { readBootFiles } from './image/definition.ts';
import { removeContainer } from './labels.ts';
import type { Lab, LabFacts, LabSpec } from './model.ts';
import { packTar } from './tar.ts';

/** The name by which a lab knows itself, in its prompt and in `docker info`. */
const HOST_NAME = 'lab';
const LOG_LINES = 30;

/** Which image a lab is started from. */
export interface BootImage {
  readonly reference: string;
  /** A lab image that serves the lesson images and the archive, where `reference` is not one itself. */
  readonly services?: string;
  /** What its facts call it. */
  readonly name: string;
}

/**
 * Boots a lab and waits until its Engine answers and holds the images asked for.
 * @throws {LabError} if it does not come up; the error's log is the end of dockerd's.
 */
export async function bootLab(
  docker: Docker,
  image: BootImage,
  spec: LabSpec,
  signal?: AbortSignal,
): Promise<Lab> {
  const container = await docker.createContainer({
    ...nestingContainer(
      image.reference,
      ['bash', `${LAB_HOME}/boot/boot.sh`, spec.store],
      ['/var/lib/docker', '/var/lib/containerd'],
    ),
    Hostname: HOST_NAME,
  });
  const removeAll = async (): Promise<void> => {
    if (image.services) await removeContainer(docker, servicesName(container));
    await removeContainer(docker, container.id);
  };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= removeAll());
  const abort = (): void => void close();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    await container.putArchive(packTar(atHome(await readBootFiles())), { path: '/' });
    await container.start();
    const services = image.services
      ? await startServices(docker, container, image.services)
      : container;
    const facts = await waitUntilReady(container, services, image, spec);
    return labIn(container, facts, close);
  } catch (error) {
    await close();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Starts a container beside the lab's, in its network, that does what the lab's image cannot. */
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
    HostConfig: { ...options.HostConfig, NetworkMode: `container:${container.id}` },
  });
  await services.putArchive(packTar(atHome(await readBootFiles())), { path: '/' });
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

function labIn(container: Docker.Container, facts: LabFacts, close: () => Promise<void>): Lab {
  return {
    facts,
    terminal: (options) => openTerminal(container, options),
    pipe: (cmd) => openPipe(container, cmd),
    run: (cmd, input) => runIn(container, cmd, input),
    alive: () =>
      runIn(container, ['docker', 'version']).then(
        ({ status }) => status === 0,
        () => false,
      ),
    engineLog: () => engineLogOf(container),
    close,
  };
}

function engineLogOf(container: Docker.Container): Promise<string> {
  return runIn(container, ['tail', '-n', String(LOG_LINES), '/var/log/dockerd.log']).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
