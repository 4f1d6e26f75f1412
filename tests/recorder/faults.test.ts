import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
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
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pidOf } from '../../src/process/owner.ts';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import { outerEngine } from '../../scripts/lab/outer-engine/outer.ts';
import { removeOrphans } from '../../scripts/lab/labels.ts';
import { recoverRecordings } from '../../src/store/write.ts';
import { leftBehind, randomFrom, Run, socketOf, until } from '../support/faults.ts';
import { fence, Workshop } from '../support/recorder.ts';

const QUIET = (): void => undefined;
const IS_ROOT_ON_LINUX = process.platform === 'linux' && process.getuid?.() === 0;
const CHANGING = fence('number', '$ seq -s " " 3 5');

/** As if another Engine had printed something else: what a run shows is another screen then. */
function asOfAnother({ recordings }: Workshop): void {
  for (const lesson of readdirSync(recordings))
    for (const name of ['number.cast', 'number.txt']) {
      const path = join(recordings, lesson, name);
      writeFileSync(path, readFileSync(path, 'utf8').replace('3 4 5', '6 7 8'));
    }
}

let engine: OuterEngine;
beforeAll(async () => {
  engine = await outerEngine(QUIET);
});
afterAll(() => engine.release());

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(async () => {
  const left = await leftBehind(workshop, engine);
  workshop.remove();
  expect(left).toEqual([]);
});

/** Containers of the labs that a run has opened: others may be open beside it. */
async function labsOf(run: Run): Promise<string[]> {
  const label = 'you-like-docker.owner';
  const found = await engine.docker.listContainers({ filters: { label: [label] } });
  return found.filter(({ Labels }) => run.includes(pidOf(Labels[label] ?? ''))).map(({ Id }) => Id);
}

/**
 * How a command is run by a user who may not start an Engine: root becomes another one, who may
 * read what only root may (this project can be in root's home) and has the workshop for his own.
 */
function asNobody({ folder, content }: Workshop): string[] {
  if (!IS_ROOT_ON_LINUX) return [];
  const nobody = 65_534;
  const [temporary, home] = [join(folder, 'tmp'), join(folder, 'filler')];
  for (const one of [temporary, home]) mkdirSync(one);
  for (const one of [folder, content, temporary, home]) chownSync(one, nobody, nobody);
  const user = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  const mayRead = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  // Without it access(2) ignores that right, and Node would find no file of the project.
  const isAsked = '--securebits=+no_setuid_fixup';
  return ['env', `HOME=${home}`, 'setpriv', isAsked, ...user, ...mayRead];
}

async function inLab(id: string, command: string): Promise<void> {
  const exec = await engine.docker.getContainer(id).exec({ Cmd: ['sh', '-c', command] });
  await exec.start({});
}

describe('a lab that fails', () => {
  const BEFORE = fence('before', '$ echo before');
  let recorded: Workshop;
  beforeAll(async () => {
    recorded = new Workshop();
    for (const id of ['engine', 'mirror', 'wrong', 'disk', 'lost', 'hangs', 'full'])
      recorded.write(id, BEFORE);
    expect(await recorded.record(['--jobs', '2'])).toMatchObject({ status: 0 });
  });
  afterAll(() => recorded.remove());

  /** Writes a lesson of which something else was recorded before. */
  function rewrite(id: string, body: string): void {
    workshop.write(id, body);
    cpSync(join(recorded.recordings, id), join(workshop.recordings, id), { recursive: true });
  }

  test('its Engine is killed in mid-lesson: once more in another lab, and all is well', async () => {
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

  /**
   * Puts the lab onto a full disk: a small one, over which its folders are, takes the place of the
   * root. The number of pivot_root(2) is that of
   * https://github.com/torvalds/linux/tree/master/scripts (syscall.tbl).
   */
  const TO_FULL_DISK = [
    '$ mount --make-rprivate / && mkdir /small && mount -t tmpfs -o size=64k tmpfs /small',
    '$ over() { mkdir "/small$1" && { [ "$1" = /small ] || mount --rbind "$1" "/small$1"; }; }',
    '$ for name in /*; do if [ -L $name ]; then cp -a $name /small; elif [ -d $name ]; then over $name; fi; done',
    `$ perl -e 'my @at = qw(/small /small/small); exit 1 if syscall ${process.arch === 'arm64' ? 41 : 155}, @at' && cd /`,
    '$ head -c 64K /dev/zero > /full; false',
  ];

  test('a lesson that kills it, or the registry, or is played on a full disk fails with 40 after two tries', async () => {
    rewrite('engine', fence('kill', '$ pkill -9 dockerd', '$ command docker ps'));
    rewrite('mirror', fence('kill', '$ pkill -9 docker-registry', '$ command docker pull debian'));
    rewrite('wrong', fence('wrong', '$ false'));
    rewrite('disk', fence('fill', ...TO_FULL_DISK));
    const before = workshop.snapshot();
    workshop.write('fine', fence('fine', '$ true'));
    const run = new Run(workshop);
    expect(await run.ended(120), run.output).toBe(40);
    expect(run.output.match(/trying once more/g)?.length).toBeGreaterThanOrEqual(3);
    expect(run.output).toMatch(
      /the disk on which labs run is full\n +not run: +disk\n +found at: .*\n +to fix: +free some space/,
    );
    expect(run.output).toMatch(
      /the lab's Engine stopped answering\n +not run: +engine\n +found at: .*engine\.mdx:9: `command docker ps`\n/,
    );
    expect(run.output).toMatch(/the lab's registry.* stopped answering\n +not run: +mirror\n/);
    expect(run.output).toMatch(/end of the Engine's log:\n.*level=/);
    expect(run.output).toContain('wrong.mdx:8: `false` ended with another status');
    expect(run.output).toContain('lessons: 0 as recorded, 1 changed, 4 failed');
    const after = workshop.snapshot();
    expect(after).toMatchObject(before);
    const added = Object.keys(after).filter((name) => !(name in before));
    expect(added.sort()).toEqual(['fine/fine.cast', 'fine/fine.txt', 'fine/proof.json']);
  });

  test('a known fault of its Engine is no fault of the lesson: once more, then 40', async () => {
    const lost =
      'failed to prepare extraction snapshot "extract-1 sha256:1": parent snapshot sha256:2';
    rewrite('lost', fence('build', `$ echo '${lost} does not exist: not found' && false`));
    const before = workshop.snapshot();
    const run = new Run(workshop);
    expect(await run.ended(), run.output).toBe(40);
    expect(run.output).toContain('trying once more');
    expect(run.output).toContain('https://github.com/moby/buildkit/issues/6521');
    expect(workshop.snapshot()).toEqual(before);
  });

  test('an Engine that hangs is a lab that failed, and keeps nobody waiting', async () => {
    rewrite('hangs', fence('stop timeout=2s', '$ pkill -STOP dockerd', '$ command docker ps'));
    const before = workshop.snapshot();
    const run = new Run(workshop);
    expect(await run.ended(90), run.output).toBe(40);
    expect(run.output).toContain("the lab's Engine stopped answering");
    expect(workshop.snapshot()).toEqual(before);
  });

  test('a lesson that fills the disk of its lab is told what its command said', async () => {
    rewrite(
      'full',
      fence(
        'fill',
        '$ fill() { while fallocate -l $1 "/var/lib/docker/$1-$RANDOM"; do :; done 2> /dev/null; }',
        '$ fill 5G; fill 500M; fill 10M; fill 100K; true',
      ) + fence('pull', '$ command docker pull -q debian'),
    );
    const before = workshop.snapshot();
    const run = new Run(workshop);
    expect(await run.ended(), run.output).toBe(20);
    expect(run.output).toMatch(
      /full\.mdx:12: `command docker pull -q debian` ended with another status/,
    );
    expect(run.output).toContain('no space left on device');
    expect(run.output).toMatch(/to fix: .*the screen says that a disk is full/);
    expect(workshop.snapshot()).toEqual(before);
  });

  test('without a way to an Engine: one message that says what to do, 40, no second try', async () => {
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

describe('a command that does not end', () => {
  test('and does not heed ^C: a time-out, whatever it holds on to', async () => {
    workshop.write(
      'deaf',
      fence(
        'deaf timeout=2s until="deaf" keys="^C"',
        `$ bash -c 'trap "" INT TERM HUP QUIT TSTP; echo deaf; while :; do sleep 1; done'`,
      ),
    );
    const run = new Run(workshop);
    expect(await run.ended(), run.output).toBe(30);
    expect(run.output).toMatch(/deaf\.mdx:8: .* did not end within 2 s/);
    expect(workshop.snapshot()).toEqual({});
  });
});

describe('a bug in the recorder itself', () => {
  const BUGS = {
    'in an event': `setTimeout(()=>{if(process.argv[1].endsWith('record.ts'))throw(new(Error)('a-bug'))},1500)`,
    'in the middle of a lesson': `Array.prototype.findLast=()=>{throw(new(Error)('a-bug'))}`,
    'in a promise that nobody awaits': `setTimeout(()=>{if(process.argv[1].endsWith('record.ts'))Promise.reject(new(Error)('a-bug'))},1500)`,
  };

  test.each(Object.entries(BUGS))(
    '%s closes all labs, shows the stack and ends with 1',
    async (_, bug) => {
      workshop.write('a', fence('one', '$ sleep 3') + CHANGING);
      workshop.write('b', fence('one', '$ sleep 3') + CHANGING);
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

describe('two recorders', () => {
  test('of the same recordings: the second waits, says for whom, and finds nothing to do', async () => {
    workshop.write('shared', fence('wait', '$ sleep 1') + CHANGING);
    const first = new Run(workshop);
    await first.says('shared: wait');
    const second = new Run(workshop);
    await second.says('waiting for another recorder (process ');
    expect(await first.ended()).toBe(0);
    const recorded = workshop.snapshot();
    expect(await second.ended()).toBe(0);
    expect(second.output).toContain('lessons: 1 as recorded, 0 changed, 0 failed');
    expect(second.output).not.toContain('shared: ');
    expect(workshop.snapshot()).toEqual(recorded);
  });

  test('^C ends the one that waits', async () => {
    workshop.write('shared', fence('wait', '$ sleep 2') + CHANGING);
    const first = new Run(workshop);
    await first.says('shared: wait');
    const second = new Run(workshop);
    await second.says('waiting for another recorder (process ');
    second.signalAll('SIGINT');
    expect(await second.ended(5), second.output).toBe(130);
    expect(await first.ended()).toBe(0);
  });
});

describe.runIf(IS_ROOT_ON_LINUX)('the disk of the recordings', () => {
  /** The workshop on a file system of so few bytes. */
  function onDiskOf(size: string, folder: string): void {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
    mounted.push(folder);
  }
  const mounted: string[] = [];
  afterEach(() => {
    for (const folder of mounted.splice(0)) execFileSync('umount', ['--lazy', folder]);
  });

  /** Leaves so many bytes free. */
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
    onDiskOf('1m', workshop.folder);
    mkdirSync(workshop.content);
    workshop.write('big', fence('big', '$ seq 2000') + CHANGING);
    workshop.write('small', CHANGING);
    expect(await workshop.record()).toMatchObject({ status: 0 });
    asOfAnother(workshop);
    const before = workshop.snapshot();
    const reports = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
    const junit = join(reports, 'junit.xml');
    // Nothing at all, and too little for all that was played.
    for (const free of [0, 4096, 40_960]) {
      fill(free);
      const ran = await workshop.record(['--all', '--junit', junit], { TMPDIR: '/tmp' });
      expect(ran.status, ran.stderr).toBe(1);
      expect(ran.stderr).toMatch(
        /cannot write to .*: its disk is full\n +to fix: +free some space/,
      );
      expect(ran.stderr).not.toMatch(/mistake|\n +at /);
      expect(workshop.snapshot()).toEqual(before);
      if (free === 0) continue;
      // What was played is not lost for it.
      expect(ran.stderr).toMatch(
        /small\.mdx:7: the step number shows something else than was recorded\n +to fix: .*npm run record/,
      );
      expect(ran.stdout).toBe('lessons: 0 as recorded, 2 changed, 0 failed\n');
      expect(readFileSync(junit, 'utf8').match(/ failures="1"/g)).toHaveLength(2);
      expect(await leftBehind(workshop, engine)).toEqual([]);
    }
    rmSync(reports, { recursive: true });
    rmSync(join(workshop.folder, 'filler'));
    expect(await workshop.record(['--all'])).toMatchObject({
      status: 0,
      stdout: 'lessons: 0 as recorded, 2 changed, 0 failed\n',
    });
  });

  test('is not that of the reports: if theirs is full the recordings are written, and it says so', async () => {
    const reports = join(workshop.folder, 'filler');
    onDiskOf('64k', reports);
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

  test('may not be written', async () => {
    onDiskOf('1m', workshop.folder);
    mkdirSync(workshop.content);
    workshop.write('one', CHANGING);
    await workshop.record();
    const before = workshop.snapshot();
    execFileSync('mount', ['-o', 'remount,ro', workshop.folder]);
    const ran = await workshop.record(['--all']);
    expect(ran.status, ran.stderr).toBe(1);
    expect(ran.stderr).toMatch(/this user lacks permission\n +to fix: +make it writable/);
    expect(workshop.snapshot()).toEqual(before);
    // To see that nothing has to be done needs no writing.
    expect(await workshop.record()).toMatchObject({ status: 0 });
  });

  test('begins at the recordings themselves: said before anything is played', async () => {
    workshop.write('one', CHANGING);
    onDiskOf('1m', workshop.recordings);
    const ran = await workshop.record();
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/is a separate file system.*\n +to fix: +name a folder in it/);
    expect(ran.stderr).not.toContain('one: ');
    const within = join(workshop.recordings, 'recordings');
    expect(await workshop.record(['--recordings', within])).toMatchObject({ status: 0 });
    expect(readdirSync(workshop.recordings)).toEqual(['recordings']);
  });
});

describe('interrupts', () => {
  test('while a command runs: what is open is closed, recordings stay, and the next run does it all', async () => {
    workshop.write('a', CHANGING);
    workshop.write('b', CHANGING);
    await workshop.record();
    asOfAnother(workshop);
    const before = workshop.snapshot();
    workshop.edit('b', CHANGING, fence('wait', '$ sleep 100') + CHANGING);
    for (const [name, press, status] of [
      ['^C', (run: Run) => run.signalAll('SIGINT'), 130],
      ['SIGTERM', (run: Run) => run.signalAll('SIGTERM'), 143],
      ['SIGTERM of npm alone', (run: Run) => run.signalFirst('SIGTERM'), 143],
      ['a terminal that is closed', (run: Run) => run.signalAll('SIGHUP'), 129],
    ] as const) {
      const run = new Run(workshop, ['--all']);
      await run.says('b: wait');
      press(run);
      // npm ends by the signal that it got.
      expect([130, status], `${name}: ${run.output}`).toContain(await run.ended(10));
      expect(await until(() => !run.isAlive, 5), name).toBe(true);
      expect(workshop.snapshot(), name).toEqual(before);
      expect(await leftBehind(workshop, engine), name).toEqual([]);
    }
  });

  test('and kills: a process that ends while it tries an Engine leaves an image, which the next one removes', async () => {
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

  test('twice, while reports are written: the recordings stay as the run has told', async () => {
    workshop.write('one', CHANGING);
    // As an event that takes its time.
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
    await sleep(1_500);
    recorder.kill('SIGINT');
    expect(await ended, output).toEqual([1, null]);
    expect(output).toContain('a report was not finished');
    expect(output).not.toContain('no recording was changed');
    expect(Object.keys(workshop.snapshot())).toContain('one/number.cast');
  });

  test(
    'at random moments: recordings are as before or all as after, and the next run fixes all',
    { timeout: 900_000 },
    async () => {
      const seed = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1e6);
      const kills = Number(process.env['FAULTS_KILLS'] ?? 12);
      process.stderr.write(`FAULTS_SEED=${seed} FAULTS_KILLS=${kills}\n`);
      const random = randomFrom(seed);
      for (const id of ['a', 'b']) workshop.write(id, CHANGING);
      await workshop.record();
      asOfAnother(workshop);
      const { took } = await workshop.record(['--all']);
      for (let kill = 0; kill < kills; kill++) {
        asOfAnother(workshop);
        const before = workshop.snapshot();
        const signal =
          (['SIGINT', 'SIGTERM', 'SIGKILL'] as const)[Math.floor(random() * 3)] ?? 'SIGINT';
        const moment = Math.round(random() * took);
        const what = `seed ${seed}, ${kill}: ${signal} after ${moment} ms`;
        const run = new Run(workshop, ['--all', '--jobs', random() < 0.5 ? '1' : '2']);
        await sleep(moment);
        run.signalAll(signal);
        const status = await run.ended(15);
        await until(() => !run.isAlive, 5);
        // npm ends by the signal itself, if it comes before the recorder listens and after.
        if (signal !== 'SIGKILL') expect([130, 143, 0], `${what}\n${run.output}`).toContain(status);
        // With nothing to play it only fixes.
        else
          expect(await workshop.record(), what).toMatchObject({
            status: 0,
            stdout: 'lessons: 2 as recorded, 0 changed, 0 failed\n',
          });
        const after = workshop.snapshot();
        const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
        const screens = changed.filter((name) => name.endsWith('.txt'));
        expect([0, 2], `${what}: ${changed.join()}`).toContain(screens.length);
        // Whoever is not killed says what he did.
        const said = /lessons: 0 as recorded, 2 changed|no recording was changed|$/.exec(
          run.output,
        );
        if (signal !== 'SIGKILL' && changed.length > 0)
          expect(said?.[0], `${what}\n${run.output}`).toMatch(/2 changed$/);
        if (said?.[0].startsWith('no')) expect(changed, what).toEqual([]);
        if (signal === 'SIGKILL')
          // A run that begins removes what one that was killed has left.
          expect(await workshop.record(['--all']), what).toMatchObject({ status: 0 });
        expect(await leftBehind(workshop, engine), what).toEqual([]);
      }
      expect(await workshop.record(['--all'])).toMatchObject({ status: 0 });
      expect(await leftBehind(workshop, engine)).toEqual([]);
      expect(await workshop.record()).toMatchObject({
        stdout: 'lessons: 2 as recorded, 0 changed, 0 failed\n',
      });
    },
  );
});

describe('a recorder that is killed while it replaces files', () => {
  test('leaves them half replaced: npm run record puts the old ones back, and plays nothing for it', async () => {
    for (const id of ['a', 'b', 'c']) workshop.write(id, fence('say', `$ echo ${id}`));
    expect(await workshop.record()).toMatchObject({ status: 0 });
    const before = workshop.snapshot();
    // It asks of each folder, once the old one is away, whether there is a new one.
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

  // Where waiting for the disk would take most of the time, hardly a kill would fall between two
  // renames.
  const MEMORY = '/dev/shm';
  const parent = existsSync(MEMORY) ? MEMORY : tmpdir();

  test('leaves a set of one play, once the next has begun', async () => {
    const random = randomFrom(Date.now());
    const folder = mkdtempSync(join(parent, 'you-like-docker-'));
    const recordings = join(folder, 'recordings');
    // Nothing but replacing, as fast as it goes: so that many a kill falls between two renames.
    const replacing = `
      import { withRecordings } from './src/store/write.ts';
      const [, recordings, first] = process.argv;
      await withRecordings(recordings, () => {}, new AbortController().signal, async (replace) => {
        for (let play = Number(first); ; play++) {
          const files = new Map(['x', 'y', 'z'].map((name) => [name, String(play)]));
          replace(new Map(['a', 'b', 'c', 'new-' + play].map((lesson) => [lesson, files])), ['new-' + (play - 1)]);
          if (play === Number(first)) console.log('replacing');
        }
      });`;
    const counts = { half: 0, whole: 0 };
    let play = 1;
    while (counts.half < 10 && counts.half + counts.whole < 200) {
      const child = spawn(
        process.execPath,
        ['--input-type=module', '--eval', replacing, recordings, String(play)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      await once(child.stdout, 'data');
      await sleep(random() * 10);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const old = join(folder, '.recordings-staging/old');
      counts[existsSync(old) && readdirSync(old).length > 0 ? 'half' : 'whole']++;
      await recoverRecordings(recordings, QUIET, AbortSignal.timeout(5_000));

      const folders = readdirSync(recordings).sort();
      const plays = folders.flatMap((lesson) =>
        readdirSync(join(recordings, lesson)).map((name) =>
          readFileSync(join(recordings, lesson, name), 'utf8'),
        ),
      );
      expect(new Set(plays).size, JSON.stringify(counts)).toBe(1);
      play = Number(plays[0]);
      expect(plays).toHaveLength(12);
      expect(folders).toEqual(['a', 'b', 'c', `new-${play}`]);
      expect(readdirSync(folder)).toEqual(['recordings']);
      play++;
    }
    rmSync(folder, { recursive: true });
    expect(counts.half).toBeGreaterThan(0);
  });
});
