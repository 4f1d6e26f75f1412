import { describe, expect, test } from 'vitest';
import type { ExpectedStep } from './answer.ts';
import { judge, type Surroundings } from './judge.ts';
import { timedAsInBash } from './zsh-time.ts';

/* A made-up lesson, and what readers may paste at its step. */

const ID = '8eda9eb7ae17';
const PULL = [
  "Unable to find image 'debian:latest' locally",
  'latest: Pulling from library/debian',
  '49cc7fb12c34: Pull complete',
  'Digest: sha256:e825bcc2f538becc65353b1ce607fce14d521a3b5feade22b0461ba277106a32',
  'Status: Downloaded newer image for debian:latest',
];
const CONFLICT =
  'docker: Error response from daemon: Conflict. The container name "/parrot" is already in use by container "8eda9eb7ae1745adcc622a8fd3ab0a5090b64c11401483db54fd5339ffdb950b". You have to remove (or rename) that container to be able to reuse that name.';
const TABLE = [
  'CONTAINER ID   IMAGE     COMMAND   CREATED         STATUS         PORTS     NAMES',
  `${ID}   debian    "bash"    3 seconds ago   Up 2 seconds             boring_wozniak`,
];

const step = (id: string, ...commands: [typed: string, ...output: string[]][]): ExpectedStep => ({
  id,
  screens: [
    { engines: ['29'], commands: commands.map(([typed, ...output]) => ({ typed, output })) },
  ],
});

const RUN = step('run', ['docker run debian echo Ahoy', ...PULL, 'Ahoy']);
const PS = step('ps', ['docker ps', ...TABLE]);
const NAME = step(
  'name',
  ['docker run --name parrot debian echo Ahoy', 'Ahoy'],
  ['docker run --name parrot debian echo Ahoy', CONFLICT, '', "Run 'docker run --help' for help"],
);
const SILENT = step('silent', ['docker run debian bash'], ['echo $?', '0']);
const INSIDE = step(
  'inside',
  ['docker run -it debian bash'],
  ['cat /etc/issue', 'Debian GNU/Linux 13 \\n \\l', ''],
  ['exit', 'exit'],
);
const BUILT = {
  typed: 'docker build -t greet .',
  output: [
    '[+] Building 8.9s (9/9) FINISHED                                 docker:default',
    ' => [internal] load build definition from Dockerfile                       0.0s',
    ' => [1/2] FROM docker.io/library/debian:latest@sha256:db363397bd8a57d123e  0.1s',
    ' => [2/2] RUN apt-get update && apt-get install -y figlet cowsay fortune   6.8s',
    ' => exporting to image                                                     1.6s',
  ],
};
const BUILD = step('build', [BUILT.typed, ...BUILT.output]);
const TIMED = step('timed', [
  'time docker run debian echo Ahoy',
  'Ahoy',
  '',
  'real    0m0.330s',
  'user    0m0.025s',
  'sys     0m0.009s',
]);
const HELP = step('help', [
  'docker run --help',
  'Options:',
  '      --annotation map   Add an annotation to the',
  '                         container (passed through to the',
  '                         OCI runtime) (default map[])',
  '  -a, --attach list      Attach to STDIN, STDOUT or STDERR',
]);
const ENGINES: ExpectedStep = {
  id: 'engines',
  screens: [
    { engines: ['29'], commands: [{ typed: 'docker ps', output: ['failed to connect'] }] },
    { engines: ['28', '27'], commands: [{ typed: 'docker ps', output: ['Cannot connect'] }] },
  ],
};

const AROUND: Surroundings = {
  declared: [],
  messages: [
    { id: 'name-in-use', pattern: /container name "[^"]+" is already in use/i },
    { id: 'engine-stopped', pattern: /Cannot connect to the Docker daemon/i },
  ],
  others: [PS],
};

const kindOf = (at: ExpectedStep, ...pasted: string[]) => judge(pasted.join('\n'), at, AROUND).kind;

describe('the same', () => {
  const [header = '', row = ''] = TABLE;
  test.each<[string, string]>([
    ['bash', 'sam@lab:~/workshop$ docker ps'],
    ['bash, as root', 'root@lab:/etc# docker ps'],
    ['bash, in brackets', '[sam@lab ~]$ docker ps'],
    ['bash, in a virtual environment', '(venv) sam@lab:~$ docker ps'],
    ['zsh', 'sam@MacBook ~ % docker ps'],
    ['Oh My Zsh', '➜  ~ docker ps'],
    ['Oh My Zsh, in a repository', '➜  shop git:(main) ✗ docker ps'],
    ['fish', 'sam@lab ~> docker ps'],
    ['Starship', '~/workshop via 🐳 ❯ docker ps'],
    ['PowerShell', 'PS C:\\Users\\sam> docker ps'],
    ['cmd', 'C:\\Users\\sam>docker ps'],
    ['the lessons', '$ docker ps'],
    ['no prompt', 'docker ps'],
    ['sudo', 'sam@lab:~$ sudo docker ps'],
  ])('after the prompt of %s', (_shell, typed) => {
    expect(judge([typed, ...TABLE].join('\n'), PS, AROUND)).toEqual({
      kind: 'same',
      isPart: false,
    });
  });

  test.each<[string, readonly string[]]>([
    ['with CRLF and trailing blanks', TABLE.map((line) => `${line}   \r`)],
    ['with colors', TABLE.map((line) => `\x1b[1m\x1b[38;5;208m${line}\x1b[0m`)],
    ['with non-breaking spaces', TABLE.map((line) => line.replaceAll(' ', '\u00a0'))],
    ['with typographic quotes', TABLE.map((line) => line.replace(/"(.*)"/, '“$1”'))],
    ['in a fence', ['```console', ...TABLE, '```']],
    ['quoted', TABLE.map((line) => `> ${line}`)],
    ['indented', TABLE.map((line) => `    ${line}`)],
    ['with collapsed blanks', TABLE.map((line) => line.replace(/ +/g, ' '))],
    ['with text above and below', ['Hello!', '', 'I get this:', '', ...TABLE, '', 'Is it right?']],
    ['after other commands', ['sam@lab:~$ docker --version', 'Docker version 29', ...TABLE]],
    ['with the next prompt', [...TABLE, 'sam@lab:~$ ']],
    [
      'broken by a narrow terminal',
      [header.slice(0, 40), header.slice(40), row.slice(0, 40), row.slice(40)],
    ],
  ])('%s', (_how, pasted) => {
    expect(kindOf(PS, ...pasted)).toBe('same');
  });

  test('a part, which the answer tells', () => {
    expect(judge(TABLE[1] ?? '', PS, AROUND)).toEqual({ kind: 'same', isPart: true });
  });

  test('a part of a build, whose rows come in any order', () => {
    const { typed, output } = BUILT;
    const pasted = [`$ ${typed}`, ...output.slice(0, 2)];
    expect(judge(pasted.join('\n'), BUILD, AROUND)).toEqual({ kind: 'same', isPart: true });
    // The next prompt tells that it is all.
    expect(kindOf(BUILD, ...pasted, '$ ')).toBe('different');
  });

  test('a long line that is broken within words, or within an id', () => {
    const broken = (width: number) => CONFLICT.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
    for (const width of [47, 60, 80, 119]) {
      expect(kindOf(NAME, ...broken(width)), `${width}`).toBe('same');
      expect(kindOf(NAME, '$ docker run --name parrot debian echo Ahoy', ...broken(width))).toBe(
        'same',
      );
    }
  });

  test('a command that is typed twice, once or both times', () => {
    const typed = '$ docker run --name parrot debian echo Ahoy';
    expect(kindOf(NAME, typed, 'Ahoy', typed, CONFLICT)).toBe('same');
    expect(kindOf(NAME, typed, CONFLICT)).toBe('same');
    expect(kindOf(NAME, typed, 'Ahoy')).toBe('same');
  });

  test('a command that is broken by a narrow terminal', () => {
    expect(kindOf(NAME, 'sam@lab:~$ docker run --name par', 'rot debian echo Ahoy', 'Ahoy')).toBe(
      'same',
    );
  });

  test('a command that prints nothing', () => {
    expect(kindOf(SILENT, '$ docker run debian bash', '$ echo $?', '0')).toBe('same');
    expect(kindOf(SILENT, '$ docker run debian bash', '$')).toBe('same');
  });

  test('what was typed in a container', () => {
    expect(
      kindOf(
        INSIDE,
        `root@${ID}:/# cat /etc/issue`,
        'Debian GNU/Linux 13 \\n \\l',
        '',
        `root@${ID}:/# exit`,
        'exit',
      ),
    ).toBe('same');
  });

  test('a line of the output that looks like a prompt', () => {
    const echoed = `root@${ID}:/# ls`;
    const TYPED = step('typed', ['docker run -t debian bash', echoed, '^C^C']);
    const other = echoed.replace(ID, '55eb0cbabfe3');
    expect(kindOf(TYPED, '$ docker run -t debian bash', other, '^C^C')).toBe('allowed');
  });

  test('a help text that another width wraps elsewhere', () => {
    expect(
      kindOf(
        HELP,
        'Options:',
        '      --annotation map    Add an annotation to the container',
        '                          (passed through to the OCI runtime) (default map[])',
        '  -a, --attach list       Attach to STDIN, STDOUT or STDERR',
      ),
    ).toBe('same');
  });
});

describe('different only where it may be', () => {
  test('an id, an age and a name, each with its reason', () => {
    const row =
      'aaaabbbb0000   debian    "bash"    2 minutes ago   Up 2 minutes             hopeful_hopper';
    const answer = judge([TABLE[0], row].join('\n'), PS, AROUND);
    expect(answer).toMatchObject({ kind: 'allowed', isPart: false });
    if (answer.kind !== 'allowed') return;
    expect(answer.differing.map(({ expected, found }) => [expected, found])).toEqual([
      [ID, 'aaaabbbb0000'],
      ['3 seconds', '2 minutes'],
      ['boring_wozniak', 'hopeful_hopper'],
    ]);
    expect(answer.differing.every(({ why }) => why !== undefined)).toBe(true);
  });

  test('whether the image was there before', () => {
    const pulled = { expected: PULL[0], found: '' };
    const answer = judge('$ docker run debian echo Ahoy\nAhoy', RUN, AROUND);
    expect(answer).toEqual({ kind: 'allowed', isPart: false, differing: [pulled] });
    expect(kindOf(NAME, '$ docker run --name parrot debian echo Ahoy', ...PULL, 'Ahoy')).toBe(
      'allowed',
    );
  });

  test('whether a pulled image was there before, but not which one it is', () => {
    const status = 'Status: Image is up to date for debian:latest';
    expect(kindOf(RUN, ...PULL.slice(1, 4), status)).toBe('allowed');
    const other = PULL.map((line) => line.replaceAll('debian', 'ubuntu'));
    expect(kindOf(RUN, ...other, 'Ahoy')).toBe('different');
    expect(kindOf(RUN, ...PULL.slice(0, 3), '49cc7fb12c35: Pull complete', ...PULL.slice(3))).toBe(
      'allowed',
    );
  });

  test('the states through which a layer went', () => {
    const states = [
      'Pulling fs layer',
      'Waiting',
      'Downloading [==>   ]  1.2MB/48MB',
      'Download complete',
      'Pull complete',
    ];
    const layers = states.map((state) => `49cc7fb12c34: ${state}`);
    expect(kindOf(RUN, ...PULL.slice(0, 2), ...layers, ...PULL.slice(3), 'Ahoy')).toBe('same');
    const drawn = layers.map((line) => `\x1b[1A\x1b[2K\r${line}\r\n`).join('');
    expect(
      kindOf(RUN, ...PULL.slice(0, 2), `${drawn}${PULL[3] ?? ''}`, PULL[4] ?? '', 'Ahoy'),
    ).toBe('same');
  });

  test('the progress of a build in a wider terminal', () => {
    const answer = kindOf(
      BUILD,
      '$ docker build -t greet .',
      '[+] Building 12.1s (9/9) FINISHED                                                      docker:default',
      ' => [internal] load build definition from Dockerfile                                             0.1s',
      ' => [1/2] FROM docker.io/library/debian:latest@sha256:aaaa3397bd8a57d123e4f2b8a9a0c1d2e3f4a5b6c  0.1s',
      ' => [2/2] RUN apt-get update && apt-get install -y figlet cowsay fortune                        10.2s',
      ' => exporting to image                                                                           1.9s',
    );
    expect(answer).toBe('allowed');
  });

  test.each(['docker:desktop-linux', 'docker-container:mine'])('a builder: %s', (builder) => {
    const { typed, output } = BUILT;
    const built = output.map((line) => line.replace('docker:default', builder));
    expect(judge([`$ ${typed}`, ...built].join('\n'), BUILD, AROUND)).toEqual({
      kind: 'allowed',
      isPart: false,
      differing: [{ why: 'the name of your builder', expected: 'docker:default', found: builder }],
    });
  });

  test.each([
    ['0.330', '0m0.330s'],
    ['1:02.33', '1m2.330s'],
    ['1:00:02.33', '60m2.330s'],
  ])('what time of zsh writes in one line: %s', (total, real) => {
    const timed = `docker run debian echo Ahoy  0.01s user 0.02s system 12% cpu ${total} total`;
    const typed = 'sam@mac ~ % time docker run debian echo Ahoy';
    const answer = judge([typed, 'Ahoy', timed, 'sam@mac ~ %'].join('\n'), TIMED, AROUND);
    expect(answer).toMatchObject({ kind: 'allowed', isPart: false });
    const slow = judge([typed, timed].join('\n'), TIMED, AROUND);
    expect(slow).toEqual({ kind: 'different', difference: { expected: 'Ahoy' } });
    expect(timedAsInBash(timed)).toEqual([
      `real    ${real}`,
      'user    0m0.010s',
      'sys     0m0.020s',
    ]);
  });
});

test('what another Engine prints', () => {
  expect(judge('$ docker ps\nCannot connect', ENGINES, AROUND)).toEqual({
    kind: 'engine',
    engines: ['28', '27'],
  });
});

describe('really different', () => {
  const [header = '', row = ''] = TABLE;
  test.each<[string, ExpectedStep, readonly string[], object]>([
    [
      'another word',
      PS,
      [header, row.replace('debian', 'ubuntu')],
      { expected: row, found: row.replace('debian', 'ubuntu') },
    ],
    [
      'one more row',
      PS,
      [header, row, row.replace('debian', 'ubuntu')],
      { found: row.replace('debian', 'ubuntu') },
    ],
    ['a missing row before the next prompt', PS, ['$ docker ps', header, '$ '], { expected: row }],
    [
      'output of a silent command',
      SILENT,
      ['$ docker run debian bash', 'hello', '$ echo $?'],
      { found: 'hello' },
    ],
    [
      'another number',
      SILENT,
      ['$ docker run debian bash', '$ echo $?', '137'],
      { expected: '0', found: '137' },
    ],
    [
      'the first of two',
      INSIDE,
      ['# cat /etc/issue', 'Debian GNU/Linux 12 \\n \\l', '# exit', 'logout'],
      { expected: 'Debian GNU/Linux 13 \\n \\l', found: 'Debian GNU/Linux 12 \\n \\l' },
    ],
  ])('%s', (_what, at, pasted, difference) => {
    expect(judge(pasted.join('\n'), at, AROUND)).toEqual({ kind: 'different', difference });
  });
});

describe('an error', () => {
  test('instead of what the step prints', () => {
    expect(
      judge(
        '$ docker ps\nCannot connect to the Docker daemon at unix:///var/run/docker.sock.',
        PS,
        AROUND,
      ),
    ).toEqual({ kind: 'error', error: 'engine-stopped', isShown: false });
  });

  test('that the step shows for something else', () => {
    const other = CONFLICT.replace('parrot', 'web');
    expect(judge(other, NAME, AROUND)).toEqual({
      kind: 'error',
      error: 'name-in-use',
      isShown: true,
    });
  });

  test('that a terminal broke', () => {
    expect(
      judge('docker: Cannot connect to the Doc\nker daemon at unix:', PS, AROUND),
    ).toMatchObject({ kind: 'error' });
  });
});

describe('nothing of the step', () => {
  test.each(['', '   \n\n', 'Hello, how are you?', 'sam@lab:~$ ', '```\n```'])('%j', (pasted) => {
    expect(judge(pasted, RUN, AROUND)).toEqual({ kind: 'nothing' });
  });

  test('but of another one', () => {
    expect(judge(TABLE.join('\n'), RUN, AROUND)).toEqual({ kind: 'nothing', step: 'ps' });
  });
});

test('a long log that has nothing to do with a step is answered at once', () => {
  const log = Array.from(
    { length: 1000 },
    (_, index) => `2026-11-26T22:00:00Z level=info msg="request ${index}" id=${ID} took 3ms`,
  );
  const others = Array.from({ length: 20 }, (_, index) => ({ ...NAME, id: `step-${index}` }));
  const before = performance.now();
  expect(judge(log.join('\n'), RUN, { ...AROUND, others }).kind).toBe('nothing');
  // A tenth of this on an idle machine.
  expect(performance.now() - before).toBeLessThan(5000);
});
