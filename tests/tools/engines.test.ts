import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import { outerEngine } from '../../scripts/lab/outer-engine/outer.ts';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import { ensureImage } from '../../scripts/lab/lab-image/build.ts';
import { readDefinition } from '../../scripts/lab/lab-image/definition.ts';
import { type LabHost, openLabHost } from '../../scripts/lab/index.ts';
import { asJson } from '../../scripts/recorder/report/json.ts';
import { findMasked, masks, type MaskName } from '../../src/core/recording/masks.ts';
import { fence, Workshop } from '../support/recorder.ts';

const REPORT = (message: string): void => void process.stderr.write(`${message}\n`);

let outer: OuterEngine;
let host: LabHost;
let workshop: Workshop;
const made: string[] = [];

beforeAll(async () => {
  outer = await outerEngine(REPORT);
  host = await openLabHost(REPORT);
});
afterAll(async () => {
  for (const name of made) await outer.docker.getImage(name).remove({ force: true });
  await host.close();
  await outer.release();
});
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.remove());

/**
 * For each mask, a step that shows what it hides next to the number `$R`, which it must not hide.
 */
const STEPS: Readonly<Record<MaskName, readonly string[]>> = {
  date: [`$ docker inspect -f '{{.Created}} {{.Config.Labels.r}}' busy`],
  digest: [`$ docker images --digests --format '{{.Digest}} {{.Tag}}' mine`],
  id: [`$ docker ps -a --no-trunc --format '{{.ID}} {{.Image}}'`],
  age: [`$ docker ps -a --format '{{.Status}}' --filter name=run-over`],
  // The line of the number alone: BuildKit may say twice that a step is done.
  duration: [
    '$ docker build --progress=plain --build-arg WHICH=$R . 2>&1 | grep -E "^#[0-9]+ [0-9.]+ $R"',
  ],
  build: ['$ docker build --progress=plain --build-arg WHICH=$R -f Wrong . 2>&1 | grep ^ERROR'],
  mac: ['$ docker run --rm --network net busybox ip link show eth0'],
  interface: ['$ ip -brief link | sed -n "s/@.*//; /^veth/p" | head -n 1 | sed "s/$/ $R/"'],
  port: ['$ docker port busy'],
  size: [`$ docker images --format '{{.Size}} {{.Tag}}' mine`],
  percent: [`$ docker stats --no-stream --format '{{.CPUPerc}} {{.Name}}' stat-$R`],
  share: [
    '$ docker run --rm --shm-size 10m busybox sh -c "head -c 3145728 /dev/zero > /dev/shm/f; df /dev/shm" | sed -n "s,.* \\([0-9]*%\\) .*,\\1 $R,p"',
  ],
  pid: ['$ docker inspect run-over busy | grep -E \'"(Pid|ExitCode)"\''],
  name: [`$ docker ps -a --format '{{.Label "r"}} {{.Names}}' --filter label=unnamed`],
};

/** @param number how bash makes the number */
function lesson(number: string): string {
  return [
    '```dockerfile file="Dockerfile"\nFROM busybox\nARG WHICH\nRUN sleep 0.2; echo $WHICH\n```\n',
    '```dockerfile file="Wrong"\nFROM busybox\nARG WHICH\nCOPY nothing-$WHICH /\n```\n',
    fence(
      'made hide',
      `$ R=${number}`,
      '$ docker tag busybox mine:r$R',
      '$ docker run -d --name busy -l r=$R -p $R/udp busybox sleep 1000',
      '$ docker run -d --name stat-$R mine:r$R sleep 1000',
      '$ docker run -d -l r=$R -l unnamed mine:r$R true',
      '$ docker run --name run-over -l r=$R mine:r$R sh -c "exit $((R % 250 + 1))" || true',
      '$ docker network create -o com.docker.network.driver.mtu=$((R + 300)) net',
    ),
    ...Object.entries(STEPS).map(([mask, typed]) => fence(mask, ...typed)),
  ].join('\n');
}

test.each(['trixie', undefined])(
  'masks hide what they name, and nothing else: Engine of %s',
  { timeout: 400_000 },
  async (suite) => {
    if (suite !== undefined) vi.stubEnv('LAB_IMAGE', await host.engine(suite));
    const source = 'images: [busybox]';
    workshop.write('steady', lesson('707'), source);
    // The number changes every second, and repeats after a quarter of an hour.
    workshop.write('moving', lesson('$((100 + $(date +%s) % 900))'), source);
    const labs = await openLabHost(REPORT);
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await labs.close();
    });
    const recorded = await workshop.recordHere({ once: true, jobs: 2, host: labs });
    expect(recorded.status, recorded.stderr).toBe(0);

    const proof = readFileSync(join(workshop.recordings, 'steady/proof.json'), 'utf8');
    const { engine } = (JSON.parse(proof) as { lab: { engine: string } }).lab;
    expect(engine).toMatch(suite === 'trixie' ? /^26\.1\./ : /^28\.5\./);
    for (const name of Object.keys(masks))
      expect(
        workshop
          .screen('steady', name)
          .split('\n')
          .flatMap((line) => findMasked(line).map(({ mask }) => mask.name)),
        workshop.screen('steady', name),
      ).toContain(name);

    const { status, result, stderr } = await workshop.recordHere({
      check: true,
      all: true,
      jobs: 2,
      host: labs,
    });
    expect(status, stderr).toBe(10);
    const { steps } = JSON.parse(asJson(result)) as { steps: { lesson: string; step: string }[] };
    expect(steps.map(({ lesson, step }) => `${lesson}#${step}`).sort(), stderr).toEqual(
      Object.keys(masks)
        .map((name) => `moving#${name}`)
        .sort(),
    );
  },
);

test('an image for labs needs neither perl nor a registry', async () => {
  const container = await outer.docker.createContainer({
    Image: await host.engine('trixie'),
    Cmd: ['sh', '-c', 'rm -f /usr/bin/perl*; ! command -v perl docker-registry busybox'],
  });
  try {
    await container.start();
    expect(await container.wait()).toMatchObject({ StatusCode: 0 });
    await container.commit({ repo: 'you-like-docker/test', tag: 'bare' });
  } finally {
    await container.remove({ force: true });
  }
  made.push('you-like-docker/test:bare');
  workshop.write(
    'shell',
    [
      fence('inside expect="uid=0"', '$ docker run -it --rm busybox', '# id', '# exit'),
      fence(
        'asks until="Your name: " keys="Moby^M" expect="Hello Moby"',
        '$ read -p "Your name: " name; echo Hello $name',
      ),
    ].join('\n'),
    'images: [busybox]',
  );
  expect(await workshop.record([], { LAB_IMAGE: 'you-like-docker/test:bare' })).toMatchObject({
    status: 0,
    stdout: 'lessons: 0 as recorded, 1 changed, 0 failed\n',
  });
});

test("lessons run on the lab's own image as well, and its services start once", async () => {
  const { reference } = await ensureImage(outer.docker, await readDefinition('default'), REPORT);
  workshop.write(
    'own',
    fence(
      'run expect="moby"',
      '$ docker pull --quiet debian',
      '$ docker run --rm busybox echo moby',
    ),
    'images: [busybox]',
  );
  const ran = await workshop.record([], { LAB_IMAGE: reference });
  expect(ran.stderr).not.toContain('once more');
  expect(ran.status, ran.stderr).toBe(0);
  const proof = readFileSync(join(workshop.recordings, 'own/proof.json'), 'utf8');
  expect(JSON.parse(proof)).toMatchObject({ lab: { image: reference } });
});
