import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { host } from '../../../src/process/owner.ts';

/** `sun_path` of unix(7) without its final zero byte. */
const LONGEST_SOCKET = 107;

export interface Places {
  readonly root: string;
  readonly lock: string;
  readonly holders: string;
  readonly data: string;
  readonly log: string;
  /** Control group of its containers, from the root of the hierarchies. */
  readonly cgroup: string;
  /** Folder for everything that exists only while dockerd runs. */
  readonly run: string;
  readonly socket: string;
  readonly pid: string;
}

/** The paths of the private Engine in a cache folder. */
export function placesIn(cache: string): Places {
  const root = join(cache, 'engine');
  // Include the host: in a container, the same path is a different folder, but its control groups
  // may be visible here.
  const whose = createHash('sha256').update(`${host()}\n${root}`).digest('hex');
  const name = `you-like-docker-${whose.slice(0, 8)}`;
  const fits = Buffer.byteLength(longestSocketIn(join(root, 'run'))) <= LONGEST_SOCKET;
  const run = fits ? join(root, 'run') : join('/run', name);
  return {
    root,
    lock: join(cache, 'engine.lock'),
    holders: join(root, 'holders'),
    data: join(root, 'data'),
    log: join(root, 'dockerd.log'),
    cgroup: `/${name}`,
    run,
    socket: join(run, 'docker.sock'),
    pid: join(run, 'docker.pid'),
  };
}

function longestSocketIn(run: string): string {
  return join(run, 'exec/containerd/containerd-debug.sock');
}
