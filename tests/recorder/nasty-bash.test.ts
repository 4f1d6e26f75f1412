import { describe, expect, test } from 'vitest';
import { recorded } from '../support/recorded.ts';
import { fence } from '../support/recorder.ts';

/** A screen with these lines. */
function lines(...text: string[]): string {
  return text.map((line) => `${line}\n`).join('');
}

describe('a bash that the lesson changes', () => {
  const { screen, typed, commands } = recorded('bent', '', [
    fence(
      'marks',
      String.raw`$ printf '\e]133;C;\a\e]133;A\a$ \e]133;B;0\a'; echo; echo '$ '; printf '> '`,
      String.raw`$ printf '\e]1'; sleep 0.05; printf '33;B;abc;0\a'; echo split`,
      String.raw`$ for c in $'\e' ']' 1 3 3 ';' D ';' 7; do printf %s "$c"; sleep 0.01; done; printf '\a'; echo slow`,
    ),
    fence('unterminated', String.raw`$ printf '\e]133;B;'`, '$ echo swallowed', '$ echo 2'),
    fence('after-unterminated', '$ echo whole'),
    fence(
      'own-marks',
      '$ printf "$PS1"; echo; sleep 0.1; echo late',
      '$ echo -e "$PS0$PS1$PS2"; sleep 0.1; echo later',
      '$ echo "${PS1@P}"; sleep 0.1; echo latest',
    ),
    fence('tail', '$ printf one', '$ printf two; false || true', '$ bash -c "printf three"'),
    fence(
      'prompts',
      String.raw`$ PS1='\W> '; PS2='. '`,
      '$ echo "a',
      '> b"',
      String.raw`$ PS0='(\s) '; PS1='two\nlines '`,
      '$ echo ran',
      '$ PS1= PS2= PS0=',
      '$ echo "c',
      '> d"',
      '$ unset PS1 PS2 PS0',
      '$ echo "e',
      '> f"',
      "$ PS1='$ ' PS2='> '",
    ),
    fence('prompt-around', '$ old=$PS1; PS1="(venv) $PS1"'),
    fence(
      'prompt-around-on',
      '$ PS1="$PS1% "; PS2="$PS2. "; PS0="$PS0<run>"',
      '$ echo "in',
      '> two"; PS2="> " PS0=',
      '$ PS1=$old',
    ),
    fence(
      'prompt-command',
      "$ PROMPT_COMMAND='echo before; false'",
      '$ (exit 0); echo $?',
      "$ PROMPT_COMMAND='printf tail'",
      "$ PROMPT_COMMAND=('printf 1' 'printf 2')",
      '$ echo array',
      "$ PROMPT_COMMAND=('' ''); echo quiet",
    ),
    fence('still-marked exit=3', '$ (exit 3)'),
    fence(
      'traps',
      "$ trap 'echo dbg' DEBUG",
      '$ trap - DEBUG',
      "$ trap 'echo err $?' ERR",
      '$ false; true',
      "$ f() { trap 'echo ret' RETURN; }; f",
      '$ source /dev/null; trap - ERR RETURN',
      "$ trap 'echo got it' USR1; kill -USR1 $$",
      "$ trap 'echo child' CHLD; /bin/true",
      '$ trap - CHLD USR1',
      "$ trap 'echo resized' WINCH; trap 'echo bye' EXIT",
    ),
    fence('traps-resized cols=100', '$ trap - WINCH EXIT', '$ stty size'),
    ...[1, 2, 3, 4].map((n) =>
      fence(`blank-end-${n} exit=1`, '$ false \\', `> ${n % 2 ? '' : '# so'}`),
    ),
    fence('gives-up', '$ read -t 1 x; echo gave up $?', '$ echo on'),
    fence('gives-up-last', '$ read -t 1 x; echo gave up $?'),
    fence('unbound exit=1', '$ set -u; true', '$ echo $nosuch'),
    fence('traced', '$ set +u -x', '$ echo x', '$ set +x -v', '$ echo v', '$ set +v', '$ echo'),
    fence(
      'options',
      '$ set -T; trap "echo T" DEBUG',
      '$ trap - DEBUG; set +T',
      '$ set -o vi',
      '$ echo in vi',
      '$ set -o emacs; set -f -n -C -P',
      '$ shopt -s histverify extglob; shopt -u checkwinsize',
      '$ set +o emacs',
      '$ echo "no editor',
      '> at all"',
      '$ set -o emacs; shopt -u histverify',
    ),
    fence(
      'output-elsewhere',
      '$ exec >/tmp/out',
      '$ echo unseen',
      '$ exec >/dev/tty',
      '$ cat /tmp/out',
    ),
    fence('no-echo', '$ stty -echo', '$ echo hidden', '$ stty echo'),
    fence('history', '$ echo a!nosuch', '$ !ec', "$ echo 'tab\there'", '$ ^tab^cat'),
    fence(
      'async-notice',
      '$ set -b; (until [ -e /tmp/e ]; do sleep 0.01; done) &',
      '$ touch /tmp/e; sleep 1',
      '$ echo on',
      '$ set +b',
    ),
    fence(
      'jobs',
      '$ (until [ -e /tmp/a ]; do sleep 0.01; done; echo job 1; touch /tmp/b; while [ -e /tmp/a ]; do sleep 0.01; done; echo job 2) &',
      '$ touch /tmp/a; until [ -e /tmp/b ]; do sleep 0.01; done; echo first',
      '$ rm /tmp/a; wait',
    ),
    fence(
      'half',
      '$ (until [ -e /tmp/c ]; do sleep 0.01; done; printf half; touch /tmp/d) & disown',
      '$ echo now',
    ),
    fence('other-half', '$ touch /tmp/c; until [ -e /tmp/d ]; do sleep 0.01; done; echo done'),
    fence('noise', '$ (while [ ! -e /tmp/stop ]; do echo noise; done) & disown', '$ echo "a b"'),
    fence('silence', '$ touch /tmp/stop; sleep 0.2; clear', '$ echo quiet'),
    fence(
      'here',
      "$ cat <<'END'",
      '>   two  blanks\ttab',
      '> ',
      '> back \\',
      '> END',
      '$ if true; then',
      '> for i in 1 2; do',
      '> echo $i',
      '> done',
      '> fi',
    ),
    fence('wraps', `$ echo ${'word '.repeat(18)}| wc -w`, `$ : ${'x'.repeat(76)}`, '$ echo next'),
    fence(
      'reads',
      '$ read -p "name? " name',
      '# Ada',
      '$ read -s -p "secret? " secret',
      '# hidden',
      '$ read -e -p "more? " more; echo "$name ${#secret} $more"',
      '# yes',
      '$ read -n 1 key',
      '# k',
      '$ select word in one two; do break; done',
      '# 2',
      '$ echo $key $word',
    ),
    fence('empty-end exit=1', '$ false \\', '> '),
    fence('comment-end exit=1', '$ false \\', '> # nothing'),
    fence('after-false', '$ # nothing either', '$'),
    fence('nested', '$ bash --norc', "# PS1='nested# '"),
    fence(
      'ticks until="tick" keys="^C"',
      '# echo tick',
      "# sh -c 'sleep 1; echo tick; exec sleep 99'",
    ),
    fence('nested-over', '# exit 0'),
  ]);

  test('output that looks like prompts and marks', () =>
    expect(screen('marks')).toBe(
      lines(
        String.raw`$ printf '\e]133;C;\a\e]133;A\a$ \e]133;B;0\a'; echo; echo '$ '; printf '> '`,
        '$',
        '$',
        String.raw`> $ printf '\e]1'; sleep 0.05; printf '33;B;abc;0\a'; echo split`,
        'split',
        String.raw`$ for c in $'\e' ']' 1 3 3 ';' D ';' 7; do printf %s "$c"; sleep 0.01; done; printf '\a'; echo slow`,
        'slow',
      ),
    ));
  test('an unterminated sequence swallows text, as in every terminal, but not the next step', () => {
    expect(screen('unterminated')).toBe(lines(String.raw`$ printf '\e]133;B;'`));
    expect(commands('unterminated').map(({ exit }) => exit)).toEqual([0, 0, 0]);
    expect(typed('unterminated')).toEqual([String.raw`$ printf '\e]133;B;'`, null, null]);
    expect(screen('after-unterminated')).toBe(lines('$ echo whole', 'whole'));
  });
  test('marks of the recorder that the lesson prints', () =>
    expect(screen('own-marks')).toBe(
      lines(
        '$ printf "$PS1"; echo; sleep 0.1; echo late',
        String.raw`\[\]$ \[\]`,
        'late',
        '$ echo -e "$PS0$PS1$PS2"; sleep 0.1; echo later',
        String.raw`\[\]$ \[\]> \[\]`,
        'later',
        '$ echo "${PS1@P}"; sleep 0.1; echo latest',
        '$',
        'latest',
      ),
    ));
  test('output without a final newline', () =>
    expect(screen('tail')).toBe(
      lines(
        '$ printf one',
        'one$ printf two; false || true',
        'two$ bash -c "printf three"',
        'three',
      ),
    ));
  test('PS0, PS1 and PS2', () => {
    expect(screen('prompts')).toBe(
      lines(
        String.raw`$ PS1='\W> '; PS2='. '`,
        'workshop> echo "a',
        '. b"',
        'a',
        'b',
        String.raw`workshop> PS0='(\s) '; PS1='two\nlines '`,
        'two',
        'lines echo ran',
        '(bash) ran',
        'two',
        'lines PS1= PS2= PS0=',
        '(bash) echo "c',
        'd"',
        'c',
        'd',
        'unset PS1 PS2 PS0',
        'echo "e',
        'f"',
        'e',
        'f',
        "PS1='$ ' PS2='> '",
      ),
    );
    expect(typed('prompts')[1]).toBe('workshop> echo "a\n. b"');
  });
  test('prompts that are built from the previous ones', () => {
    expect(screen('prompt-around')).toBe(lines('$ old=$PS1; PS1="(venv) $PS1"'));
    expect(screen('prompt-around-on')).toBe(
      lines(
        '(venv) $ PS1="$PS1% "; PS2="$PS2. "; PS0="$PS0<run>"',
        '(venv) $ % echo "in',
        '> . two"; PS2="> " PS0=',
        '<run>in',
        'two',
        '(venv) $ % PS1=$old',
      ),
    );
  });
  test('PROMPT_COMMAND', () => {
    expect(screen('prompt-command')).toBe(
      lines(
        "$ PROMPT_COMMAND='echo before; false'",
        'before',
        '$ (exit 0); echo $?',
        '0',
        'before',
        "$ PROMPT_COMMAND='printf tail'",
        "tail$ PROMPT_COMMAND=('printf 1' 'printf 2')",
        '12$ echo array',
        'array',
        "12$ PROMPT_COMMAND=('' ''); echo quiet",
        'quiet',
      ),
    );
    expect(commands('still-marked')[0]?.exit).toBe(3);
  });
  test('traps', () => {
    expect(screen('traps')).toBe(
      lines(
        "$ trap 'echo dbg' DEBUG",
        '$ trap - DEBUG',
        'dbg',
        "$ trap 'echo err $?' ERR",
        '$ false; true',
        'err 1',
        "$ f() { trap 'echo ret' RETURN; }; f",
        'ret',
        '$ source /dev/null; trap - ERR RETURN',
        'ret',
        "$ trap 'echo got it' USR1; kill -USR1 $$",
        'got it',
        "$ trap 'echo child' CHLD; /bin/true",
        'child',
        '$ trap - CHLD USR1',
        "$ trap 'echo resized' WINCH; trap 'echo bye' EXIT",
      ),
    );
    expect(screen('traps-resized')).toMatch(
      /^\$ resized\n(\$ )?trap - WINCH EXIT\n\$ stty size\n24 100\n$/,
    );
  });
  test('a command whose last line is blank or a comment keeps its own status', () => {
    for (const n of [1, 2, 3, 4]) expect(commands(`blank-end-${n}`)[0]?.exit).toBe(1);
  });
  test('a program that stops waiting by itself belongs to its step until it ends', () => {
    expect(screen('gives-up')).toBe(
      lines('$ read -t 1 x; echo gave up $?', 'gave up 142', '$ echo on', 'on'),
    );
    expect(screen('gives-up-last')).toBe(lines('$ read -t 1 x; echo gave up $?', 'gave up 142'));
    expect(commands('gives-up-last')[0]?.exit).toBe(0);
  });
  test('set -u, -x, -v', () => {
    expect(screen('unbound')).toBe(
      lines('$ set -u; true', '$ echo $nosuch', 'bash: nosuch: unbound variable'),
    );
    expect(screen('traced')).toBe(
      lines(
        '$ set +u -x',
        '$ echo x',
        '+ echo x',
        'x',
        '$ set +x -v',
        '+ set +x -v',
        '$ echo v',
        'echo v',
        'v',
        '$ set +v',
        'set +v',
        '$ echo',
      ),
    );
  });
  test('other options', () =>
    expect(screen('options')).toBe(
      lines(
        '$ set -T; trap "echo T" DEBUG',
        '$ trap - DEBUG; set +T',
        'T',
        '$ set -o vi',
        '$ echo in vi',
        'in vi',
        '$ set -o emacs; set -f -n -C -P',
        '$ shopt -s histverify extglob; shopt -u checkwinsize',
        '$ set +o emacs',
        '$ echo "no editor',
        '> at all"',
        'no editor',
        'at all',
        '$ set -o emacs; shopt -u histverify',
      ),
    ));
  test('exec >file', () =>
    expect(screen('output-elsewhere')).toBe(
      lines('$ exec >/tmp/out', '$ echo unseen', '$ exec >/dev/tty', '$ cat /tmp/out', 'unseen'),
    ));
  test('a terminal without echo', () => {
    expect(screen('no-echo')).toBe(lines('$ stty -echo', '$ hidden', '$'));
    expect(typed('no-echo')).toEqual(['$ stty -echo', null, null]);
  });
  test('history and tabs', () =>
    expect(screen('history')).toBe(
      lines(
        '$ echo a!nosuch',
        'bash: !nosuch: event not found',
        '$ !ec',
        'echo hidden',
        'hidden',
        "$ echo 'tab     here'",
        'tab     here',
        '$ ^tab^cat',
        "echo 'cat       here'",
        'cat     here',
      ),
    ));
  test('jobs', () => {
    expect(screen('async-notice')).toMatch(
      /^\$ set -b; .* &\n\[1\] \d+\n\$ touch \/tmp\/e; sleep 1\n\[1\]\+ {2}Done +\( .*\)\n\$ echo on\non\n\$ set \+b\n$/s,
    );
    expect(screen('jobs')).toMatch(
      /^\$ \(until .*\) &\n\[1\] \d+\n\$ touch .*\njob 1\nfirst\n\$ rm \/tmp\/a; wait\njob 2\n\[1\]\+ {2}Done /s,
    );
    expect(screen('other-half')).toMatch(/^\$ touch .*; echo done\nhalfdone\n$/);
  });
  test('a job that prints while a command is typed', () => {
    const quiet = screen('noise').slice(screen('noise').indexOf('\n')).replaceAll('noise\n', '');
    expect(quiet).toMatch(/^\n\[1\] \d+\n\$ echo "a b"\na b\n(\$\s*)?$/);
    expect(screen('silence')).toBe(lines('$ echo quiet', 'quiet'));
  });
  test('continuation lines', () =>
    expect(screen('here')).toBe(
      lines(
        "$ cat <<'END'",
        '>   two  blanks tab',
        '>',
        '> back \\',
        '> END',
        '  two  blanks   tab',
        '',
        'back \\',
        '$ if true; then',
        '> for i in 1 2; do',
        '> echo $i',
        '> done',
        '> fi',
        '1',
        '2',
      ),
    ));
  test('lines that are as long as the terminal is wide, or longer', () =>
    expect(screen('wraps')).toBe(
      lines(
        `$ echo ${'word '.repeat(18)}| wc -w`,
        '18',
        `$ : ${'x'.repeat(76)}`,
        '$ echo next',
        'next',
      ),
    ));
  test('questions of bash itself', () => {
    expect(screen('reads')).toBe(
      lines(
        '$ read -p "name? " name',
        'name? Ada',
        '$ read -s -p "secret? " secret',
        'secret? $ read -e -p "more? " more; echo "$name ${#secret} $more"',
        'more? yes',
        'Ada 6 yes',
        '$ read -n 1 key',
        'k',
        '$', // from Enter, which read -n 1 did not wait for
        '$ select word in one two; do break; done',
        '1) one',
        '2) two',
        '#? 2',
        '$ echo $key $word',
        'k two',
      ),
    );
    expect(typed('reads').slice(0, 5)).toEqual([
      '$ read -p "name? " name',
      'name? Ada',
      '$ read -s -p "secret? " secret',
      null,
      'secret? $ read -e -p "more? " more; echo "$name ${#secret} $more"',
    ]);
  });
  test('a command whose last line is empty or a comment has its own status; a comment alone ends with 0', () => {
    expect(commands('empty-end')[0]?.exit).toBe(1);
    expect(commands('comment-end')[0]?.exit).toBe(1);
    expect(commands('after-false').map(({ exit }) => exit)).toEqual([0, 0]);
  });
  test('until ignores what was printed before its line', () =>
    expect(screen('ticks')).toBe(
      lines(
        'nested# echo tick',
        'tick',
        "nested# sh -c 'sleep 1; echo tick; exec sleep 99'",
        'tick',
        '^C',
        'nested#',
      ),
    ));
});
