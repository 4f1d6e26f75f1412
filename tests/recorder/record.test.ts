import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asJson } from '../../scripts/recorder/report/json.ts';
import { details } from '../../scripts/recorder/report/text.ts';
import { fence, npmRunRecord, recordIn, Workshop } from '../support/recorder.ts';

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

    // An Engine that cannot be reached would be an error, were one asked for.
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

  test('playing all three times changes no byte', async () => {
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
    expect(await workshop.recordHere()).toMatchObject({ status: 0 });
    const before = workshop.snapshot();
    for (let play = 0; play < 3; play++) {
      expect(await workshop.recordHere({ all: true })).toMatchObject({
        status: 0,
        stdout: 'lessons: 1 as recorded, 0 changed, 0 failed\n',
      });
      expect(workshop.snapshot()).toEqual(before);
    }
  });

  test('one edited command changes only where its output changed', async () => {
    workshop.write(
      'edited',
      [fence('one', '$ echo one'), fence('two', '$ echo two'), fence('three', '$ echo three')].join(
        '\n',
      ),
    );
    workshop.write('other', fence('same', '$ echo same'));
    await workshop.recordHere();
    const before = workshop.snapshot();
    workshop.edit('edited', 'echo two', 'echo 2');
    expect(await workshop.recordHere()).toMatchObject({
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
    await workshop.recordHere({ once: true });
    workshop.edit('kept', fence('two', '$ true'), '');
    rmSync(`${workshop.content}/gone.mdx`);
    // No recording, and so nobody's to remove.
    mkdirSync(`${workshop.recordings}/notes`);
    writeFileSync(`${workshop.recordings}/notes/my.txt`, 'mine\n');
    const before = workshop.snapshot();

    const [html, junit] = [`${workshop.folder}/report.html`, `${workshop.folder}/junit.xml`];
    const checked = await workshop.record(['--check', '--report', html, '--junit', junit]);
    expect(checked.status).toBe(10);
    for (const view of [checked.stderr, readFileSync(html, 'utf8'), readFileSync(junit, 'utf8')]) {
      expect(view).toMatch(/recordings\/kept\/two\.cast belongs to no step\n {2}to fix: /);
      expect(view).toMatch(/recordings\/gone belongs to no lesson\n {2}to fix: /);
      expect(view).not.toContain('notes');
    }
    const json = await workshop.record(['--check', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      status: 10,
      leftOver: ['kept/two.cast', 'kept/two.txt', 'gone'],
    });
    // Whoever asks for one lesson, or for another share, hears nothing of what is no lesson's.
    for (const asked of [{ names: ['kept#one'] }, { shard: { index: 2, count: 2 } }]) {
      const { result } = await workshop.recordHere({ check: true, ...asked });
      expect(JSON.parse(asJson(result))).toMatchObject({ status: 0, leftOver: [] });
    }
    expect(workshop.snapshot()).toEqual(before);

    const tidied = await workshop.recordHere();
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

  test('--check writes nothing and tells missing, stale and drifted steps', async () => {
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
    await workshop.recordHere();
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

  test('the same text in other colours, at another width, or in a cast that shows another one is not as recorded', async () => {
    workshop.write('seen', fence('red', String.raw`$ printf '\e[31mred\e[m\n'`));
    await workshop.recordHere();
    const file = join(workshop.recordings, 'seen/red.cast');
    const recorded = () => readFileSync(file, 'utf8');
    const cast = recorded();
    const check = async (changed: string) => {
      expect(changed).not.toBe(cast);
      writeFileSync(file, changed);
      const { status, stderr } = await workshop.recordHere({ check: true, all: true });
      expect(status).toBe(10);
      return stderr;
    };
    expect(await check(cast.replace('u001b[31m', 'u001b[32m'))).toContain(
      'the same text: line 2 of the screen has other colours or styles: red\n',
    );
    expect(await check(cast.replace('u001b[31mred', 'u001b[31mbed'))).toContain(
      'the same text: its cast did not show the screen of its .txt',
    );
    expect(await workshop.recordHere({ all: true })).toMatchObject({ status: 0 });
    expect(recorded()).toContain('u001b[31m');
    workshop.edit('seen', 'console red', 'console red cols=100');
    expect(await workshop.recordHere()).toMatchObject({ status: 0 });
    expect(recorded()).toContain('"cols":100');
    expect(await workshop.recordHere({ check: true, all: true })).toMatchObject({ status: 0 });
  });

  test('two machines share the lessons, and leave those of the other alone', async () => {
    for (const id of ['one', 'two', 'three']) workshop.write(id, fence('hi', `$ echo ${id}`));
    const counts: number[] = [];
    for (const index of [1, 2]) {
      // Each begins with what is committed, which is nothing.
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

  test('what was damaged is recorded anew, what belongs to nobody is told and removed', async () => {
    const file = (lesson: string, name: string) => join(workshop.recordings, lesson, name);
    const cut = (path: string, lines: number) =>
      writeFileSync(
        path,
        readFileSync(path, 'utf8')
          .split('\n')
          .slice(0, -1 - lines)
          .join('\n'),
      );
    const DAMAGE: Record<string, readonly [harm: () => void, found: string]> = {
      'a-proof-of-other-types': [
        () =>
          writeFileSync(
            file('a-proof-of-other-types', 'proof.json'),
            '{"schema":1,"steps":{"one":5}}',
          ),
        'proof.json cannot be read: Error: not a proof of schema 1: lesson: ',
      ],
      'a-proof-that-was-cut': [
        () => cut(file('a-proof-that-was-cut', 'proof.json'), 5),
        'proof.json cannot be read: SyntaxError: ',
      ],
      'a-cast-that-was-cut': [
        () => cut(file('a-cast-that-was-cut', 'one.cast'), 3),
        'one.cast was truncated: it has no final exit event',
      ],
      'marks-of-a-merge': [
        () => {
          const cast = file('marks-of-a-merge', 'one.cast');
          writeFileSync(cast, `<<<<<<< HEAD\n${readFileSync(cast, 'utf8')}`);
        },
        'one.cast cannot be read: CastError: line 1: not JSON',
      ],
      'an-empty-screen': [
        () => writeFileSync(file('an-empty-screen', 'two.txt'), ''),
        'two.txt was truncated: it has 0 lines, and line 1 was typed',
      ],
      'no-screen': [() => rmSync(file('no-screen', 'two.txt')), 'two.txt does not exist'],
    };
    const lessons = Object.entries(DAMAGE);
    for (const [id] of lessons)
      workshop.write(id, fence('one', '$ echo one') + fence('two', '$ echo two'));
    await workshop.recordHere({ once: true, jobs: 2 });
    const whole = workshop.snapshot();
    for (const [, [harm]] of lessons) harm();
    const checked = await workshop.recordHere({ check: true });
    expect(checked).toMatchObject({ status: 10 });
    for (const [id, [, found]] of lessons) {
      expect(checked.stderr).toMatch(
        new RegExp(`${id}\\.mdx:\\d+: the recording of the step \\w+ is damaged`),
      );
      expect(checked.stderr).toContain(`found:    recordings/${id}/${found}`);
      expect(checked.stderr).toContain(`to fix:   npm run record -- ${id}`);
    }
    expect(await workshop.recordHere({ jobs: 2 })).toMatchObject({ status: 0 });
    for (const [id] of lessons)
      expect(workshop.screen(id, 'one') + workshop.screen(id, 'two'), id).toBe(
        '$ echo one\none\n$ echo two\ntwo\n',
      );
    expect(Object.keys(workshop.snapshot())).toEqual(Object.keys(whole));

    const [a = ''] = Object.keys(DAMAGE);
    writeFileSync(file(a, 'notes.md'), 'mine');
    expect(await workshop.recordHere({ check: true })).toMatchObject({
      status: 10,
      stderr: expect.stringContaining(`recordings/${a}/notes.md belongs to no step`) as string,
    });
    rmSync(file(a, 'notes.md'));
    // Its files are removed by hand; what the proof says of it is left.
    workshop.edit(a, fence('two', '$ echo two'), '');
    for (const name of ['two.cast', 'two.txt']) rmSync(file(a, name));
    expect(await workshop.recordHere({ check: true })).toMatchObject({ status: 10 });
    expect(await workshop.recordHere()).toMatchObject({ status: 0 });
    expect(readFileSync(file(a, 'proof.json'), 'utf8')).not.toContain('"two"');
  });

  test("an editor's lock is no lesson, and what cannot be read is told with its name", async () => {
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
    expect(await workshop.recordHere()).toMatchObject({ status: 0 });
    const version = '$ docker version > /dev/null';
    workshop.write('new', fence('one', '$ true', version));
    const before = workshop.snapshot();
    const checked = await workshop.recordHere({ check: true, names: ['new'] });
    expect(checked.status).toBe(10);
    expect(checked.stderr).toMatch(
      /new\.mdx:9: the recording of the step docker-version is missing\n +to fix: +npm run record -- commands/,
    );
    // Whatever is said of a help is said of the lesson: nothing of it is in the program.
    const recorded = await workshop.record(['--json', 'new']);
    expect(recorded).toMatchObject({ status: 0 });
    expect(recorded.stderr + recorded.stdout).not.toContain('src/');
    const told = JSON.parse(recorded.stdout) as { steps: Record<string, unknown>[] };
    expect(told.steps.find(({ step }) => step === 'docker-version')).toMatchObject({
      file: expect.stringMatching(/new\.mdx$/) as string,
      line: 9,
    });
    expect(workshop.screen('commands', 'docker-version')).toMatch(/^Usage: +docker version/m);
    expect(Object.keys(workshop.snapshot())).toEqual(
      expect.arrayContaining([...Object.keys(before), 'new/one.txt']),
    );
    expect(await workshop.recordHere({ check: true })).toMatchObject({ status: 0, stderr: '' });

    // A command that has no help is a fault of the line that uses it.
    workshop.edit('new', version, `${version}\n$ docker >usage || true`);
    const failed = await workshop.recordHere({ names: ['new'] });
    expect(failed.status).toBe(20);
    expect(failed.stderr).toMatch(
      /new\.mdx:10: the help of a command of this line cannot be recorded: .*\n +expected: "Usage:"/,
    );

    // What is recorded of a command that no lesson uses any more.
    workshop.edit('new', `${version}\n$ docker >usage || true`, '$ true');
    const leftOver = await workshop.recordHere({ check: true });
    expect(leftOver.status).toBe(10);
    expect(leftOver.stderr).toContain('recordings/commands/docker-version.txt belongs to no step');
    expect(leftOver.stderr).not.toContain('src/');
  });

  test('LESSON#STEP plays from the start and writes that step', async () => {
    workshop.write(
      'three',
      [fence('one', '$ x=1'), fence('two', '$ echo x is $x'), fence('three', '$ echo three')].join(
        '\n',
      ),
    );
    expect(await workshop.recordHere({ names: ['three#two'] })).toMatchObject({ status: 0 });
    expect(Object.keys(workshop.snapshot()).sort()).toEqual([
      'three/proof.json',
      'three/two.cast',
      'three/two.txt',
    ]);
    expect(workshop.screen('three', 'two')).toBe('$ echo x is $x\nx is 1\n');
    expect(await workshop.recordHere({ names: ['three#three', 'three#one'] })).toMatchObject({
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
    const { stdout } = await workshop.record(['--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 0,
      lessons: [{ lesson: 'json', result: 'changed' }],
      steps: [{ lesson: 'json', step: 'one', change: 'new' }],
      triedAgain: [],
    });
  });

  test('lessons are played side by side with --jobs', async () => {
    for (const id of ['a', 'b', 'c'])
      workshop.write(
        id,
        fence('one', `$ echo ${id}`, '$ docker version --format "{{.Server.Version}}" | wc -l'),
      );
    expect(await workshop.recordHere({ jobs: 2 })).toMatchObject({
      status: 0,
      stdout: 'lessons: 0 as recorded, 3 changed, 0 failed\n',
    });
    expect(workshop.screen('c', 'one')).toContain('\nc\n');
  });
});

describe('what is new or edited is run twice', () => {
  const NOISE: readonly [what: string, typed: string, fix: RegExp, difference: RegExp][] = [
    [
      'a number',
      '$ echo number $RANDOM$RANDOM',
      /masks:\n +NAME:\n +pattern: '\(\?<=number \)\\d\+'\n/,
      /\| -number \d+ *\n *\| \+number \d+/,
    ],
    ['an order', '$ seq 40 | shuf', /the order is chance: sort it, .*`\| sort`/, /\| -\d+\n/],
  ];

  test('what differs between the two runs is no recording: it is told with line, difference and fix', async () => {
    workshop.write('kept', fence('one', '$ echo one'));
    expect(await workshop.recordHere()).toMatchObject({ status: 0 });
    const before = workshop.snapshot();
    for (const [id, typed] of NOISE)
      workshop.write(id.replace(/^an? /, ''), fence('s', '$ true', typed));
    const [html, junit] = [`${workshop.folder}/report.html`, `${workshop.folder}/junit.xml`];
    const ran = await workshop.record(
      ['--jobs', '2', '--json', '--report', html, '--junit', junit],
      {
        GITHUB_ACTIONS: 'true',
      },
    );
    expect(ran.status, ran.stderr).toBe(20);
    expect(workshop.snapshot()).toEqual(before);
    for (const [id, , fix, difference] of NOISE) {
      const lesson = id.replace(/^an? /, '');
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

    // With the mask that was proposed it is recorded.
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

  test('also drift that --all would write; a step that shows what was recorded of it is not run again', async () => {
    workshop.write('a', fence('one', '$ echo number 1'));
    expect(await workshop.recordHere()).toMatchObject({ status: 0 });
    const file = (name: string) => join(workshop.recordings, 'a', name);
    const pretend = (text: string) => {
      for (const name of ['one.cast', 'one.txt'])
        writeFileSync(file(name), readFileSync(file(name), 'utf8').replaceAll('number 1', text));
    };
    const runs = (stderr: string) => stderr.match(/^a(?:, second run)?: one$/gm);
    expect(runs((await workshop.recordHere({ all: true })).stderr)).toEqual(['a: one']);
    pretend('number 2');
    const ran = await workshop.recordHere({ all: true });
    expect(ran).toMatchObject({
      status: 0,
      stdout: 'lessons: 0 as recorded, 1 changed, 0 failed\n',
    });
    expect(runs(ran.stderr)).toEqual(['a: one', 'a, second run: one']);
    expect(workshop.screen('a', 'one')).toContain('\nnumber 1\n');
  });
});

/** A step, the exit status of a run of its lesson, and what is told of it. */
const WRONG: readonly (readonly [
  what: string,
  step: string,
  status: number,
  message: RegExp,
  hint: string,
])[] = [
  [
    'an unknown option',
    fence('bad wide', '$ true'),
    2,
    /lesson\.mdx:11: there is no step option wide/,
    'to fix',
  ],
  [
    'a repeated id',
    fence('good', '$ true'),
    2,
    /lesson\.mdx:11: the step id good is taken/,
    'a unique id',
  ],
  [
    'a claim that is not true',
    `${fence('bad measure.count=/^(\\d)$/m', '$ echo 5')}\nIt is <Claim that="bad.count > 9">more</Claim>.\n`,
    20,
    /lesson\.mdx:\d+: what the lesson claims is not true of its recordings/,
    'found:    5.00 and 9.00 (bad.count is 5)',
  ],
  [
    'a wrong status',
    fence('bad', '$ true', '$ false'),
    20,
    /lesson\.mdx:13: `false` ended with another status/,
    'write exit=1',
  ],
  [
    'a command before the last that fails',
    fence('bad exit=1', '$ false', '$ false'),
    20,
    /lesson\.mdx:12: `false` ended with another status/,
    'expected: exit status 0',
  ],
  [
    'a text that is not shown',
    fence('bad expect="nine"', '$ seq 8'),
    20,
    /lesson\.mdx:11: the screen does not show/,
    'expected: "nine"',
  ],
  [
    'a typed text is not shown',
    fence('bad expect="nine"', '$ true nine'),
    20,
    /lesson\.mdx:11: the screen does not show/,
    '| $ true nine',
  ],
  [
    'a regex that does not match',
    fence('bad expect=/^9$/m', '$ seq 8'),
    20,
    /lesson\.mdx:11: the screen does not show/,
    '/^9$/m',
  ],
  [
    'a text that is not absent',
    fence('bad absent=/^8$/m', '$ seq 8'),
    20,
    /lesson\.mdx:11: the screen shows what the step says is absent/,
    'no /^8$/m',
  ],
  [
    'a value that is not measured',
    fence('bad measure.size=/(\\d+)MB/', '$ seq 8'),
    20,
    /lesson\.mdx:11: the value size is not on the screen/,
    'MB',
  ],
  [
    'a command that hangs',
    fence('bad timeout=2s', '$ sleep 1000'),
    30,
    /lesson\.mdx:12: `sleep 1000` did not end within 2 s/,
    'timeout=4s',
  ],
  [
    'a text that never comes',
    fence('bad timeout=2s until="never" keys="^C"', '$ sleep 1000'),
    30,
    /lesson\.mdx:12: `sleep 1000` did not end within 2 s/,
    'never printed "never"',
  ],
  [
    'a text that does not come before the end',
    fence('bad until="never" keys="^C"', '$ echo now'),
    20,
    /lesson\.mdx:12: `echo now` ended before it printed/,
    'drop until',
  ],
  [
    'exit in the session',
    fence('bad', '$ exit'),
    20,
    /lesson\.mdx:12: `exit` ended the session/,
    'nested shell',
  ],
  [
    'a line for the session in a program',
    fence('bad', '$ cat', '$ echo no'),
    20,
    /lesson\.mdx:12: `cat` leaves cat waiting for the keyboard, and line 13 is typed into the session/,
    '< /dev/null',
  ],
  [
    'a question that the next step does not answer',
    fence('bad', `$ bash -c 'read -p "Sure? [y/N] "'`) + fence('next', '$ true'),
    20,
    /lesson\.mdx:12: `bash .*` leaves bash waiting .* line 15 is typed into/,
    'until="[y/N]" keys="y^M"',
  ],
  [
    'a shell that is open at the end',
    fence('bad', '$ bash --norc') + fence('next', '# true'),
    20,
    /lesson\.mdx:15: `true` leaves bash waiting for the keyboard, and the lesson ends/,
    '`# exit`',
  ],
  [
    'a line for a program in the session',
    fence('bad', '$ true', '# echo no'),
    20,
    /lesson\.mdx:13: `echo no` is for an open program/,
    'docker run -it',
  ],
  [
    'an incomplete command',
    fence('bad', '$ echo "open'),
    20,
    /lesson\.mdx:12: `echo "open` is not complete/,
    'continue it',
  ],
  [
    'a command that is complete too early',
    fence('bad', '$ echo one', '> echo two'),
    20,
    /lesson\.mdx:12: the command was taken as complete/,
    'backslash',
  ],
  [
    'a secret',
    fence('bad', "$ echo ghp_$(printf 'a1B2%.0s' 1 2 3 4 5 6 7 8 9)"),
    20,
    /lesson\.mdx:11: the screen shows what looks like a secret/,
    'recordings are public',
  ],
];

describe('what an author did wrong', () => {
  const good = fence('good', '$ echo good');
  let recorded: Workshop;
  beforeAll(async () => {
    recorded = new Workshop();
    recorded.write('lesson', good);
    await recorded.recordHere({ once: true });
  });
  afterAll(() => recorded.remove());

  /** Lessons of which nothing is run where one cannot be read, and lessons that are run. */
  const [UNREADABLE, FAILING] = [WRONG.slice(0, 2), WRONG.slice(2)];
  const idOf = (what: string) => what.replaceAll(' ', '-');
  /** What is told of each, by its id. */
  const told = new Map<string, { readonly status: number; readonly text: string }>();

  beforeAll(async () => {
    for (const rows of [UNREADABLE, FAILING]) {
      const wrong = new Workshop();
      for (const [what] of rows) wrong.write(idOf(what), good);
      await wrong.recordHere({ once: true, jobs: 2 });
      const before = wrong.snapshot();
      for (const [what, bad] of rows) wrong.write(idOf(what), `${good}\n${bad}`);
      const { result, stderr } = await wrong.recordHere({ once: true, jobs: 2 });
      for (const [what] of rows) {
        const lesson = result.lessons.find((one) => one.lesson === idOf(what));
        const failed = lesson?.kind === 'failed' ? lesson : undefined;
        told.set(idOf(what), {
          status: failed?.failure?.status ?? result.status,
          text: failed ? details({ ...result, lessons: [failed] }).join('\n') : stderr,
        });
      }
      expect(wrong.snapshot()).toEqual(before);
      wrong.remove();
    }
  });

  test.each(WRONG)('%s', (what, _, status, message, hint) => {
    const { text = '', ...ended } = told.get(idOf(what)) ?? {};
    const lesson = text.replaceAll(`${idOf(what)}.mdx`, 'lesson.mdx');
    expect(lesson).toMatch(message);
    expect(lesson).toContain(hint);
    expect(ended).toEqual({ status });
  });

  test('a folder without a lesson: nothing is removed for it', async () => {
    workshop.copyFrom(recorded.content, recorded.recordings);
    const before = workshop.snapshot();
    rmSync(join(workshop.content, 'lesson.mdx'));
    const ran = await workshop.record();
    expect(ran.status).toBe(2);
    expect(ran.stderr).toMatch(/there is no lesson in this folder\n {2}to fix: .*--content DIR/);
    expect(workshop.snapshot()).toEqual(before);
  });

  test('other lessons without recordings of their own: what is recorded of these here stays', async () => {
    workshop.copyFrom(recorded.content, recorded.recordings);
    for (const id of ['another', 'commands'])
      cpSync(join(workshop.recordings, 'lesson'), join(workshop.recordings, id), {
        recursive: true,
      });
    const before = workshop.snapshot();
    expect(await recordIn(workshop.folder, ['--content', 'lessons'])).toMatchObject({
      status: 0,
      stdout: 'lessons: 1 as recorded, 0 changed, 0 failed\n',
      stderr: '',
    });
    expect(workshop.snapshot()).toEqual(before);
    // Nor is the reference of all commands replaced by that of theirs.
    workshop.write('more', fence('one', '$ docker ps'));
    const { stdout } = await recordIn(workshop.folder, [
      '--content',
      'lessons',
      '--check',
      '--json',
    ]);
    const { lessons } = JSON.parse(stdout) as { lessons: { lesson: string; result: string }[] };
    expect(lessons.map(({ lesson }) => lesson)).toEqual(['lesson', 'more']);
  });

  test('all that is wrong with all files is told at once, and nothing is played', async () => {
    workshop.write('a', fence('one wide', 'ls'));
    workshop.write('b', fence('two', '$ true', 'ls'));
    const ran = await workshop.recordHere();
    expect(ran.status).toBe(2);
    for (const place of ['a.mdx:7:', 'a.mdx:8:', 'b.mdx:9:']) expect(ran.stderr).toContain(place);
    expect(workshop.snapshot()).toEqual({});
  });

  test('a lesson that fails does not keep another from being recorded', async () => {
    workshop.write('a', fence('one', '$ false'));
    workshop.write('b', fence('one', '$ true'));
    expect(await workshop.recordHere()).toMatchObject({
      status: 20,
      stdout: 'lessons: 0 as recorded, 1 changed, 1 failed\n',
    });
    expect(Object.keys(workshop.snapshot()).sort()).toEqual([
      'b/one.cast',
      'b/one.txt',
      'b/proof.json',
    ]);
  });

  test('unknown arguments are a usage error', async () => {
    expect(await npmRunRecord(['--wrong'])).toMatchObject({ status: 2 });
    expect(await npmRunRecord(['--jobs', '0'])).toMatchObject({ status: 2 });
    expect(await npmRunRecord(['no-such-lesson'])).toMatchObject({ status: 2 });
    expect(await npmRunRecord(['--shard', '3/2'])).toMatchObject({ status: 2 });
  });
});
