import type Docker from 'dockerode';
import { ownLabels } from './labels.ts';
import type { TarEntry } from './tar.ts';

/** Folder of everything in a lab that is not in its Debian packages. */
export const LAB_HOME = '/usr/local/lib/lab';

/** A container that can run an Engine: privileged, without access to an outside network. */
export function nestingContainer(
  image: string,
  cmd: readonly string[],
  volumes: readonly string[],
): Docker.ContainerCreateOptions {
  const labels = ownLabels();
  const HostConfig: Docker.HostConfig & { CgroupnsMode: 'private' } = {
    Privileged: true,
    CgroupnsMode: 'private',
    NetworkMode: 'none',
    // Needed if the outer Engine remaps the users of its containers.
    UsernsMode: 'host',
    // The first process has to reap the shims of the nested containers.
    Init: true,
    Tmpfs: { '/run': 'exec', '/tmp': 'exec' },
    // Volumes without a name are removed with the container.
    Mounts: volumes.map((Target) => ({
      Type: 'volume',
      Source: '',
      Target,
      VolumeOptions: { NoCopy: true, Labels: labels, DriverConfig: { Name: '', Options: {} } },
    })),
  };
  return { Image: image, Cmd: [...cmd], Entrypoint: [], Labels: labels, HostConfig };
}

/** A container that can run an Engine, and that downloads what it needs. */
export function networkedContainer(
  ...container: Parameters<typeof nestingContainer>
): Docker.ContainerCreateOptions {
  const options = nestingContainer(...container);
  // Every Engine has the host's network, even one without a bridge.
  return { ...options, HostConfig: { ...options.HostConfig, NetworkMode: 'host' } };
}

/** The same files below `LAB_HOME`, with paths relative to the root folder. */
export function atHome(files: readonly TarEntry[]): TarEntry[] {
  return files.map(({ path, content }) => ({ path: `${LAB_HOME.slice(1)}/${path}`, content }));
}
