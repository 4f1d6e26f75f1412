import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processesNaming } from '../../../scripts/lab/outer-engine/leftovers.ts';
import { presentManifest, VM_FOLDER } from '../../../scripts/browser-lab/folder.ts';
import { saveState } from '../../../scripts/browser-lab/saving.ts';
import type { MachineParts } from '../../../scripts/browser-lab/state.ts';
import { vmCache } from '../../../scripts/browser-lab/step.ts';
import { NpmScript } from '../../support/npm.ts';

/* ^C while the browser lab is built. */

/** Milliseconds in which an interrupt has an end. */
const PROMPT = 3000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file of the newest result of a step. */
function resultOf(step: string, file: string): string {
  const [newest = ''] = readdirSync(vmCache())
    .filter((name) => name.startsWith(`${step}-`))
    .map((name) => join(vmCache(), name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  return join(newest, file);
}

async function machineParts(): Promise<MachineParts> {
  const manifest = await presentManifest();
  if (manifest === undefined) throw new Error('there is no vm/: `npm run vm`');
  const { files, shell } = manifest;
  return {
    kernel: resultOf('kernel', 'bzImage'),
    disk: resultOf('disk', 'disk.img'),
    wasm: resultOf('wasm', 'v86.wasm'),
    bios: join(VM_FOLDER, files.bios.path),
    vgaBios: join(VM_FOLDER, files.vgaBios.path),
    nonce: shell.nonce,
  };
}

test('ends a machine that boots, with its process', async () => {
  const controller = new AbortController();
  const told: string[] = [];
  const parts = await machineParts();
  const target = join(folder, 'state');
  mkdirSync(target);
  const report = (line: string) => void told.push(line);
  const saving = saveState({ parts, folder: target }, report, controller.signal);
  saving.catch(() => undefined);
  await expect.poll(() => told, { timeout: 60_000 }).toEqual(['booting the machine']);
  await sleep(2000);
  expect(await processesNaming(folder)).toHaveLength(1);
  const start = performance.now();
  controller.abort(new Error('interrupted'));
  await expect(saving).rejects.toThrow('interrupted');
  expect(performance.now() - start).toBeLessThan(PROMPT);
  expect(await processesNaming(folder)).toEqual([]);
});

test('ends the command with 130, and leaves nothing half done', async () => {
  const script = new NpmScript(process.cwd(), ['npm', 'run', 'vm'], { XDG_CACHE_HOME: folder });
  try {
    await script.says('fetching linux-source', 60);
    const start = performance.now();
    await script.interrupt();
    await script.ended();
    expect(performance.now() - start).toBeLessThan(PROMPT);
    expect(script.status, script.output).toBe(130);
    expect(script.output).toContain('interrupted: cleaning up');
    expect(readdirSync(join(folder, 'you-like-docker/vm'))).toEqual(['packages']);
    expect(readdirSync(join(folder, 'you-like-docker/vm/packages'))).toEqual([]);
  } finally {
    script.kill();
  }
});
