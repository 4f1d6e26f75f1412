import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab, LabHost, LabSpec } from '../../scripts/lab/index.ts';
import { labState } from '../../scripts/recorder/run/lab-state.ts';
import { SESSION_FOLDER } from '../../scripts/recorder/run/session.ts';

/** The largest number of labs of a host; a request for another one waits until one is free. */
const MOST = 2;

/**
 * Ends what is left of a lesson's session, as the removal of its lab would, and prints what else
 * has changed since the script ran first: mounts, and files of the lab outside of its Engine's
 * disk. The state of the lab covers the folders that are left out here.
 */
const CHANGES = `
  pkill -KILL -f '[b]ash --rcfile /run/recorder/session.bash'
  mark=/run/first-look
  [ -e $mark ] || { cat /proc/self/mounts > $mark.mounts; touch $mark; }
  cmp -s /proc/self/mounts $mark.mounts || echo mounts
  find / -xdev -cnewer $mark ! -path / ! -path /tmp ! -path /run ! -path /root \\
    ! -path ${SESSION_FOLDER} ! -path /var/lib/docker ! -path '/var/log/*'
`;

/**
 * Wraps a host so that its labs are used again, for tests whose subject is not the lab. Closing a
 * lab only removes it if its last user has left anything: in its Engine, among its processes or in
 * its files. Labs with the same Engine serve all specs; images are pulled when a spec asks for
 * them.
 */
export function reuseLabs(host: LabHost): LabHost {
  const free: Reused[] = [];
  const releases = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];
  let used = 0;

  const give = (): void => {
    used--;
    waiting.shift()?.();
  };
  const turn = async (): Promise<void> => {
    while (used >= MOST) await new Promise<void>((done) => waiting.push(done));
    used++;
  };
  const take = async (spec: LabSpec): Promise<Reused> => {
    // Looking at a lab that was just closed takes less time than a boot.
    await Promise.all(releases);
    const index = free.findIndex(({ kind }) => kind === kindOf(spec));
    const [found] = index < 0 ? [] : free.splice(index, 1);
    if (found !== undefined) return found;
    void free.shift()?.lab.close();
    return Reused.open(host, spec);
  };
  return {
    ...host,
    async openLab(spec) {
      await turn();
      try {
        const reused = await take(spec);
        await reused.pull(spec.images);
        const release = async (): Promise<void> => {
          if (await reused.isAsBefore()) free.push(reused);
          else await reused.lab.close();
          give();
        };
        let released: Promise<void> | undefined;
        return {
          ...reused.lab,
          close: () => {
            releases.add((released ??= release()));
            return Promise.resolve();
          },
        };
      } catch (error) {
        give();
        throw error;
      }
    },
  };
}

type State = Awaited<ReturnType<typeof look>>;

class Reused {
  readonly lab: Lab;
  readonly kind: string;
  private readonly before: State;

  private constructor(lab: Lab, kind: string, before: State) {
    this.lab = lab;
    this.kind = kind;
    this.before = before;
  }

  static async open(host: LabHost, spec: LabSpec): Promise<Reused> {
    const lab = await host.openLab({ ...spec, images: [] });
    return new Reused(lab, kindOf(spec), await look(lab));
  }

  async pull(images: readonly string[]): Promise<void> {
    for (const image of images) {
      const { status, stderr } = await this.lab.run(['docker', 'pull', '-q', image]);
      if (status !== 0) throw new Error(`${image} cannot be pulled: ${stderr}`);
    }
  }

  /** Whether the lab is as it was when it was opened. */
  async isAsBefore(): Promise<boolean> {
    try {
      for (let tries = 0; tries < 3; tries++) {
        const now = await look(this.lab);
        if (isDeepStrictEqual(now, this.before)) return true;
        const images = 'images' in now ? now.images.map(({ id }) => id) : [];
        if (images.length > 0) await this.lab.run(['docker', 'rmi', '-f', ...new Set(images)]);
        // Processes that were killed take a moment to end.
        else await sleep(100);
      }
    } catch {
      // It is gone, or does not answer.
    }
    return false;
  }
}

async function look(lab: Lab) {
  const { stdout: changes } = await lab.run(['bash', '-c', CHANGES]);
  const state = await labState(lab);
  if ('why' in state) return state;
  const [networks, programs] = [state.networks.toSorted(), state.programs.toSorted()];
  return { ...state, networks, programs, changes };
}

/** Labs of the same kind have the same Engine. */
function kindOf({ lab, store, engine }: LabSpec): string {
  return JSON.stringify([lab, store, engine]);
}
