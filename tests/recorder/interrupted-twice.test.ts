import { mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import { outerEngine } from '../../scripts/lab/outer-engine/outer.ts';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';
import { EngineProxy } from '../support/engine-proxy.ts';
import { LATER, leftBehind, Run, socketOf, until } from '../support/faults.ts';
import { NpmScript } from '../support/npm.ts';
import { fence, Workshop } from '../support/recorder.ts';

let engine: OuterEngine;
beforeAll(async () => {
  engine = await outerEngine(() => undefined);
});
afterAll(() => engine.release());

let workshop: Workshop;
let folder: string;
let proxy: EngineProxy;
beforeEach(async () => {
  workshop = new Workshop();
  folder = mkdtempSync(join(tmpdir(), 'you-like-docker-proxy-'));
  proxy = await EngineProxy.open(socketOf(engine), folder);
});
afterEach(async () => {
  await proxy.close();
  workshop.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A recorder that was interrupted while its Engine does not answer. */
async function interrupted(): Promise<Run> {
  workshop.write('long', fence('wait', '$ sleep 100'));
  const run = new Run(workshop, [], { DOCKER_HOST: proxy.address });
  await run.says('long: wait', 120);
  proxy.hold();
  run.signalAll('SIGINT');
  await run.says('interrupt again to end immediately');
  await sleep(LATER);
  expect(run.isAlive, run.output).toBe(true);
  return run;
}

test.each([
  [
    'answers again',
    () => {
      proxy.letGo();
      return Promise.resolve();
    },
  ],
  ['can no longer be reached on that address', () => proxy.close()],
])(
  'a second ^C immediately ends a recorder that waits for its Engine; if the Engine %s, everything is cleaned up afterwards',
  async (_, then) => {
    const run = await interrupted();
    run.signalAll('SIGINT');
    expect(await run.ended(3), run.output).toBe(130);
    expect(run.isAlive).toBe(false);
    await then();
    // A background process removes the lab; otherwise, the next process that opens one does.
    const labs = async () =>
      (await leftBehind(workshop, engine)).filter((what) => /^(?:lab|volume) /.test(what));
    if (engine.isPrivate)
      expect(await until(async () => (await labs()).length === 0, 60)).toBe(true);
    // The recordings are as they were, and the next recorder gets their lock.
    expect(workshop.snapshot()).toEqual({});
    workshop.edit('long', 'sleep 100', 'true');
    const next = await workshop.recordAlone({ once: true });
    expect(next.status, next.stderr).toBe(0);
    expect(await leftBehind(workshop, engine)).toEqual([]);
  },
);

test('a second ^C ends npm start immediately, also while it builds the site', async () => {
  const project: Project = await copyProject('real');
  await cp('package-lock.json', join(project.root, 'package-lock.json'));
  const port = String(await freePort());
  const script = new NpmScript(project.root, ['npm', 'start', '--', '--port', port]);
  try {
    await script.says('Building the site', 60);
    script.press();
    await script.says('interrupt again to end immediately', 30);
    await sleep(LATER);
    if (script.isAlive) script.press();
    await script.until(() => !script.isAlive, 5, 'the end');
    expect(script.output).not.toContain('You Like Docker is at');
  } finally {
    script.kill();
    await project.remove();
  }
});
