import Docker from 'dockerode';
import { nestingContainer } from '../container.ts';
import { ownLabels } from '../labels.ts';
import { packTar } from '../tar.ts';
import type { OuterEngine } from './model.ts';

const ANSWER_MS = 5_000;

/**
 * The Engine that the environment names (`DOCKER_HOST`), or the one at the default socket, if it
 * answers and can host a privileged Linux container.
 * @returns the Engine, or one clause that says why there is none
 */
export async function reachableEngine(signal?: AbortSignal): Promise<OuterEngine | string> {
  const address = process.env['DOCKER_HOST'] ?? 'the default socket';
  try {
    const info = (await new Docker({ timeout: ANSWER_MS }).info()) as {
      OSType: string;
      ServerVersion: string;
    };
    const docker = new Docker();
    if (info.OSType !== 'linux')
      return `the Engine at ${address} runs ${info.OSType} containers, and a lab needs Linux ones`;
    const refusal = await tryPrivileged(docker);
    if (refusal) return `the Engine at ${address} cannot start a privileged container (${refusal})`;
    const name = `Docker Engine ${info.ServerVersion} at ${address}`;
    const nothing = (): Promise<void> => Promise.resolve();
    return { docker, name, isPrivate: false, revive: nothing, release: nothing };
  } catch (error) {
    signal?.throwIfAborted();
    return `no Engine answers at ${address} (${oneLine(error)})`;
  }
}

/**
 * Tries to start a container like a lab's from an image without any program. If the Engine can host
 * labs, its only complaint is the missing program.
 */
async function tryPrivileged(docker: Docker): Promise<string | undefined> {
  const image = `you-like-docker/probe:${process.pid}`;
  const archive = await packTar([{ path: 'empty', content: Buffer.alloc(0) }]);
  const progress = await docker.importImage(archive as unknown as NodeJS.ReadableStream, {
    repo: 'you-like-docker/probe',
    tag: String(process.pid),
    changes: Object.entries(ownLabels()).map(([name, value]) => `LABEL ${name}="${value}"`),
  });
  await new Promise((done) => docker.modem.followProgress(progress, done));
  const container = await docker.createContainer(nestingContainer(image, ['/probe'], []));
  try {
    await container.start();
    return undefined;
  } catch (error) {
    return /no such file or directory|not found/.test(oneLine(error)) ? undefined : oneLine(error);
  } finally {
    await container.remove({ force: true, v: true });
    await docker.getImage(image).remove();
  }
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replaceAll(/\s+/g, ' ');
}
