import { describe, expect, test } from 'vitest';
import { recorded } from '../support/recorded.ts';
import { fence } from '../support/recorder.ts';

const raw = String.raw;
const anyExit = 'exit=any because="the client ends as it likes"';

describe('programs in containers', () => {
  const { screen, typed, cast, file } = recorded('inside', 'images: [debian, busybox]', [
    fence('shell', '$ docker run -it --rm --hostname c debian bash', '# stty size'),
    fence('many', '# seq 20000'),
    fence(
      'large',
      `# yes ${'0123456789'.repeat(7)} | head -c 3000000`,
      "# printf 'x%.0s' {1..100000}; echo y",
    ),
    fence(
      'bytes',
      raw`# printf '\ntail\xf0\x9f'`,
      raw`# printf 'a\0b\xff\n'`,
      '# cat <<END',
      '> one',
      '> ',
      '> END',
      '# echo "a',
      '> b"',
    ),
    fence(
      'silent',
      '# read -s -p "secret? " x',
      '# hidden',
      '# stty -echo',
      '# echo unseen',
      '# stty echo',
      '# echo $x',
    ),
    fence('wider cols=120', '# stty size', `# echo ${'word '.repeat(25)}| wc -w`),
    fence('deeper cols=50', '# bash --norc', "# PS1='deep# '", '# stty size'),
    fence('deepest cols=90', '# stty size', '# exit', '# exec sh', '# echo sh'),
    fence('over', '# exit', '$ stty size'),
    fence(
      'runc',
      '$ mkdir -p b/rootfs; docker create -q --name bundle busybox >/dev/null; docker export bundle | tar -C b/rootfs -xf -',
      '$ cd b; runc spec',
      '$ runc run me',
      '# sleep 0.5; echo slow',
      '# exit',
      '$ cd ..; docker rm bundle',
    ),
    fence(
      'ctr',
      '$ ctr -a /run/docker/containerd/containerd.sock -n moby run --rm -t docker.io/library/busybox:latest me sh',
      '# sleep 0.5; echo slow',
      '# exit',
      '$ echo out',
    ),
    fence('ash', '$ docker run -it --rm busybox sh', '# stty size'),
    fence(
      'ash-narrow cols=40',
      '# stty size',
      '# echo a line that is longer than forty columns, which busybox wraps by itself',
      '# cat <<END',
      '> one',
      '> END',
      '# echo a \\',
      '> b',
    ),
    fence('ash-over', '# exit'),
    fence(
      'tails',
      "$ docker run --rm -t busybox printf 'with t'",
      "$ docker run --rm busybox printf 'without'",
      "$ docker run --rm -it busybox sh -c 'printf both'",
      '$ echo .',
    ),
    fence('pipe', '$ docker run --rm -i debian bash', '# seq 20000 | tail -n 1', '# exit'),
    fence(
      'loop until="tick" keys="^P^Q"',
      "$ docker run -it --name loop busybox sh -c 'echo tick; exec sleep 1000'",
    ),
    fence(
      'others',
      '$ docker run -dit --name xx --hostname x debian bash',
      '$ docker run -dit --name yy --hostname y debian bash',
      '$ docker attach yy',
    ),
    fence(`detach until="out" keys="^P^Q" ${anyExit}`, '# echo out'),
    fence('attach', '$ docker attach xx', '# echo in x', '# exit'),
    fence(
      'exec',
      '$ docker exec -it loop sh',
      '# echo hi',
      '# exit',
      '$ docker exec -t loop printf tail',
    ),
    fence(`logs until="tick" keys="^C" ${anyExit}`, '$ docker logs -f loop'),
    fence(`stats until="loop" keys="^C" expect="NAME" ${anyExit}`, '$ docker stats'),
    fence('later', "$ docker run -d --name late busybox sh -c 'sleep 0.5; echo printed later'"),
    fence('late', '$ docker wait late', '$ docker logs late'),
    fence(
      'password until="Password: " keys="hunter2^M" exit=1',
      '$ docker login -u me localhost:9',
    ),
    fence('asked exit=1', '$ docker login -u me localhost:9', '# letmein'),
    fence('vi until="~" keys="ihi^[:wq^M"', '$ docker run --rm -it busybox vi /tmp/f'),
    // None of its layers is in the lab yet.
    fence('pull', '$ docker pull debian:trixie-slim', '$ docker rm -f loop yy'),
    fence(
      'registry hide',
      '$ docker run -d --name registry -p 5000:5000 registry:2',
      '$ until curl -sf localhost:5000/v2/; do sleep 0.1; done',
      '$ docker tag debian localhost:5000/pushed',
    ),
    fence('push', '$ docker push localhost:5000/pushed'),
  ]);

  test('a shell, at several widths, two levels deep', () => {
    expect(screen('shell')).toBe(
      '$ docker run -it --rm --hostname c debian bash\nroot@c:/# stty size\n24 80\nroot@c:/#\n',
    );
    expect(screen('wider')).toBe(
      `root@c:/# stty size\n24 120\nroot@c:/# echo ${'word '.repeat(25)}| wc -w\n25\nroot@c:/#\n`,
    );
    expect(screen('deeper')).toBe(
      "root@c:/# bash --norc\nbash-5.2# PS1='deep# '\ndeep# stty size\n24 50\ndeep#\n",
    );
    expect(screen('deepest')).toBe(
      'deep# stty size\n24 90\ndeep# exit\nexit\nroot@c:/# exec sh\n# echo sh\nsh\n#\n',
    );
    expect(screen('over')).toBe('# exit\n$ stty size\n24 80\n');
  });
  test('20,000 lines, 3 MB, a line of 100,000 characters', () => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join('');
    expect(screen('many')).toBe(`root@c:/# seq 20000\n${numbers}root@c:/#\n`);
    const all = `${'0123456789'.repeat(7)}\n`.repeat(42_254).slice(0, 3e6);
    expect(screen('large').slice(screen('large').indexOf('\n') + 1)).toBe(
      `${all}root@c:/# printf 'x%.0s' {1..100000}; echo y\n${'x'.repeat(100_000)}y\nroot@c:/#\n`,
    );
  });
  test('bytes, heredocs, quotes', () =>
    expect(screen('bytes')).toBe(
      [
        raw`root@c:/# printf '\ntail\xf0\x9f'`,
        '',
        raw`tail�root@c:/# printf 'a\0b\xff\n'`,
        'ab�',
        'root@c:/# cat <<END',
        '> one',
        '>',
        '> END',
        'one',
        '',
        'root@c:/# echo "a',
        '> b"',
        'a',
        'b',
        'root@c:/#',
        '',
      ].join('\n'),
    ));
  test('a program that echoes nothing', () => {
    expect(screen('silent')).toBe(
      [
        'root@c:/# read -s -p "secret? " x',
        'secret? root@c:/# stty -echo',
        'root@c:/#',
        'unseen',
        'root@c:/#',
        'root@c:/# echo $x',
        'hidden',
        'root@c:/#',
        '',
      ].join('\n'),
    );
    expect(typed('silent').map((line) => line !== null)).toEqual([
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
  });
  test('busybox, which wraps by itself', () => {
    expect(screen('ash-narrow')).toBe(
      [
        '/ # stty size',
        '24 40',
        '/ # echo a line that is longer than fort',
        'y columns, which busybox wraps by itself',
        'a line that is longer than forty columns, which busybox wraps by itself',
        '/ # cat <<END',
        '> one',
        '> END',
        'one',
        '/ # echo a \\',
        '> b',
        'a b',
        '/ #',
        '',
      ].join('\n'),
    );
    expect(typed('ash-narrow')[1]).toMatch(/fort\ny columns/);
  });
  test('below the Engine: runc and ctr', () => {
    expect(screen('runc')).toMatch(
      /\/ # sleep 0\.5; echo slow\nslow\n\/ # exit\n\$ cd \.\.; docker rm bundle\nbundle\n$/,
    );
    expect(screen('ctr')).toMatch(
      /\/ # sleep 0\.5; echo slow\nslow\n\/ # exit\n\$ echo out\nout\n$/,
    );
  });
  test('output without a final newline', () =>
    expect(screen('tails')).toBe(
      [
        "$ docker run --rm -t busybox printf 'with t'",
        "with t$ docker run --rm busybox printf 'without'",
        "without$ docker run --rm -it busybox sh -c 'printf both'",
        'both$ echo .',
        '.',
        '',
      ].join('\n'),
    ));
  test('a container on a pipe', () =>
    expect(screen('pipe')).toBe(
      '$ docker run --rm -i debian bash\nseq 20000 | tail -n 1\n20000\nexit\n',
    ));
  test('detach and attach, while other containers wait', () => {
    expect(screen('loop')).toMatch(/exec sleep 1000'\ntick\n/);
    expect(screen('others')).toMatch(/\n\$ docker attach yy\n(root@y:\/#\n)?$/);
    expect(screen('detach')).toMatch(
      /^(root@y:\/# )?echo out\nout\nroot@y:\/# read escape sequence\n$/,
    );
    // To make the shell redraw its prompt, the client changes the size of the container's terminal
    // and changes it back. On a busy machine, bash may notice only after both, see no change and
    // draw no prompt: 3 times in 60, also without a recorder.
    expect(screen('attach')).toMatch(
      /^\$ docker attach xx\n(root@x:\/# )?echo in x\nin x\nroot@x:\/# exit\nexit\n$/,
    );
    expect(screen('exec')).toMatch(
      /\/ # echo hi\nhi\n\/ # exit\n\$ docker exec -t loop printf tail\ntail\n$/,
    );
  });
  test('commands that do not end by themselves', () => {
    expect(screen('logs')).toBe('$ docker logs -f loop\ntick\n^C\n');
    expect(screen('stats')).toMatch(/^CONTAINER ID +NAME/);
    expect(typed('stats')).toEqual([null]);
  });
  test('a container that prints after its step', () =>
    expect(screen('late')).toBe('$ docker wait late\n0\n$ docker logs late\nprinted later\n'));
  test('a password', () => {
    expect(screen('password')).toMatch(/^\$ docker login .*\nPassword: ?\nError response/);
    expect(screen('asked')).toMatch(/^\$ docker login .*\nPassword: ?\nError response/);
    expect(typed('asked')).toEqual(['$ docker login -u me localhost:9', null]);
  });
  // Lines of the lesson are recorded whatever program reads them; keys are not.
  test('keys that are not echoed are in no file', () => {
    // In a cast, each key can be an event.
    const data = cast('password').events.map((event) => event[2]);
    expect(data.join('')).toContain('Password: ');
    for (const text of [
      data.join(''),
      ...['password.cast', 'password.txt', 'proof.json'].map(file),
    ])
      expect(text).not.toContain('hunter2');
  });
  test('vi', () => expect(screen('vi')).toBe('$ docker run --rm -it busybox vi /tmp/f\n'));
  test('the progress bars of a push, which redraw each other', () =>
    expect(screen('push')).toMatch(
      /\nUsing default tag: latest\nThe push refers to repository \[localhost:5000\/pushed\]\n([0-9a-f]{12}: Pushed *\n)+latest: digest: sha256:[0-9a-f]{64} size: \d+\n/,
    ));
  test('the progress of a pull', () =>
    expect(screen('pull')).toMatch(
      /^\$ docker pull .*\ntrixie-slim: Pulling from library\/debian\n([0-9a-f]{12}: Pull complete *\n)+Digest: /,
    ));
});

describe('builds and compose', () => {
  const { screen, typed } = recorded('work', 'images: [debian, busybox]', [
    fence(
      'thirty timeout=3m',
      '$ { echo FROM busybox; for i in $(seq 30); do echo "RUN echo step $i"; done; } > Dockerfile',
      '$ docker build -t thirty .',
    ),
    fence(
      'parallel',
      raw`$ printf 'FROM busybox AS a\nRUN sleep 0.3; echo a > /a\nFROM busybox AS b\nRUN sleep 0.3; echo b > /b\nFROM busybox\nCOPY --from=a /a /\nCOPY --from=b /b /\n' > Dockerfile`,
      '$ docker build .',
    ),
    fence(
      'compose',
      "$ cat > compose.yaml <<'END'",
      '> services:',
      '>   one:',
      '>     image: busybox',
      ">     command: sh -c 'echo one up; sleep 1000'",
      '>     stop_signal: SIGKILL',
      '>   two:',
      '>     image: debian',
      '>     hostname: two',
      '>     tty: true',
      '>     stdin_open: true',
      '>     stop_signal: SIGKILL',
      '> END',
    ),
    fence(`up until="one up" keys="^C" ${anyExit}`, '$ docker compose up'),
    fence(
      'run',
      '$ docker compose run --rm two',
      '# echo in two',
      '# exit',
      '$ docker compose up -d',
      '$ docker compose exec one sh',
      '# echo in one',
      '# exit',
      '$ docker compose down -t 0',
    ),
    fence(
      'python timeout=2m',
      raw`$ printf 'FROM debian\nRUN apt-get update -qq && apt-get install -qqy python3-minimal >/dev/null 2>&1\n' | docker build -qt py - >/dev/null`,
      '$ docker run --rm -it py python3 -q',
    ),
    fence(
      'repl prompt=">>> "',
      '>>> 1+1',
      '>>> for i in range(2): print(i)',
      '> ',
      '>>> input("q? ")',
      '>>> answer',
      '>>> exit()',
    ),
  ]);

  test('30 build steps on 24 rows, none twice', () => {
    const steps = Array.from(screen('thirty').matchAll(/^ => .*RUN echo step (\d+) /gm), (m) =>
      Number(m[1]),
    );
    expect(steps).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(screen('thirty').match(/^\[\+\] Building/gm)).toHaveLength(1);
  });
  test('parallel build steps', () => {
    const rows = screen('parallel')
      .split('\n')
      .filter((row) => row.includes('] RUN sleep'));
    expect(rows.map((row) => row.trimEnd().replace(/ +\d+\.\ds$/, '')).sort()).toEqual([
      ' => [a 2/2] RUN sleep 0.3; echo a > /a',
      ' => [b 2/2] RUN sleep 0.3; echo b > /b',
    ]);
  });
  test('compose up in the foreground, with a service on a terminal', () => {
    expect(screen('up')).toMatch(/\nAttaching to one-1, two-1\n/);
    expect(screen('up')).toMatch(/\none-1 +\| one up\n/);
    expect(screen('up')).toMatch(/\none-1 exited with code 137\n/);
  });
  test('compose run and exec', () => {
    expect(screen('run')).toContain('\nroot@two:/# echo in two\nin two\nroot@two:/# exit\nexit\n');
    expect(screen('run')).toContain('\n/ # echo in one\nin one\n/ # exit\n');
  });
  test('python, whose editor redraws the line at each key', () => {
    expect(screen('repl')).toBe(
      '>>> 1+1\n2\n>>> for i in range(2): print(i)\n...\n0\n1\n>>> input("q? ")\nq? answer\n\'answer\'\n>>> exit()\n',
    );
    expect(typed('repl')[0]).toBe('>>> 1+1');
    expect(typed('repl').slice(2)).toEqual(['>>> input("q? ")', 'q? answer', '>>> exit()']);
  });
});
