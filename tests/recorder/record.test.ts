import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeReports } from '../../scripts/recorder/report/files.ts';
import { asJson } from '../../scripts/recorder/report/json.ts';
import { parseProof } from '../../src/core/recording/proof.ts';
import { fence, Workshop } from '../support/recorder.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.remove());

describe('what an author gets', () => {
  test('a lesson is recorded, then nothing is left to do, and no Engine is started for it', async () => {
    workshop.write('hello', fence('greet expect="hello"', '$ echo hello', '$ id -un'));
    const first = await workshop.record();
    expect(first).toMatchObject({ status: 0 });
    expect(first.stdout.trimEnd().split('\n').at(-1)).toBe(
      'lessons: 0 as recorded, 1 changed, 0 failed',
    );
    expect(workshop.screen('hello', 'greet')).toBe('$ echo hello\nhello\n$ id -un\nroot\n');
    const before = workshop.snapshot();
    expect(Object.keys(before).sort()).toEqual([
      'hello/greet.cast',
      'hello/greet.txt',
      'hello/proof.json',
    ]);

    // If the recorder needed an Engine, it would fail: it cannot reach any.
    const again = await workshop.record([], {
      PATH: `${process.env['PATH']}`,
      XDG_CACHE_HOME: '/dev/null/none',
      DOCKER_HOST: 'unix:///nowhere.sock',
    });
    expect(again).toMatchObject({
      status: 0,
      stdout: 'lessons: 1 as recorded, 0 changed, 0 failed\n',
      stderr: '',
    });
    expect(workshop.snapshot()).toEqual(before);
  });

  test('what the prose quotes is listed without a run; a quote that is no longer printed fails', async () => {
    workshop.write('eggs', fence('logs', '$ for n in 1 2 3; do echo Egg $n; done'));
    expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
    const before = workshop.snapshot();
    workshop.edit('eggs', '```\n', '```\n\nIn the end it shows `Egg 3`.\n');
    expect(await workshop.recordHere({ check: true })).toMatchObject({
      status: 10,
      stderr: expect.stringContaining('  found:    not listed: `Egg 3` (logs)\n') as string,
    });
    expect(workshop.snapshot()).toEqual(before);
    expect(await workshop.recordAlone()).toMatchObject({ status: 0 });
    const listed = workshop.snapshot();
    expect(listed).toEqual({ ...before, 'eggs/proof.json': listed['eggs/proof.json'] });
    const proof = readFileSync(join(workshop.recordings, 'eggs/proof.json'), 'utf8');
    expect(parseProof(proof).quotes).toEqual({ logs: ['Egg 3'] });
    expect(await workshop.recordAlone()).toMatchObject({
      stdout: 'lessons: 1 as recorded, 0 changed, 0 failed\n',
    });

    workshop.edit('eggs', '1 2 3', '1 2');
    const lost = await workshop.recordHere({ once: true });
    expect(lost.status).toBe(20);
    expect(lost.stderr).toContain(
      'eggs.mdx:11: the prose quotes the step logs, which no longer shows that exactly once\n' +
        '  expected: Egg 3\n' +
        '  found:    it is not on the screen\n' +
        '  to fix:   quote what the screen shows; if it is not meant as a quote, write ' +
        '<code>Egg 3</code>\n' +
        '  the last screen:\n',
    );
    expect(workshop.snapshot()).toEqual(listed);
  });

  test('running everything again, twice, changes no byte', async () => {
    workshop.write(
      'ids',
      fence(
        'made',
        '$ docker run -d --name one busybox sleep 100',
        '$ docker ps',
        '$ date',
        '$ docker rm -f one',
      ),
      'images: [busybox]',
    );
    expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
    const before = workshop.snapshot();
    for (let run = 0; run < 2; run++) {
      expect(await workshop.recordHere({ all: true })).toMatchObject({
        status: 0,
        stdout: 'lessons: 1 as recorded, 0 changed, 0 failed\n',
      });
      expect(workshop.snapshot()).toEqual(before);
    }
  });

  test('one edited command changes only the files whose content changed', async () => {
    const steps = ['one', 'two', 'three'].map((word) => fence(word, `$ echo ${word}`));
    workshop.write('edited', steps.join('\n'));
    workshop.write('other', fence('same', '$ echo same'));
    await workshop.recordHere({ once: true, jobs: 2 });
    const before = workshop.snapshot();
    workshop.edit('edited', 'echo two', 'echo 2');
    expect(await workshop.recordHere({ once: true })).toMatchObject({
      status: 0,
      stdout: 'lessons: 1 as recorded, 1 changed, 0 failed\n',
    });
    const after = workshop.snapshot();
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed.sort()).toEqual(['edited/proof.json', 'edited/two.cast', 'edited/two.txt']);
    expect(await workshop.recordHere()).toMatchObject({
      status: 0,
      stdout: 'lessons: 2 as recorded, 0 changed, 0 failed\n',
    });
  });

  test('recordings of steps and lessons that are gone are removed', async () => {
    workshop.write('kept', [fence('one', '$ true'), fence('two', '$ true')].join('\n'));
    workshop.write('gone', fence('one', '$ true'));
    await workshop.recordHere({ once: true, jobs: 2 });
    workshop.edit('kept', fence('two', '$ true'), '');
    rmSync(`${workshop.content}/gone.mdx`);
    // Not a recording, so it has to stay.
    mkdirSync(`${workshop.recordings}/notes`);
    writeFileSync(`${workshop.recordings}/notes/my.txt`, 'mine\n');
    const before = workshop.snapshot();

    const html = join(workshop.folder, 'report.html');
    const junit = join(workshop.folder, 'junit.xml');
    const checked = await workshop.recordHere({ check: true });
    expect(checked.status).toBe(10);
    expect(await writeReports(checked.result, { html, junit })).toEqual([]);
    for (const view of [checked.stderr, readFileSync(html, 'utf8'), readFileSync(junit, 'utf8')]) {
      expect(view).toMatch(/recordings\/kept\/two\.cast belongs to no step\n {2}to fix: /);
      expect(view).toMatch(/recordings\/gone belongs to no lesson\n {2}to fix: /);
      expect(view).not.toContain('notes');
    }
    expect(JSON.parse(asJson(checked.result))).toMatchObject({
      status: 10,
      leftOver: ['kept/two.cast', 'kept/two.txt', 'gone'],
    });
    // A run for one lesson, or for another share of them, does not report other files.
    for (const asked of [{ names: ['kept#one'] }, { shard: { index: 2, count: 2 } }]) {
      const { result } = await workshop.recordHere({ check: true, ...asked });
      expect(JSON.parse(asJson(result))).toMatchObject({ status: 0, leftOver: [] });
    }
    expect(workshop.snapshot()).toEqual(before);

    const tidied = await workshop.recordHere({ once: true });
    expect(tidied.status).toBe(0);
    expect(tidied.stderr).toContain('recordings/kept/two.cast belongs to no step; removed');
    expect(tidied.stderr).toContain('recordings/gone belongs to no lesson; removed');
    expect(Object.keys(workshop.snapshot()).sort()).toEqual([
      'kept/one.cast',
      'kept/one.txt',
      'kept/proof.json',
      'notes/my.txt',
    ]);
  });

  test('--check writes nothing and reports missing, stale and drifted steps', async () => {
    workshop.write(
      'checked',
      fence('other', '$ cat /proc/sys/kernel/random/boot_id | wc -c', '$ echo number $((40 + 2))'),
    );
    const missing = await workshop.recordHere({ check: true });
    expect(missing).toMatchObject({
      status: 10,
      stdout: 'lessons: 0 as recorded, 1 changed, 0 failed\n',
    });
    expect(missing.stderr).toContain('the recording of the step other is missing');
    expect(workshop.snapshot()).toEqual({});
    await workshop.recordHere({ once: true });
    for (const name of ['other.cast', 'other.txt']) {
      const path = join(workshop.recordings, 'checked', name);
      writeFileSync(path, readFileSync(path, 'utf8').replace('number 42', 'number 43'));
    }
    const before = workshop.snapshot();
    expect(await workshop.recordHere({ check: true })).toMatchObject({ status: 0 });
    const drifted = await workshop.recordHere({ check: true, all: true });
    expect(drifted).toMatchObject({
      status: 10,
      stdout: 'lessons: 0 as recorded, 1 changed, 0 failed\n',
    });
    expect(drifted.stderr).toMatch(
      /checked\.mdx:7: the step other shows something else than was recorded/,
    );
    expect(drifted.stderr).toMatch(/\| -number \d+ *\n *\| \+number \d+/);
    workshop.edit('checked', 'wc -c', 'wc -l');
    expect((await workshop.recordHere({ check: true })).stderr).toContain(
      'the recording of the step other is stale',
    );
    expect(workshop.snapshot()).toEqual(before);
  });

  test('the same text in other colors, at another width, or with a cast of another text is drift', async () => {
    const red = (step: string) => fence(step, String.raw`$ printf '\e[31mred\e[m\n'`);
    workshop.write('seen', red('recolored') + red('retyped') + red('wider'));
    await workshop.recordHere({ once: true });
    const cast = (step: string) => join(workshop.recordings, `seen/${step}.cast`);
    const change = (step: string, from: string, to: string): void => {
      const before = readFileSync(cast(step), 'utf8');
      expect(before).toContain(from);
      writeFileSync(cast(step), before.replace(from, to));
    };
    change('recolored', 'u001b[31m', 'u001b[32m');
    change('retyped', 'u001b[31mred', 'u001b[31mbed');
    const { status, stderr } = await workshop.recordHere({ check: true, all: true });
    expect(status).toBe(10);
    expect(stderr).toContain(
      'the same text: line 2 of the screen has other colors or styles: red\n',
    );
    expect(stderr).toContain('the same text: its cast did not show the screen of its .txt');
    expect(stderr).not.toContain('the step wider');

    workshop.edit('seen', 'console wider', 'console wider cols=100');
    expect(await workshop.recordHere({ all: true, once: true })).toMatchObject({ status: 0 });
    expect(readFileSync(cast('recolored'), 'utf8')).toContain('u001b[31mred');
    expect(readFileSync(cast('retyped'), 'utf8')).toContain('u001b[31mred');
    expect(readFileSync(cast('wider'), 'utf8')).toContain('"cols":100');
    expect(await workshop.recordHere({ check: true, all: true })).toMatchObject({ status: 0 });
  });

  test('two machines share the lessons, and leave those of the other alone', async () => {
    for (const id of ['one', 'two', 'three']) workshop.write(id, fence('hi', `$ echo ${id}`));
    const counts: number[] = [];
    for (const index of [1, 2]) {
      // Each machine starts from the commit, which has no recordings.
      rmSync(workshop.recordings, { recursive: true, force: true });
      const { status, stdout } = await workshop.recordHere({
        shard: { index, count: 2 },
        once: true,
      });
      expect(status).toBe(0);
      counts.push(Number(/^lessons: 0 as recorded, (\d) changed, 0 failed$/m.exec(stdout)?.[1]));
      expect(readdirSync(workshop.recordings)).toHaveLength(counts.at(-1) ?? 0);
    }
    expect(counts.sort()).toEqual([1, 2]);
  });

  test('damaged recordings are reported and recorded again, and files that belong to no step are reported', async () => {
    const file = (path: string) => join(workshop.recordings, path);
    const edit = (path: string, change: (text: string) => string): void =>
      writeFileSync(file(path), change(readFileSync(file(path), 'utf8')));
    const withoutEnd = (lines: number) => (text: string) =>
      text
        .split('\n')
        .slice(0, -1 - lines)
        .join('\n');
    const DAMAGE: readonly [path: string, harm: (path: string) => void, found: string][] = [
      [
        'other-types/proof.json',
        (path) => edit(path, () => '{"schema":1,"steps":{"one":5}}'),
        'cannot be read: Error: not a proof of schema 1: lesson: ',
      ],
      ['cut/proof.json', (path) => edit(path, withoutEnd(5)), 'cannot be read: SyntaxError: '],
      [
        'files/one.cast',
        (path) => edit(path, withoutEnd(3)),
        'was truncated: it has no final exit event',
      ],
      [
        'files/two.cast',
        (path) => edit(path, (text) => `${'<'.repeat(7)} HEAD\n${text}`),
        'cannot be read: CastError: line 1: not JSON',
      ],
      [
        'files/three.txt',
        (path) => edit(path, () => ''),
        'was truncated: it has 0 lines, and line 1 was typed',
      ],
      ['files/four.txt', (path) => rmSync(file(path)), 'does not exist'],
    ];
    const lessons = ['cut', 'files', 'other-types'];
    const steps = ['one', 'two', 'three', 'four'];
    for (const id of lessons)
      workshop.write(id, steps.map((step) => fence(step, `$ echo ${step}`)).join(''));
    await workshop.recordHere({ once: true, jobs: 2 });
    const whole = workshop.snapshot();
    for (const [path, harm] of DAMAGE) harm(path);
    const checked = await workshop.recordHere({ check: true });
    expect(checked).toMatchObject({ status: 10 });
    for (const [path, , found] of DAMAGE)
      expect(checked.stderr).toContain(`found:    recordings/${path} ${found}`);
    for (const id of lessons) {
      expect(checked.stderr).toMatch(
        new RegExp(`${id}\\.mdx:\\d+: the recording of the step \\w+ is damaged`),
      );
      expect(checked.stderr).toContain(`to fix:   npm run record -- ${id}`);
    }
    expect(await workshop.recordHere({ once: true, jobs: 2 })).toMatchObject({ status: 0 });
    for (const id of lessons)
      for (const step of steps)
        expect(workshop.screen(id, step), id).toBe(`$ echo ${step}\n${step}\n`);
    expect(Object.keys(workshop.snapshot())).toEqual(Object.keys(whole));

    writeFileSync(file('cut/notes.md'), 'mine');
    expect(await workshop.recordHere({ check: true })).toMatchObject({
      status: 10,
      stderr: expect.stringContaining('recordings/cut/notes.md belongs to no step') as string,
    });
    rmSync(file('cut/notes.md'));
    // Its files were removed by hand, but the proof still has it.
    workshop.edit('cut', fence('two', '$ echo two'), '');
    for (const name of ['two.cast', 'two.txt']) rmSync(file(`cut/${name}`));
    expect(await workshop.recordHere({ check: true })).toMatchObject({ status: 10 });
    expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
    expect(readFileSync(file('cut/proof.json'), 'utf8')).not.toContain('"two"');
  });

  test("an editor's lock file is not a lesson, and a lesson that cannot be read is reported by name", async () => {
    workshop.write('a', fence('one', '$ true'));
    symlinkSync('ann@host.4711', join(workshop.content, '.#a.mdx'));
    expect(await workshop.recordHere({ check: true })).toMatchObject({ status: 10 });
    symlinkSync('nowhere', join(workshop.content, 'b.mdx'));
    expect(await workshop.recordHere({ check: true })).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/b\.mdx:1: the lesson cannot be read/) as string,
    });
  });

  test('the help of a new docker command is recorded with the lesson that uses it', async () => {
    workshop.write('old', fence('one', '$ docker ps'));
    expect(await workshop.recordHere({ once: true, jobs: 2 })).toMatchObject({ status: 0 });
    const version = '$ docker version > /dev/null';
    workshop.write('new', fence('one', '$ true', version));
    const before = workshop.snapshot();
    const checked = await workshop.recordHere({ check: true, names: ['new'] });
    expect(checked.status).toBe(10);
    expect(checked.stderr).toMatch(
      /new\.mdx:9: the recording of the step docker-version is missing\n +to fix: +npm run record -- commands/,
    );
    // Messages about the help name the lesson, never a file of the program.
    const recorded = await workshop.recordHere({ names: ['new'], once: true, jobs: 2 });
    expect(recorded).toMatchObject({ status: 0 });
    const json = asJson(recorded.result);
    expect(recorded.stderr + json).not.toContain('src/');
    const { steps } = JSON.parse(json) as { steps: Record<string, unknown>[] };
    expect(steps.find(({ step }) => step === 'docker-version')).toMatchObject({
      file: expect.stringMatching(/new\.mdx$/) as string,
      line: 9,
    });
    expect(workshop.screen('commands', 'docker-version')).toMatch(/^Usage: +docker version/m);
    expect(Object.keys(workshop.snapshot())).toEqual(
      expect.arrayContaining([...Object.keys(before), 'new/one.txt']),
    );
    expect(await workshop.recordHere({ check: true })).toMatchObject({ status: 0, stderr: '' });

    // The lesson's line is to blame for a command that has no help.
    workshop.edit('new', version, `${version}\n$ docker >usage || true`);
    const failed = await workshop.recordHere({ names: ['new'], once: true, jobs: 2 });
    expect(failed.status).toBe(20);
    expect(failed.stderr).toMatch(
      /new\.mdx:10: the help of a command of this line cannot be recorded: .*\n +expected: "Usage:"/,
    );

    // No lesson uses the command any more.
    workshop.edit('new', `${version}\n$ docker >usage || true`, '$ true');
    const leftOver = await workshop.recordHere({ check: true });
    expect(leftOver.status).toBe(10);
    expect(leftOver.stderr).toContain('recordings/commands/docker-version.txt belongs to no step');
    expect(leftOver.stderr).not.toContain('src/');
  });

  test('LESSON#STEP runs the lesson from the start and writes only that step', async () => {
    workshop.write(
      'three',
      [fence('one', '$ x=1'), fence('two', '$ echo x is $x'), fence('three', '$ echo three')].join(
        '\n',
      ),
    );
    const record = (...names: string[]) => workshop.recordHere({ names, once: true });
    expect(await record('three#two')).toMatchObject({ status: 0 });
    expect(Object.keys(workshop.snapshot()).sort()).toEqual([
      'three/proof.json',
      'three/two.cast',
      'three/two.txt',
    ]);
    expect(workshop.screen('three', 'two')).toBe('$ echo x is $x\nx is 1\n');
    expect(await record('three#three', 'three#one')).toMatchObject({
      stdout: 'lessons: 0 as recorded, 1 changed, 0 failed\n',
    });
    expect(workshop.screen('three', 'one')).toBe('$ x=1\n');
    expect(workshop.screen('three', 'three')).toBe('$ echo three\nthree\n');
    expect(await workshop.record(['three#four'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('use one of one, two, three') as string,
    });
  });

  test('--json prints one JSON value on stdout', async () => {
    workshop.write('json', fence('one', '$ true'));
    const { stdout } = await workshop.record(['--check', '--all', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 10,
      lessons: [{ lesson: 'json', result: 'changed' }],
      steps: [{ lesson: 'json', step: 'one', change: 'new' }],
      triedAgain: [],
    });
  });

  test('lessons run in parallel with --jobs', async () => {
    for (const id of ['a', 'b', 'c'])
      workshop.write(
        id,
        fence('one', `$ echo ${id}`, '$ docker version --format "{{.Server.Version}}" | wc -l'),
      );
    expect(await workshop.recordHere({ jobs: 2, once: true })).toMatchObject({
      status: 0,
      stdout: 'lessons: 0 as recorded, 3 changed, 0 failed\n',
    });
    for (const id of ['a', 'b', 'c'])
      expect(workshop.screen(id, 'one')).toMatch(new RegExp(`\n${id}\n.*\n1\n$`));
  });
});

describe('what is new or edited is run twice', () => {
  const NOISE: readonly [lesson: string, typed: string, fix: RegExp, difference: RegExp][] = [
    [
      'number',
      '$ echo number $RANDOM$RANDOM',
      /masks:\n +NAME:\n +pattern: '\(\?<=number \)\\d\+'\n/,
      /\| -number \d+ *\n *\| \+number \d+/,
    ],
    ['order', '$ seq 40 | shuf', /the order is random: sort it, .*`\| sort`/, /\| -\d+\n/],
  ];

  test('a difference between the two runs is not recorded, but reported with line, difference and fix', async () => {
    workshop.write('kept', fence('one', '$ echo one'));
    expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
    const before = workshop.snapshot();
    for (const [lesson, typed] of NOISE) workshop.write(lesson, fence('s', '$ true', typed));
    const html = join(workshop.folder, 'report.html');
    const junit = join(workshop.folder, 'junit.xml');
    const ran = await workshop.record(
      ['--jobs', '2', '--json', '--report', html, '--junit', junit],
      { GITHUB_ACTIONS: 'true' },
    );
    expect(ran.status, ran.stderr).toBe(20);
    expect(workshop.snapshot()).toEqual(before);
    for (const [lesson, , fix, difference] of NOISE) {
      const place = `lessons/${lesson}.mdx:9: the step s differs between two runs: it is not recorded\n  to fix:   `;
      for (const view of [ran.stderr, readFileSync(junit, 'utf8').replaceAll('&lt;', '<')]) {
        expect(view).toContain(place);
        expect(view).toMatch(fix);
        expect(view).toMatch(difference);
      }
      expect(ran.stderr).toMatch(
        new RegExp(`::error file=.*${lesson}.mdx,line=9,title=the step s differs`),
      );
    }
    expect(readFileSync(html, 'utf8')).toMatch(/<span>first run<.*<span>second run</s);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      status: 20,
      lessons: expect.arrayContaining([{ lesson: 'number', result: 'noisy' }]) as object,
      failures: [
        { lesson: 'number', status: 20, step: 's', line: 9 },
        { lesson: 'order', status: 20, step: 's', line: 9 },
      ],
    });

    // With the suggested mask, the lesson is recorded.
    const pattern = /pattern: '(.*)'/.exec(ran.stderr)?.[1] ?? '';
    rmSync(join(workshop.content, 'order.mdx'));
    workshop.edit(
      'number',
      'description',
      `masks: { n: { pattern: '${pattern}', why: chance } }\ndescription`,
    );
    expect(await workshop.recordHere()).toMatchObject({ status: 0 });
    expect(workshop.screen('number', 's')).toMatch(/^number \d+$/m);
  });

  test('drift that --all would write is also run twice, but not a step that prints what was recorded', async () => {
    workshop.write('a', fence('one', '$ echo number 1; sleep 2'));
    workshop.write('b', fence('quick', '$ true'));
    expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
    const runs = (stderr: string) => stderr.match(/^a(?:, second run)?: one$/gm);
    expect(runs((await workshop.recordHere({ all: true })).stderr)).toEqual(['a: one']);
    for (const name of ['one.cast', 'one.txt']) {
      const path = join(workshop.recordings, 'a', name);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('number 1', 'number 2'));
    }
    // The second run is added once the other lab has nothing left to do.
    const ran = await workshop.recordHere({ all: true, jobs: 2 });
    expect(ran).toMatchObject({
      status: 0,
      stdout: 'lessons: 1 as recorded, 1 changed, 0 failed\n',
    });
    expect(runs(ran.stderr)).toEqual(['a: one', 'a, second run: one']);
    expect(workshop.screen('a', 'one')).toContain('\nnumber 1\n');
  });
});
