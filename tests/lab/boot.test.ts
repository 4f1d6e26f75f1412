import { afterAll, beforeAll, expect, test } from 'vitest';
import { LAB_HOME } from '../../scripts/lab/container.ts';
import {
  type Lab,
  LabError,
  type LabHost,
  openLabHost,
  type Store,
} from '../../scripts/lab/index.ts';

/** Last line of `df --output=source,fstype`. */
const ON_LOOP = /\n\/dev\/loop\d+ +ext4$/;

let host: LabHost;
let lab: Lab;

beforeAll(async () => {
  host = await openLabHost(() => undefined);
  lab = await host.openLab({ lab: 'default', store: 'containerd', images: [] });
});
afterAll(() => host.close());

async function bash(script: string): Promise<string> {
  const { status, stdout, stderr } = await lab.run(['bash', '-euc', script]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.trim();
}

test('with cgroup v2, all processes of a group move out of the way of its limits', async () => {
  // With cgroup v1, a machine has the tree of v2 as well, but it may be without controllers.
  const left = await bash(`
    mkdir /tmp/v2 && mount -t cgroup2 none /tmp/v2 && mkdir /tmp/v2/group
    for i in 1 2 3 4 5 6 7 8; do
      sleep 600 > /dev/null & echo $! > /tmp/v2/group/cgroup.procs
    done
    bash ${LAB_HOME}/boot/limits.sh /tmp/v2/group
    wc -l < /tmp/v2/group/cgroup.procs
    wc -l < /tmp/v2/group/init/cgroup.procs
    diff <(tr ' ' '\\n' < /tmp/v2/group/cgroup.controllers | sort) \\
      <(tr ' ' '\\n' < /tmp/v2/group/cgroup.subtree_control | sort)`);
  expect(left).toBe('0\n8');
});

test('the Engine has a disk of its own, even on a loop device that the lab does not know yet', async () => {
  const source = 'df --output=source,fstype';
  expect(await bash(`${source} /var/lib/docker`)).toMatch(ON_LOOP);
  const disk = await bash(`
    rm -f /dev/loop[0-9]*
    bash ${LAB_HOME}/boot/disk.sh /var/lib/containerd/disk /mnt
    ${source} /mnt`);
  expect(disk).toMatch(ON_LOOP);
});

test('a lab whose program fails says what it printed', async () => {
  const opening = host.openLab({ lab: 'default', store: 'none' as Store, images: [] });
  const error = await opening.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(LabError);
  expect((error as LabError).message).toMatch(/ did not start: \S/);
  expect((error as LabError).log).toMatch(/^.*boot\.sh: line \d+: settings: unbound variable$/);
});
