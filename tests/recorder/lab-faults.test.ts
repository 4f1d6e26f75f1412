import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pidOf } from '../../src/process/owner.ts';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import { details } from '../../scripts/recorder/report/text.ts';
import { IS_ROOT_ON_LINUX, requireNothingLeft, Run } from '../support/faults.ts';
import { fence, type RanHere, Workshop } from '../support/recorder.ts';

let engine: OuterEngine;
let workshop: Workshop;
requireNothingLeft((setUp) => ({ engine, workshop } = setUp));

/** Containers of the labs that a run has opened; other runs may also have labs. */
async function labsOf(run: Run): Promise<string[]> {
  const label = 'you-like-docker.owner';
  const found = await engine.docker.listContainers({ filters: { label: [label] } });
  return found.filter(({ Labels }) => run.includes(pidOf(Labels[label] ?? ''))).map(({ Id }) => Id);
}

/**
 * A command prefix that runs the rest as a user who cannot start an Engine: root becomes another
 * user, who can read what only root can (the project may be in root's home) and owns the workshop.
 */
function asNobody({ folder, content }: Workshop): string[] {
  if (!IS_ROOT_ON_LINUX) return [];
  const nobody = 65_534;
  const [temporary, home] = [join(folder, 'tmp'), join(folder, 'filler')];
  for (const one of [temporary, home]) mkdirSync(one);
  for (const one of [folder, content, temporary, home]) chownSync(one, nobody, nobody);
  const user = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  const mayRead = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  // Otherwise access(2) ignores that capability, and Node does not find the files of the project.
  const keepsIt = '--securebits=+no_setuid_fixup';
  return ['env', `HOME=${home}`, 'setpriv', keepsIt, ...user, ...mayRead];
}

async function inLab(id: string, command: string): Promise<void> {
  const exec = await engine.docker.getContainer(id).exec({ Cmd: ['sh', '-c', command] });
  await exec.start({});
}

describe('a lab that fails', () => {
  test('if its Engine is killed during a lesson, the lesson is run once more in another lab', async () => {
    workshop.write('killed', fence('wait', '$ sleep 2', '$ command docker version --format ok'));
    const run = new Run(workshop, ['--json']);
    await run.says('killed: wait');
    const mine = await labsOf(run);
    expect(mine.length).toBeGreaterThan(0);
    for (const id of mine) await inLab(id, 'pkill -9 dockerd');
    expect(await run.ended(), run.output).toBe(0);
    expect(run.output).toMatch(
      /the lab failed \(the lab's Engine stopped answering, at .*killed\.mdx:9\); trying once more/,
    );
    expect(run.output).toContain('"triedAgain":["killed"]');
    expect(workshop.screen('killed', 'wait')).toContain('\nok\n');
  });

  test('if no Engine can be reached: one message that says what to do, 40, no second attempt', async () => {
    workshop.write('one', fence('one', '$ true'));
    workshop.write('two', fence('two', '$ true'));
    const run = new Run(workshop, [], { DOCKER_HOST: 'unix:///nowhere.sock' }, asNobody(workshop));
    expect(await run.ended(), run.output).toBe(40);
    expect(run.output.match(/no Docker Engine can host a lab/g)).toHaveLength(1);
    expect(run.output).toMatch(/not run: +one, two/);
    expect(run.output).toMatch(/to fix: +start Docker .*DOCKER_HOST.* root/);
    expect(run.output).not.toContain('once more');
    expect(workshop.snapshot()).toEqual({});
  });
});

describe('lessons that break their lab', () => {
  /**
   * Moves the lab to a full disk: a small one, on which its folders are mounted, becomes the root.
   * The number of pivot_root(2) is from syscall.tbl in
   * https://github.com/torvalds/linux/tree/master/scripts.
   */
  const TO_FULL_DISK = [
    '$ mount --make-rprivate / && mkdir /small && mount -t tmpfs -o size=64k tmpfs /small',
    '$ over() { mkdir "/small$1" && { [ "$1" = /small ] || mount --rbind "$1" "/small$1"; }; }',
    '$ for name in /*; do if [ -L $name ]; then cp -a $name /small; elif [ -d $name ]; then over $name; fi; done',
    `$ perl -e 'my @at = qw(/small /small/small); exit 1 if syscall ${process.arch === 'arm64' ? 41 : 155}, @at' && cd /`,
    '$ head -c 64K /dev/zero > /full; false',
  ];

  const LOST =
    'failed to prepare extraction snapshot "extract-1 sha256:1": parent snapshot sha256:2';
  const LESSONS: Readonly<Record<string, string>> = {
    engine: fence('kill', '$ pkill -9 dockerd', '$ command docker ps'),
    mirror: fence('kill', '$ pkill -9 docker-registry', '$ command docker pull debian'),
    disk: fence('fill', ...TO_FULL_DISK),
    hangs: fence('stop timeout=2s', '$ pkill -STOP dockerd', '$ command docker ps'),
    lost: fence('build', `$ echo '${LOST} does not exist: not found' && false`),
    full:
      fence(
        'fill',
        '$ fill() { while fallocate -l $1 "/var/lib/docker/$1-$RANDOM"; do :; done 2> /dev/null; }',
        '$ fill 5G; fill 500M; fill 10M; fill 100K; true',
      ) + fence('pull', '$ command docker pull -q debian'),
    deaf: fence(
      'deaf timeout=2s until="deaf" keys="^C"',
      `$ bash -c 'trap "" INT TERM HUP QUIT TSTP; echo deaf; while :; do sleep 1; done'`,
    ),
    wrong: fence('wrong', '$ false'),
  };

  let broken: Workshop;
  let ran: RanHere;
  let before: Record<string, string>;
  beforeAll(async () => {
    broken = new Workshop();
    const original = new Workshop();
    original.write('original', fence('before', '$ echo before'));
    expect(await original.recordAlone({ once: true })).toMatchObject({ status: 0 });
    for (const [id, body] of Object.entries(LESSONS)) {
      broken.write(id, body);
      broken.copyRecordings(original, 'original', id);
    }
    original.remove();
    before = broken.snapshot();
    broken.write('fine', fence('fine', '$ true'));
    // Many of them wait for a time limit.
    ran = await broken.recordAlone({ once: true, jobs: 4 });
  });
  afterAll(() => broken.remove());

  /** What is reported about one lesson. */
  const reported = (id: string): { status: number | undefined; text: string } => {
    const lessons = ran.result.lessons.filter(({ lesson }) => lesson === id);
    const text = details({ ...ran.result, lessons }).join('\n');
    return { status: lessons[0]?.failure?.status, text };
  };

  test('only the lesson that passes is recorded, and the recordings of the others stay', () => {
    expect(ran.status, ran.stderr).toBe(40);
    expect(ran.stdout).toBe('lessons: 0 as recorded, 1 changed, 8 failed\n');
    const after = broken.snapshot();
    expect(after).toMatchObject(before);
    const added = Object.keys(after).filter((name) => !(name in before));
    expect(added.sort()).toEqual(['fine/fine.cast', 'fine/fine.txt', 'fine/proof.json']);
  });

  test('a check runs a lesson that fails once more, since an Engine may lose output', async () => {
    const wrong = { check: true, all: true, names: ['wrong'] };
    const { result, stderr } = await broken.recordAlone(wrong);
    expect(result).toMatchObject({ status: 20, triedAgain: ['wrong'] });
    expect(stderr).toMatch(/wrong\.mdx:8: .* ended with another status; trying once more/);
  });

  test('a recording runs a lesson again only if its lab failed', () => {
    const again = [...ran.result.triedAgain];
    expect(again.sort()).toEqual(['disk', 'engine', 'hangs', 'lost', 'mirror']);
    const onceMore = ran.stderr.match(/^.*trying once more$/gm) ?? [];
    const atKnownFault = onceMore.filter((line) => line.includes('a known fault'));
    expect([onceMore.length, atKnownFault.length]).toEqual([again.length + 1, 2]);
    expect(reported('wrong')).toMatchObject({
      status: 20,
      text: expect.stringContaining('wrong.mdx:8: `false` ended with another status') as string,
    });
  });

  test('a lesson that kills the Engine or the registry, or runs on a full disk, fails with 40', () => {
    const [engine, mirror, disk] = ['engine', 'mirror', 'disk'].map(reported);
    expect([engine?.status, mirror?.status, disk?.status]).toEqual([40, 40, 40]);
    expect(disk?.text).toMatch(
      /the disk on which labs run is full\n +not run: +disk\n +found at: .*\n +to fix: +free some space/,
    );
    expect(engine?.text).toMatch(
      /the lab's Engine stopped answering\n +not run: +engine\n +found at: .*engine\.mdx:9: `command docker ps`\n/,
    );
    expect(mirror?.text).toMatch(/the lab's registry.* stopped answering\n +not run: +mirror\n/);
    expect(engine?.text).toMatch(/end of the Engine's log:\n.*level=/);
  });

  test('a known fault of the Engine is not the fault of the lesson: 40', () => {
    const { status, text } = reported('lost');
    expect(status).toBe(40);
    expect(text).toContain('https://github.com/moby/buildkit/issues/6521');
  });

  test('an Engine that hangs is a lab that failed, and nothing waits for it', () => {
    const { status, text } = reported('hangs');
    expect(status).toBe(40);
    expect(text).toContain("the lab's Engine stopped answering");
  });

  test('a lesson that fills the disk of its lab is reported with the output of its command', () => {
    const { status, text } = reported('full');
    expect(status).toBe(20);
    expect(text).toMatch(/full\.mdx:12: `command docker pull -q debian` ended with another status/);
    expect(text).toContain('no space left on device');
    expect(text).toMatch(/to fix: .*the screen says that a disk is full/);
  });

  test('a command that does not end and ignores ^C is a time-out', () => {
    const { status, text } = reported('deaf');
    expect(status).toBe(30);
    expect(text).toMatch(/deaf\.mdx:8: .* did not end within 2 s/);
  });
});
