import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLabHost } from '../../scripts/lab/index.ts';
import { removeOrphans } from '../../scripts/lab/labels.ts';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import {
  changeRecordings,
  CHANGING,
  LATER,
  leftBehind,
  randomFrom,
  requireNothingLeft,
  Run,
  socketOf,
  until,
} from '../support/faults.ts';
import { fence, Workshop } from '../support/recorder.ts';

let engine: OuterEngine;
let workshop: Workshop;
requireNothingLeft((setUp) => ({ engine, workshop } = setUp));

describe('a bug in the recorder', () => {
  const BUGS = {
    'in an event': `setTimeout(()=>{if(process.argv[1].endsWith('record.ts'))throw(new(Error)('a-bug'))},1500)`,
    'in the middle of a lesson': `Array.prototype.findLast=()=>{throw(new(Error)('a-bug'))}`,
    'in a promise that is not awaited': `setTimeout(()=>{if(process.argv[1].endsWith('record.ts'))Promise.reject(new(Error)('a-bug'))},1500)`,
  };

  test.each(Object.entries(BUGS))(
    '%s closes all labs, shows the stack and ends with 1',
    async (_, bug) => {
      workshop.write('a', fence('one', '$ sleep 1') + CHANGING);
      workshop.write('b', fence('one', '$ sleep 1') + CHANGING);
      const run = new Run(workshop, ['--jobs', '2'], {
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(bug)}`,
      });
      expect(await run.ended(20), run.output).toBe(1);
      expect(run.output).toMatch(/this is a bug in the \w+: .*a-bug\n +at /);
      expect(run.output).toMatch(/\n +to fix: +open an issue in this project/);
      expect(run.isAlive).toBe(false);
      expect(workshop.snapshot()).toEqual({});
    },
  );
});

describe('three recorders of the same recordings', () => {
  let shared: Workshop;
  let outputs: string[];
  let statuses: number[];
  let afterFirst: Record<string, string>;
  beforeAll(async () => {
    shared = new Workshop();
    shared.write('shared', fence('wait', '$ sleep 2') + CHANGING);
    const first = new Run(shared);
    await first.says('shared: wait');
    const [second, third] = [new Run(shared), new Run(shared)];
    await Promise.all(
      [second, third].map((run) => run.says('waiting for another recorder (process ')),
    );
    third.signalAll('SIGINT');
    const interrupted = await third.ended(5);
    const recorded = await first.ended();
    afterFirst = shared.snapshot();
    statuses = [recorded, await second.ended(), interrupted];
    outputs = [first, second, third].map(({ output }) => output);
  });
  afterAll(async () => {
    const left = await leftBehind(shared, engine);
    shared.remove();
    expect(left).toEqual([]);
  });

  test('the second waits, says for which process, and finds nothing to do', () => {
    expect(statuses.slice(0, 2), outputs.join('\n')).toEqual([0, 0]);
    expect(outputs[1]).toContain('lessons: 1 as recorded, 0 changed, 0 failed');
    expect(outputs[1]).not.toContain('shared: ');
    expect(Object.keys(afterFirst)).toContain('shared/number.cast');
    expect(shared.snapshot()).toEqual(afterFirst);
  });

  test('^C ends the one that waits', () => {
    expect(statuses[2], outputs[2]).toBe(130);
  });
});

describe('interrupts', () => {
  let recorded: Workshop;
  beforeAll(async () => {
    recorded = new Workshop();
    for (const id of ['a', 'b']) recorded.write(id, CHANGING);
    await recorded.recordAlone({ once: true, jobs: 2 });
  });
  afterAll(() => recorded.remove());

  test.each<[string, readonly string[], (run: Run) => void, number]>([
    ['^C', ['--all'], (run) => run.signalAll('SIGINT'), 130],
    ['SIGTERM', ['b'], (run) => run.signalAll('SIGTERM'), 143],
    ['SIGTERM for npm alone', ['b'], (run) => run.signalFirst('SIGTERM'), 143],
    ['the end of the terminal', ['b'], (run) => run.signalAll('SIGHUP'), 129],
  ])(
    '%s while a command runs: labs are closed, and recordings stay as they are',
    async (_, args, interrupt, status) => {
      workshop.copyFrom(recorded.content, recorded.recordings);
      changeRecordings(workshop);
      const before = workshop.snapshot();
      workshop.edit('b', CHANGING, fence('wait', '$ sleep 100') + CHANGING);
      const run = new Run(workshop, args);
      await run.says('b: wait');
      interrupt(run);
      // npm ends by the signal that it received.
      expect([130, status], run.output).toContain(await run.ended(10));
      expect(await until(() => !run.isAlive, 5)).toBe(true);
      expect(workshop.snapshot()).toEqual(before);
    },
  );

  test('a process that is killed while it tries an Engine leaves an image, which the next one removes', async () => {
    const trying = `
      import Docker from 'dockerode';
      import { reachableEngine } from './scripts/lab/outer-engine/reachable.ts';
      Docker.prototype.createContainer = () => process.kill(process.pid, 'SIGKILL');
      console.log(await reachableEngine());`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', trying], {
      env: { ...process.env, DOCKER_HOST: `unix://${socketOf(engine)}` },
      stdio: 'inherit',
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    await removeOrphans(engine.docker);
    const images = await engine.docker.listImages();
    expect(images.flatMap(({ RepoTags }) => RepoTags ?? [])).not.toContain(
      `you-like-docker/probe:${child.pid}`,
    );
  });

  test('two interrupts while reports are written: the recordings are as the run has reported', async () => {
    workshop.write('one', CHANGING);
    // Loading the report takes a minute.
    const slow = `import{registerHooks}from'node:module';registerHooks({load(url,context,next){const loaded=next(url,context);
      return url.endsWith('report/junit.ts')?{...loaded,source:'await new Promise(done=>setTimeout(done,60000));'+loaded.source}:loaded}})`;
    const script = ['scripts/command/run.mjs', 'scripts/record.ts', '--content', workshop.content];
    const reports = ['--junit', join(workshop.folder, 'filler/junit.xml')];
    const recorder = spawn(
      process.execPath,
      [...script, '--recordings', workshop.recordings, ...reports],
      {
        env: {
          ...process.env,
          NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(slow)}`,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const ended = once(recorder, 'close');
    let output = '';
    for (const stream of [recorder.stdout, recorder.stderr])
      stream.on('data', (text: Buffer) => (output += text.toString()));
    expect(await until(() => output.includes('lessons: 0 as recorded, 1 changed'), 60)).toBe(true);
    recorder.kill('SIGINT');
    expect(await until(() => output.includes('interrupt again'), 60)).toBe(true);
    await sleep(LATER);
    recorder.kill('SIGINT');
    expect(await ended, output).toEqual([1, null]);
    expect(output).toContain('a report was not finished');
    expect(output).not.toContain('no recording was changed');
    expect(Object.keys(workshop.snapshot())).toContain('one/number.cast');
  });

  test(
    'at random moments: all recordings are old or all are new, and the next run cleans up',
    { timeout: 900_000 },
    async () => {
      const seed = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1e6);
      const kills = Number(process.env['FAULTS_KILLS'] ?? 12);
      process.stderr.write(`FAULTS_SEED=${seed} FAULTS_KILLS=${kills}\n`);
      const random = randomFrom(seed);
      workshop.copyFrom(recorded.content, recorded.recordings);
      changeRecordings(workshop);
      const { took } = await workshop.record(['--all']);
      for (let kill = 0; kill < kills; kill++) {
        changeRecordings(workshop);
        const before = workshop.snapshot();
        // The moments of each signal are spread over the whole run.
        const signal = (['SIGINT', 'SIGTERM', 'SIGKILL'] as const)[kill % 3] ?? 'SIGINT';
        const moment = Math.round(((kill + random()) / kills) * took);
        const what = `seed ${seed}, ${kill}: ${signal} after ${moment} ms`;
        const run = new Run(workshop, ['--all', '--jobs', random() < 0.5 ? '1' : '2']);
        await sleep(moment);
        run.signalAll(signal);
        const status = await run.ended(15);
        await until(() => !run.isAlive, 5);
        // npm ends by the signal itself if it comes before or after the time when the recorder
        // listens.
        if (signal !== 'SIGKILL') expect([130, 143, 0], `${what}\n${run.output}`).toContain(status);
        else {
          // The next recorder repairs the recordings, and opening its labs removes the old ones.
          expect(await workshop.recordAlone(), what).toMatchObject({
            status: 0,
            stdout: 'lessons: 2 as recorded, 0 changed, 0 failed\n',
          });
          await (await openLabHost(() => undefined)).close();
        }
        const after = workshop.snapshot();
        const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
        const screens = changed.filter((name) => name.endsWith('.txt'));
        expect([0, 2], `${what}: ${changed.join()}`).toContain(screens.length);
        // A recorder that is not killed says what it did.
        const summary = /lessons: 0 as recorded, 2 changed|no recording was changed|$/.exec(
          run.output,
        );
        if (signal !== 'SIGKILL' && changed.length > 0)
          expect(summary?.[0], `${what}\n${run.output}`).toMatch(/2 changed$/);
        if (summary?.[0].startsWith('no')) expect(changed, what).toEqual([]);
        expect(await leftBehind(workshop, engine), what).toEqual([]);
      }
      expect(await workshop.record(['--all'])).toMatchObject({ status: 0 });
      expect(await leftBehind(workshop, engine)).toEqual([]);
      expect(await workshop.recordAlone()).toMatchObject({
        stdout: 'lessons: 2 as recorded, 0 changed, 0 failed\n',
      });
    },
  );
});
