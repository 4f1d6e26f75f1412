import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import { outerEngine } from '../../scripts/lab/outer-engine/outer.ts';
import { ensureImage } from '../../scripts/lab/lab-image/build.ts';
import { type Definition, readDefinition } from '../../scripts/lab/lab-image/definition.ts';
import { findImage, hasImage, marks, referenceOf } from '../../scripts/lab/lab-image/images.ts';
import { importImage } from '../../scripts/lab/lab-image/import.ts';
import { fetchPublished, publishImage } from '../../scripts/lab/lab-image/published.ts';
import { freePort } from '../../scripts/tools/fixtures/project.ts';

/* A registry that runs from the lab image, and a lab image of a few bytes that is pushed to it. */

const QUIET = (): void => undefined;
const VERSIONS = { engine: '1.2.3' };
let outer: OuterEngine;
let registry: Container;
let folder: string;
let repository: string;
let definition: Definition;

beforeAll(async () => {
  outer = await outerEngine(QUIET);
  const { docker } = outer;
  const { reference } = await ensureImage(docker, await readDefinition('default'), QUIET);
  const port = await freePort();
  registry = await docker.createContainer({
    Image: reference,
    Cmd: ['docker-registry', 'serve', '/usr/local/lib/lab/mirror.yml'],
    Env: [
      `REGISTRY_HTTP_ADDR=127.0.0.1:${port}`,
      'REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=/tmp/registry',
    ],
    HostConfig: { NetworkMode: 'host' },
  });
  await registry.start();
  repository = `127.0.0.1:${port}/somebody/lab`;
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined)) break;
    await sleep(100);
  }

  folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
  definition = { name: 'test-published', hash: `${process.pid}`, folder, files: [] };
  writeFileSync(join(folder, 'content'), 'A few bytes.\n');
  const archive = join(folder, 'root.tar');
  execFileSync('tar', ['-C', folder, '-cf', archive, 'content']);
  const [repo = '', tag = ''] = referenceOf(definition).split(':');
  await importImage(docker, archive, repo, tag, marks(definition, VERSIONS));
});
afterAll(async () => {
  await registry.remove({ force: true, v: true });
  await outer.docker.getImage(referenceOf(definition)).remove({ force: true });
  rmSync(folder, { recursive: true, force: true });
  await outer.release();
});

test('a published lab image is pulled by its digest, and only for its own definition', async () => {
  const { docker } = outer;
  const file = await publishImage(docker, definition, repository, undefined);
  const { hash, image } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  expect(hash).toBe(definition.hash);
  expect(image).toMatch(new RegExp(`^${repository}@sha256:[0-9a-f]{64}$`));

  await docker.getImage(referenceOf(definition)).remove({ force: true });
  await docker
    .getImage(image ?? '')
    .remove({ force: true })
    .catch(QUIET);
  expect(await findImage(docker, definition)).toBeUndefined();

  // It is not used for another definition.
  expect(await fetchPublished(docker, { ...definition, hash: 'other' }, QUIET)).toBeUndefined();
  expect(await hasImage(docker, image ?? '')).toBe(false);

  expect(await fetchPublished(docker, definition, QUIET)).toEqual({
    reference: referenceOf(definition),
    versions: VERSIONS,
  });
  expect(await findImage(docker, definition)).toBeDefined();

  // If it cannot be pulled, it is built instead, and a message says so.
  writeFileSync(file, JSON.stringify({ hash, image: `${repository}@sha256:${'0'.repeat(64)}` }));
  const messages: string[] = [];
  expect(await fetchPublished(docker, definition, (line) => messages.push(line))).toBeUndefined();
  expect(messages.at(-1)).toMatch(/cannot be pulled.*; the lab is built here instead$/);
});
