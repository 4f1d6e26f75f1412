import { describe, expect, test } from 'vitest';
import { replay } from '../../src/core/recording/terminal.ts';
import { recorded } from '../support/recorded.ts';
import { fence } from '../support/recorder.ts';

const raw = String.raw;

describe('what a terminal is sent', () => {
  const { screen, typed, cast } = recorded('sent', '', [
    fence('many', '$ seq 20000'),
    fence('large', `$ yes ${'0123456789'.repeat(7)} | head -c 3000000`),
    fence('long', "$ printf 'x%.0s' {1..100000}; echo y"),
    fence(
      'binary',
      raw`$ printf 'a\0b\001c\002d\r\n'`,
      raw`$ printf '\xe2'; sleep 0.05; printf '\x82'; sleep 0.05; printf '\xac\n'`,
      raw`$ printf 'bad \xc3( \xf0\x9f\x98 \xed\xa0\x80 \xff end\n'`,
      raw`$ printf 'cut \xf0\x9f'`,
      raw`$ printf '\xef\xbb\xbfbom \x9b31mC1 \u009b1m\n'`,
      '$ head -c 20000 /dev/zero',
    ),
    fence('cut', raw`$ printf 'tail\xf0\x9f'`),
    fence('random', '$ head -c 20000 /dev/urandom', '$ echo alive'),
    fence('clean', '$ echo clean'),
    fence(
      'wide',
      raw`$ printf '%79s日|\n' x; printf '%78s日|\n' x; printf '%77s日|\n' x`,
      raw`$ printf 'e\u0301 a\u0300\u0316|\n%79se\u0301|\n%80s\u0301|\n' x x`,
      raw`$ printf '\U1F468\u200D\U1F469\u200D\U1F467|\u200b|❤️|\U1F1E9\U1F1EA|👍🏽|\n'`,
      raw`$ printf '%79s\U1F468\u200D\U1F469|\n' x`,
      "$ echo 'typed 日本語 é 👍 ok'",
    ),
    fence(
      'sequences',
      raw`$ printf '\e]0;title\a\e]2;t2\e\\titled\n'`,
      raw`$ printf '\e]8;;http://x.y/\e\\link\e]8;;\e\\ \e]52;c;aGVsbG8=\a clip\n'`,
      raw`$ printf '\eP1;2|abc\e\\dcs \e_apc\e\\apc \e^pm\e\\pm \eXsos\e\\sos\n'`,
      raw`$ printf '\e(0lqqk\e(B plain\n'`,
      raw`$ printf '\e[?1000h\e[?1004h\e[?2004h\e[?1h\e=modes\n'`,
    ),
    fence(
      'colours',
      raw`$ printf '\e[31mr\e[97;44mw\e[0m \e[38;5;208mo\e[48;5;16mk\e[0m \e[38;2;1;2;3mt\e[48:2::4:5:6mu\e[0m\n'`,
      raw`$ printf '\e[1mb\e[3mi\e[4:3mu\e[9ms\e[0m \e[7minv \e[0m \e[8mhidden\e[0m\n'`,
    ),
    fence(
      'asked-too-early',
      raw`$ printf '\e[6n\e[c\e[>c\e[5n\e]10;?\a\e]11;?\a\e]52;c;?\a\e[18t\e[?1$p\eP$qm\e\\\005'`,
      '$ cat',
      '# typed',
    ),
    fence('asked until="typed again" keys="^D"', '# typed again'),
    fence(
      'answered',
      raw`$ IFS= read -rs -d c -p $'\e[c' what; printf '%q\n' "$what"`,
      raw`$ IFS= read -rs -d R -p $'\e[3;7H\e[6n' place; printf '%q\n' "$place"`,
    ),
    fence(
      'moves',
      raw`$ printf 'one\rtwo\n'; for i in 1 2 3; do printf "\r$i%%"; sleep 0.05; done; echo`,
      raw`$ printf 'abc\e7def\e8XYZ\n\e[s12\e[u3\n'`,
      raw`$ printf 'a\nb\nc\n\e[2A\e[Knew\e[2B\n'`,
      '$ tput sc; tput cuf 5; echo there; tput rc; tput cud 1',
    ),
    fence('region', raw`$ printf '\e[5;10r'; seq 8; printf '\e[r\e[12H'; echo below`),
    fence('cleared', '$ echo gone', '$ clear; echo kept', '$ echo too'),
    fence('reset', '$ echo gone', '$ reset; echo kept'),
    fence('scrollback', '$ seq 30', raw`$ printf '\e[H\e[2J\e[3J'; echo kept`),
    fence('left', raw`$ printf '\e[31;44m\e[?25l\e[?7l\e[5;10r\e[?6hleft'`),
    fence('after-left', '$ echo as new'),
    fence('alternate', raw`$ printf '\e[?1049h\e[Hon it\n'`, '$ echo one'),
    fence('alternate-left', '$ echo two', raw`$ printf '\e[?1049l'`, '$ echo back'),
    fence('alternate-over', '$ echo three'),
    fence('pager prompt="::"', '$ seq 100 > n; less n', ':: /^5', ':: G'),
    fence('pager-wide cols=100 prompt="::"', ':: g'),
    fence('pager-end prompt="::"', ':: q', '$ echo after'),
    fence(
      'top until="COMMAND" keys="q" expect="top -" expect="COMMAND" exit=any because="it ends as it likes"',
      '$ top',
    ),
    fence('editor until="New Buffer" keys="hello^Xn"', '$ nano'),
    fence('stopped until="go" keys="^Z" exit=148', "$ sh -c 'echo go; sleep 100'"),
    fence('resumed', '$ bg', '$ kill %1', '$ wait'),
    fence(
      'again until="go" keys="^Z" exit=148',
      // `fg` prints the command, in which the text that is waited for must not be.
      "$ sh -c 'echo go; sleep 0.3; echo l\\ate; exec sleep 100'",
    ),
    fence(
      'slow until="go" keys="^C^C^C" expect="taken 3 times"',
      '$ perl -MPOSIX -e \'$| = 1; $set = POSIX::SigSet->new(SIGINT); $SIG{INT} = sub { $n++ }; sigprocmask(SIG_BLOCK, $set); print "go"; for (1 .. 3) { select undef, undef, undef, 1; sigprocmask(SIG_UNBLOCK, $set); sigprocmask(SIG_BLOCK, $set) } print " taken $n times\\n"\'',
    ),
    fence('foreground until="late" keys="^C" exit=130', '$ fg'),
    fence(
      String.raw`quit until="go" keys="^\\" exit=131`,
      "$ sh -c 'ulimit -c 0; echo go; exec sleep 100'",
    ),
    fence('shell', '$ bash --norc'),
    fence('prompt-before until="bash-" keys="x^U"', '# sleep 0.5; echo printed'),
    fence('shell-left', '# exit'),
    fence(
      'draws',
      "$ cat > draws.pl <<'END'",
      raw`> $| = 1; system 'stty raw -echo isig'; print '> '; while (sysread STDIN, $c, 1) { if ($c ne "\r") { $l .= $c; print "\r\e[K> \e[1m$l\e[m"; next } sleep 1; print "\r\nran $l\r\n> "; $l = '' }`,
      '> END',
      '$ perl draws.pl',
    ),
    fence('drawn prompt="%" until="hello" keys="^C" exit=130', '% hello'),
    fence('undrawn', '$ stty sane'),
    fence(
      'script',
      '$ script -q /tmp/log -c \'PS1="in# " bash --norc\'',
      '# sleep 0.5; echo slow',
      '# cat',
    ),
    fence('script-wider cols=100 until="x" keys="^D"', '# x'),
    fence('script-left', '# stty size', '# exit', '$ echo out'),
    fence(
      'beside-script',
      `$ bash -c 'script -qc "sleep 2" /dev/null </dev/null >/dev/null & read -p "q? " x; echo got $x'`,
      '# hi',
    ),
    fence('cat', '$ cat'),
    fence('cat-stopped until="x" keys="^Z" exit=148', '# x'),
    fence('cat-again', '$ fg', '# y'),
    fence('cat-end until="z" keys="^D"', '# z'),
    fence(
      'resizes cols=70',
      '$ (for i in $(seq 100); do echo bg $i; sleep 0.003; done; touch /tmp/end) & disown',
    ),
    fence('resized', '$ until [ -e /tmp/end ]; do sleep 0.1; done'),
  ]);

  test('20,000 lines, 3 MB, a line of 100,000 characters', () => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join('');
    expect(screen('many')).toBe(`$ seq 20000\n${numbers}`);
    const large = screen('large');
    const line = `${'0123456789'.repeat(7)}\n`;
    expect(large.slice(large.indexOf('\n') + 1)).toBe(`${line.repeat(42_254).slice(0, 3e6)}\n`);
    expect(screen('long')).toBe(`$ printf 'x%.0s' {1..100000}; echo y\n${'x'.repeat(100_000)}y\n`);
  });
  test('bytes that are not text', () => {
    expect(screen('binary')).toBe(
      [
        raw`$ printf 'a\0b\001c\002d\r\n'`,
        'abcd',
        raw`$ printf '\xe2'; sleep 0.05; printf '\x82'; sleep 0.05; printf '\xac\n'`,
        '€',
        raw`$ printf 'bad \xc3( \xf0\x9f\x98 \xed\xa0\x80 \xff end\n'`,
        'bad �( � ��� � end',
        raw`$ printf 'cut \xf0\x9f'`,
        raw`cut �$ printf '\xef\xbb\xbfbom \x9b31mC1 \u009b1m\n'`,
        'bom �31mC1',
        '$ head -c 20000 /dev/zero',
        '',
      ].join('\n'),
    );
    expect(screen('cut')).toBe(raw`$ printf 'tail\xf0\x9f'` + '\ntail�\n');
    expect(screen('clean')).toBe('$ echo clean\nclean\n');
  });
  test('wide, combining and joined characters, also at the margin', () =>
    expect(screen('wide').split('\n')).toEqual([
      raw`$ printf '%79s日|\n' x; printf '%78s日|\n' x; printf '%77s日|\n' x`,
      `${'x'.padStart(79)}日|`,
      `${'x'.padStart(78)}日|`,
      `${'x'.padStart(77)}日|`,
      raw`$ printf 'e\u0301 a\u0300\u0316|\n%79se\u0301|\n%80s\u0301|\n' x x`,
      'e\u0301 a\u0300\u0316|',
      `${'x'.padStart(79)}e\u0301|`,
      `${'x'.padStart(80)}\u0301|`,
      raw`$ printf '\U1F468\u200D\U1F469\u200D\U1F467|\u200b|❤️|\U1F1E9\U1F1EA|👍🏽|\n'`,
      '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}|\u200b|❤️|\u{1F1E9}\u{1F1EA}|👍🏽|',
      raw`$ printf '%79s\U1F468\u200D\U1F469|\n' x`,
      `${'x'.padStart(79)}\u{1F468}\u200d\u{1F469}|`,
      "$ echo 'typed 日本語 é 👍 ok'",
      'typed 日本語 é 👍 ok',
      '',
    ]));
  test('titles, links, clipboard, device control, modes: not on the screen, but unchanged in the cast', () => {
    expect(
      screen('sequences')
        .split('\n')
        .filter((_, index) => index % 2 === 1),
    ).toEqual(['titled', 'link  clip', 'dcs apc pm sos', '┌──┐ plain', 'modes']);
    const printed = cast('sequences').events.map(([, code, data]) => (code === 'o' ? data : ''));
    for (const line of [
      '\x1b]0;title\x07\x1b]2;t2\x1b\\titled',
      '\x1b]8;;http://x.y/\x1b\\link\x1b]8;;\x1b\\ \x1b]52;c;aGVsbG8=\x07 clip',
      '\x1bP1;2|abc\x1b\\dcs \x1b_apc\x1b\\apc \x1b^pm\x1b\\pm \x1bXsos\x1b\\sos',
      '\x1b(0lqqk\x1b(B plain',
      '\x1b[?1000h\x1b[?1004h\x1b[?2004h\x1b[?1h\x1b=modes',
    ])
      expect(printed.join('')).toContain(`${line}\r\n`);
  });
  test('colors and styles', async () => {
    const { lines } = await replay(cast('colours'));
    expect(lines.filter((_, index) => index % 2 === 1)).toEqual([
      [
        { text: 'r', style: { fg: 1 } },
        { text: 'w', style: { fg: 15, bg: 4 } },
        { text: ' ', style: {} },
        { text: 'o', style: { fg: 208 } },
        { text: 'k', style: { fg: 208, bg: 16 } },
        { text: ' ', style: {} },
        { text: 't', style: { fg: '#010203' } },
        { text: 'u', style: { fg: '#010203', bg: '#040506' } },
      ],
      [
        { text: 'b', style: { bold: true } },
        { text: 'i', style: { bold: true, italic: true } },
        { text: 'u', style: { bold: true, italic: true, underline: true } },
        { text: 's', style: { bold: true, italic: true, underline: true, strike: true } },
        { text: ' ', style: {} },
        { text: 'inv ', style: { inverse: true } },
        { text: ' ', style: {} },
        { text: 'hidden', style: { invisible: true } },
      ],
    ]);
  });
  test('queries to the terminal are answered only when a program waits', () => {
    expect(screen('asked-too-early').split('\n').slice(1)).toEqual(['$ cat', 'typed', 'typed', '']);
    expect(screen('asked')).toBe('typed again\ntyped again\n');
    expect(screen('answered')).toContain(raw`$'\E[?1;2'`);
    expect(screen('answered')).toContain(raw`$'\E[3;7'`);
  });
  test('progress bars, saved cursors, moves', () => {
    expect(screen('moves').split('\n')).toEqual([
      raw`$ printf 'one\rtwo\n'; for i in 1 2 3; do printf "\r$i%%"; sleep 0.05; done; echo`,
      'two',
      '3%',
      raw`$ printf 'abc\e7def\e8XYZ\n\e[s12\e[u3\n'`,
      'abcXYZ',
      '32',
      raw`$ printf 'a\nb\nc\n\e[2A\e[Knew\e[2B\n'`,
      'a',
      'new',
      'c',
      '',
      '$ tput sc; tput cuf 5; echo there; tput rc; tput cud 1',
      '     there',
      '',
    ]);
    // Setting a region moves the cursor to the first row.
    expect(screen('region').split('\n')).toEqual([
      raw`1 printf '\e[5;10r'; seq 8; printf '\e[r\e[12H'; echo below`,
      ...['2', '3', '4', '5', '6', '7', '8', '', '', '', 'below', ''],
    ]);
    expect(typed('region')).toEqual([null]);
  });
  test('cleared screens', () => {
    expect(screen('cleared')).toBe('kept\n$ echo too\ntoo\n');
    expect(typed('cleared')).toEqual([null, null, '$ echo too']);
    expect(screen('reset')).toBe('kept\n');
    expect(screen('scrollback')).toBe('kept\n');
  });
  test('settings of the terminal that a step leaves behind end with it', () =>
    expect(screen('after-left')).toBe('$ echo as new\nas new\n'));
  test('an alternate screen that stays open from one step to the next', () => {
    expect(screen('alternate')).toBe('on it\n$ echo one\none\n');
    expect(screen('alternate-left')).toBe('$ echo back\nback\n');
    expect(typed('alternate-left')).toEqual([null, null, '$ echo back']);
    expect(screen('alternate-over')).toBe('$ echo three\nthree\n');
  });
  test('a pager, an editor, top', () => {
    expect(screen('pager').split('\n').slice(-4)).toEqual(['99', '100', '(END)', '']);
    expect(screen('pager-wide').split('\n').slice(0, 3)).toEqual(['2', '3', '4']); // g, and Enter
    expect(screen('pager-end')).toBe('$\n$ echo after\nafter\n'); // q, and Enter
    expect(typed('top')).toEqual([null]);
    expect(screen('editor')).toBe('$ nano\n');
  });
  test('^Z, ^C, ^\\ and ^D', () => {
    const job = "sh -c 'echo go; sleep 100'";
    expect(screen('stopped')).toBe(`$ ${job}\ngo\n^Z\n[1]+  Stopped                    ${job}\n`);
    // Bash reports the end of a job sooner or later.
    expect(screen('resumed').replace(/\[1\]\+ {2}Terminated .*\n/, '')).toBe(
      `$ bg\n[1]+ ${job} &\n$ kill %1\n$ wait\n`,
    );
    expect(screen('foreground')).toMatch(/^\$ fg\nsh -c .*\nlate\n\^C\n$/);
    expect(screen('quit')).toMatch(/\ngo\n\^\\Quit +sh -c .*\n$/);
    expect(screen('cat-stopped')).toBe('x\nx\n^Z\n[1]+  Stopped                    cat\n');
    expect(screen('cat-again')).toBe('$ fg\ncat\ny\ny\n');
    expect(screen('cat-end')).toBe('z\nz\n');
  });
  test('keys wait for what a program prints, not for a prompt before it or a line that it draws', () => {
    expect(screen('prompt-before')).toMatch(/^bash-\S+# sleep 0\.5; echo printed\nprinted\nbash-/);
    expect(screen('drawn')).toBe('> hello\nran hello\n>\n');
  });
  test('a program that runs others on its own terminal', () => {
    expect(screen('script')).toMatch(/\nin# sleep 0\.5; echo slow\nslow\nin# cat\n$/);
    expect(screen('script-wider')).toBe('x\nx\nin#\n');
    expect(screen('script-left')).toBe('in# stty size\n24 80\nin# exit\nexit\n$ echo out\nout\n');
    expect(screen('beside-script')).toMatch(/\nq\? hi\ngot hi\n$/);
  });
  test('output of a job is not lost while the width changes', () => {
    const both = screen('resizes') + screen('resized');
    const numbers = Array.from(both.matchAll(/bg (\d+)$/gm), (match) => Number(match[1]));
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });
});
