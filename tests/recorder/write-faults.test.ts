import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import { recoverRecordings } from '../../src/store/write.ts';
import {
  changeRecordings,
  CHANGING,
  IS_ROOT_ON_LINUX,
  leftBehind,
  randomFrom,
  requireNothingLeft,
} from '../support/faults.ts';
import { fence, Workshop } from '../support/recorder.ts';

const ONCE = { once: true, jobs: 2 };

let engine: OuterEngine;
let workshop: Workshop;
requireNothingLeft((setUp) => ({ engine, workshop } = setUp));

describe.runIf(IS_ROOT_ON_LINUX)('the disk of the recordings', () => {
  /** Mounts an empty file system of this size. */
  function mountDisk(size: string, folder: string): void {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
    mounted.push(folder);
  }
  const mounted: string[] = [];
  afterEach(() => {
    for (const folder of mounted.splice(0)) execFileSync('umount', ['--lazy', folder]);
  });

  /** Fills the disk of the workshop, except for some bytes. */
  function fill(free: number): void {
    const filler = join(workshop.folder, 'filler');
    rmSync(filler, { force: true });
    const available = execFileSync('df', ['--output=avail', '-B1', workshop.folder], {
      encoding: 'utf8',
    });
    const size = Number(available.split('\n')[1]) - free;
    writeFileSync(filler, Buffer.alloc(Math.max(0, size)));
  }

  test('is full: nothing is changed, and the message says so', async () => {
    mountDisk('1m', workshop.folder);
    mkdirSync(workshop.content);
    workshop.write('big', fence('big', '$ seq 2000') + CHANGING);
    workshop.write('small', CHANGING);
    expect(await workshop.recordHere(ONCE)).toMatchObject({ status: 0 });
    changeRecordings(workshop);
    const before = workshop.snapshot();
    const reports = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
    const junit = join(reports, 'junit.xml');
    // No space at all, and too little for all files.
    for (const free of [0, 4096]) {
      fill(free);
      const ran = await workshop.record(['--all', '--junit', junit], { TMPDIR: '/tmp' });
      expect(ran.status, ran.stderr).toBe(1);
      expect(ran.stderr).toMatch(
        /cannot write to .*: its disk is full\n +to fix: +free some space/,
      );
      expect(ran.stderr).not.toMatch(/mistake|\n +at /);
      expect(workshop.snapshot()).toEqual(before);
      if (free === 0) continue;
      // The results of the run are reported all the same.
      expect(ran.stderr).toMatch(
        /small\.mdx:7: the step number shows something else than was recorded\n +to fix: .*npm run record/,
      );
      expect(ran.stdout).toBe('lessons: 0 as recorded, 2 changed, 0 failed\n');
      expect(readFileSync(junit, 'utf8').match(/ failures="1"/g)).toHaveLength(2);
      expect(await leftBehind(workshop, engine)).toEqual([]);
    }
    rmSync(reports, { recursive: true });
    // Enough for one lesson, but not for both.
    fill(40_960);
    const { result } = await workshop.recordHere({ ...ONCE, all: true });
    expect(result).toMatchObject({ status: 1, written: false });
    expect(result.unwritten?.message).toMatch(/^cannot write to .*: its disk is full$/);
    expect(workshop.snapshot()).toEqual(before);
    expect(await leftBehind(workshop, engine)).toEqual([]);
    rmSync(join(workshop.folder, 'filler'));
    expect(await workshop.recordHere({ ...ONCE, all: true })).toMatchObject({
      status: 0,
      stdout: 'lessons: 0 as recorded, 2 changed, 0 failed\n',
    });
  });

  test('is not the disk of the reports: if that is full, the recordings are written, and the message says so', async () => {
    const reports = join(workshop.folder, 'filler');
    mountDisk('64k', reports);
    writeFileSync(join(reports, 'all-of-it'), Buffer.alloc(65_536));
    workshop.write('one', CHANGING);
    const [html, junit] = [join(reports, 'report.html'), join(reports, 'junit.xml')];
    const files = ['--report', html, '--junit', junit];
    const ran = await workshop.record(files);
    expect(ran.status, ran.stderr).toBe(1);
    expect(ran.stdout).toBe('lessons: 0 as recorded, 1 changed, 0 failed\n');
    for (const file of [html, junit]) {
      expect(ran.stderr).toContain(`the report ${file} cannot be written: its disk is full\n`);
      expect(existsSync(file)).toBe(false);
    }
    expect(ran.stderr).toMatch(/to fix: +free some space there; the recordings were written/);
    expect(ran.stderr).not.toContain('mistake');
    const before = workshop.snapshot();
    expect(Object.keys(before)).toContain('one/number.cast');
    const checked = await workshop.record(['--check', ...files]);
    expect(checked).toMatchObject({
      status: 1,
      stdout: 'lessons: 1 as recorded, 0 changed, 0 failed\n',
    });
    expect(checked.stderr).toMatch(/to fix: +free some space there; then run it again/);
    expect(workshop.snapshot()).toEqual(before);
  });

  test('is read-only: the message says so, and a run that has nothing to do succeeds', async () => {
    mountDisk('1m', workshop.folder);
    mkdirSync(workshop.content);
    workshop.write('one', CHANGING);
    await workshop.recordHere(ONCE);
    const before = workshop.snapshot();
    execFileSync('mount', ['-o', 'remount,ro', workshop.folder]);
    const ran = await workshop.record(['--all']);
    expect(ran.status, ran.stderr).toBe(1);
    expect(ran.stderr).toMatch(/this user lacks permission\n +to fix: +make it writable/);
    expect(workshop.snapshot()).toEqual(before);
    expect(await workshop.recordHere()).toMatchObject({ status: 0 });
  });

  test('is mounted at the folder of recordings: this is reported before anything is run', async () => {
    workshop.write('one', CHANGING);
    mountDisk('1m', workshop.recordings);
    const ran = await workshop.record();
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/is a separate file system.*\n +to fix: +name a folder in it/);
    expect(ran.stderr).not.toContain('one: ');
    const recordings = join(workshop.recordings, 'recordings');
    expect(await workshop.recordHere({ ...ONCE, recordings })).toMatchObject({ status: 0 });
    expect(readdirSync(workshop.recordings)).toEqual(['recordings']);
  });
});

describe('a recorder that is killed while it replaces files', () => {
  test('leaves some replaced: npm run record puts the old ones back, and runs no lesson for it', async () => {
    for (const id of ['a', 'b', 'c']) workshop.write(id, fence('say', `$ echo ${id}`));
    expect(await workshop.recordHere(ONCE)).toMatchObject({ status: 0 });
    const before = workshop.snapshot();
    // `has` is called for each folder when its old version has been moved away.
    const replacing = `
      import { withRecordings } from './src/store/write.ts';
      class Killing extends Map {
        has(lesson) {
          if (lesson === 'b') process.kill(process.pid, 'SIGKILL');
          return super.has(lesson);
        }
      }
      const files = new Map([['proof.json', 'another']]);
      await withRecordings(process.argv[1], () => {}, new AbortController().signal, async (replace) =>
        replace(new Killing([['a', files], ['b', files], ['new', files]]), ['c']));`;
    const child = spawn(
      process.execPath,
      ['--input-type=module', '--eval', replacing, workshop.recordings],
      { stdio: 'inherit' },
    );
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(readFileSync(join(workshop.recordings, 'a/proof.json'), 'utf8')).toBe('another');
    expect(existsSync(join(workshop.recordings, 'b'))).toBe(false);
    expect(await workshop.record()).toMatchObject({
      status: 0,
      stdout: 'lessons: 3 as recorded, 0 changed, 0 failed\n',
      stderr: '',
    });
    expect(workshop.snapshot()).toEqual(before);
  });

  // On a disk, most of the time would be spent waiting for it, and few kills would come between two
  // renames.
  const MEMORY = '/dev/shm';
  const parent = existsSync(MEMORY) ? MEMORY : tmpdir();

  test('leaves a complete set of one run, once the next recorder has started', async () => {
    const random = randomFrom(Date.now());
    const folder = mkdtempSync(join(parent, 'you-like-docker-'));
    const recordings = join(folder, 'recordings');
    // Replaces files as fast as possible, so that many kills come between two renames.
    const replacing = `
      import { withRecordings } from './src/store/write.ts';
      const [, recordings, first] = process.argv;
      await withRecordings(recordings, () => {}, new AbortController().signal, async (replace) => {
        for (let run = Number(first); ; run++) {
          const files = new Map(['x', 'y', 'z'].map((name) => [name, String(run)]));
          replace(new Map(['a', 'b', 'c', 'new-' + run].map((lesson) => [lesson, files])), ['new-' + (run - 1)]);
          if (run === Number(first)) console.log('replacing');
        }
      });`;
    const counts = { half: 0, whole: 0 };
    let run = 1;
    while (counts.half < 10 && counts.half + counts.whole < 200) {
      const child = spawn(
        process.execPath,
        ['--input-type=module', '--eval', replacing, recordings, String(run)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      await once(child.stdout, 'data');
      await sleep(random() * 10);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const old = join(folder, '.recordings-staging/old');
      counts[existsSync(old) && readdirSync(old).length > 0 ? 'half' : 'whole']++;
      await recoverRecordings(recordings, () => undefined, AbortSignal.timeout(5_000));

      const folders = readdirSync(recordings).sort();
      const runs = folders.flatMap((lesson) =>
        readdirSync(join(recordings, lesson)).map((name) =>
          readFileSync(join(recordings, lesson, name), 'utf8'),
        ),
      );
      expect(new Set(runs).size, JSON.stringify(counts)).toBe(1);
      run = Number(runs[0]);
      expect(runs).toHaveLength(12);
      expect(folders).toEqual(['a', 'b', 'c', `new-${run}`]);
      expect(readdirSync(folder)).toEqual(['recordings']);
      run++;
    }
    rmSync(folder, { recursive: true });
    expect(counts.half).toBeGreaterThan(0);
  });
});
