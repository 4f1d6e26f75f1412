import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseProof, type Proof } from '../../src/core/recording/proof.ts';
import { fence, Workshop } from '../support/recorder.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.remove());

const proofOf = (lesson: string): Proof =>
  parseProof(readFileSync(join(workshop.recordings, lesson, 'proof.json'), 'utf8'));

const MESSY = fence(
  'messy',
  '$ printf \'FROM busybox\\nCMD ["sleep", "600"]\\n\' > Dockerfile && mkdir ship && touch ship/log',
  '$ docker build -q -t bark .',
  '$ docker network create harbor && docker volume create hold',
  '$ docker run -d --name brig --network harbor -v hold:/hold -v /deck bark',
  '$ docker run busybox true',
  '$ docker context create port --docker host=unix:///run/docker.sock && docker context use port',
);

test('the commands that remove what a lesson leaves are found, run, and recorded', async () => {
  workshop.write('messy', MESSY, 'images: [busybox]');
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
  expect(proofOf('messy').leftovers).toEqual({
    names: {
      containers: ['brig'],
      contexts: ['port'],
      images: ['bark'],
      volumes: ['hold'],
      networks: ['harbor'],
      files: ['Dockerfile', 'ship'],
    },
    commands: [
      'docker context use default',
      'docker rm -fv brig',
      'docker context rm port',
      'docker rmi bark',
      'docker volume rm hold',
      'docker network rm harbor',
      'rm -r Dockerfile ship',
    ],
    kept: [
      {
        kind: 'containers',
        command: 'docker rm $(docker ps -aq --filter status=exited --filter ancestor=busybox)',
      },
      { kind: 'images', command: 'docker rmi busybox' },
      { kind: 'cache', command: 'docker builder prune -af' },
    ],
  });

  expect(proofOf('messy').states).toEqual({
    start: { images: ['busybox'] },
    after: {
      messy: {
        containers: { brig: 'running' },
        unnamed: [{ image: 'busybox', state: 'exited', count: 1 }],
        images: ['bark', 'busybox'],
        volumes: ['hold'],
        anonymous: 1,
        networks: ['harbor'],
      },
    },
  });

  // It is part of what is compared, and only the proof changes with it.
  const before = workshop.snapshot();
  workshop.edit('messy', 'ship/log', 'ship/log sextant');
  const edited = await workshop.recordHere({ once: true });
  expect(edited).toMatchObject({ status: 0 });
  expect(proofOf('messy').leftovers?.commands.at(-1)).toBe('rm -r Dockerfile sextant ship');
  expect(Object.keys(before)).toEqual(Object.keys(workshop.snapshot()));
});

test('a lesson that leaves something else than was recorded drifts', async () => {
  workshop.write('planks', fence('cut', '$ touch oak'));
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
  const before = workshop.snapshot();
  const proof = join(workshop.recordings, 'planks/proof.json');
  // As if it had left another file when it was recorded.
  const changed = readFileSync(proof, 'utf8')
    .replace('"rm oak"', '"rm ash"')
    .replace('"oak"', '"ash"')
    .replace('"after": {}', '"after": {"cut": {"volumes": ["chips"]}}');
  writeFileSync(proof, changed);
  const drift = await workshop.recordHere({ check: true, all: true });
  expect(drift).toMatchObject({ status: 10 });
  expect(drift.stderr).toContain('the lesson leaves something else than was recorded');
  expect(drift.stderr).toMatch(/recorded: rm ash\s+now: +rm oak/);
  expect(drift.stderr).toMatch(/after: +cut\s+recorded: volume chips\s+now: +as before/);
  expect(await workshop.recordHere({ all: true })).toMatchObject({ status: 0 });
  expect(workshop.snapshot()).toEqual(before);
});

test('a lesson that leaves something else in each run fails', async () => {
  workshop.write('chance', fence('throw', '$ touch dice-$RANDOM'));
  const failed = await workshop.recordHere();
  expect(failed).toMatchObject({ status: 20 });
  expect(failed.stderr).toMatch(/expected: +rm dice-\d+\s+found: +rm dice-\d+/);
  expect(workshop.snapshot()).toEqual({});

  // Also if nothing but that differs from what was recorded.
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
  const recorded = workshop.snapshot();
  expect(await workshop.recordHere({ all: true })).toMatchObject({ status: 20 });
  expect(workshop.snapshot()).toEqual(recorded);
});

test('the programs and health checks of a container are not left beside it', async () => {
  const watch = "sh -c 'touch oak && tail -f oak'";
  const check = '--health-cmd true --health-interval 1ms';
  workshop.write(
    'woods',
    fence(
      'plant',
      '$ touch oak',
      `$ for n in 1 2 3 4; do docker run -d --name tree$n ${check} busybox ${watch}; done`,
    ),
    'images: [busybox]',
  );
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
  expect(proofOf('woods').leftovers?.commands).toEqual([
    'docker rm -f tree1 tree2 tree3 tree4',
    'rm oak',
  ]);
});

test.each([
  [
    'a container that nobody can name',
    '$ command docker run -d busybox sleep 600',
    'a container of busybox without a name, running',
  ],
  [
    'a volume that a container without a name uses',
    '$ command docker run -v hold:/hold busybox true',
    '`docker volume rm hold` of the clean-up fails',
  ],
  [
    'what comes back when it is removed',
    '$ (while sleep 0.05; do date > tide; done) &',
    'found: the file tide',
  ],
  [
    'a configuration that cannot be read',
    '$ mkdir -p ~/.docker && echo "not JSON" > ~/.docker/config.json',
    'found: ~/.docker/config.json is not valid JSON',
  ],
])('a lesson that leaves %s fails', async (_what, command, found) => {
  workshop.write('wrong', fence('leave', command), 'images: [busybox]');
  const failed = await workshop.recordHere({ once: true });
  expect(failed).toMatchObject({ status: 20 });
  expect(failed.stderr.replace(/ +/g, ' ')).toContain(found);
  expect(workshop.snapshot()).toEqual({});
});
