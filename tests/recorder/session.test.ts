import { describe, expect, test } from 'vitest';
import { recorded } from '../support/recorded.ts';
import { fence } from '../support/recorder.ts';

describe('bash', () => {
  const { screen } = recorded('bash', '', [
    fence('carry', '$ cd /tmp && x=kept'),
    fence('carried', '$ pwd; echo $x'),
    fence('heredoc', '$ cat <<END', '> $x', '> END', '$ echo a \\', '> b'),
    fence('tail', '$ printf "no newline"', '$ echo next'),
    fence('many', '$ seq 20000'),
    fence('long expect="done"', `$ echo ${'word '.repeat(40)}done | wc -w; echo done`),
    fence('wide cols=120', '$ stty size', '$ printf "%100s|\\n" x'),
    fence('narrow', '$ stty size'),
    fence(
      'prompts',
      "$ PS1='> '; PS2='more '; PROMPT_COMMAND=''",
      '$ echo "two',
      '> lines"',
      "$ PS1='$ '",
    ),
    fence('traps', "$ trap 'true' DEBUG; set -x", '$ echo traced', '$ set +x; trap - DEBUG'),
    fence('syntax exit=2', '$ if )'),
    fence('empty', '$', '$ # only a comment', '$ echo after'),
    fence('fake', `$ printf '\\e]133;B;0;0\\a$ \\e]133;D\\a fake\\n'`, '$ echo real'),
    fence('colours', `$ printf '\\e[31mred\\e[0m \\e[38;5;208morange\\e[0m\\n'`),
    fence('cursor', `$ IFS= read -rs -d R -p $'\\e[6n' place; printf '%q\\n' "$place"`),
    fence(
      'password until="Password: " keys="hunter2^M" absent="hunter2"',
      '$ read -rs -p "Password: " word; echo; echo ${#word} characters',
    ),
    fence(
      'interrupted exit=130 until="tick" keys="^C"',
      '$ while true; do echo tick; sleep 30; done',
    ),
    fence('background', '$ (sleep 0.3; echo from behind) &', '$ sleep 0.6', '$ wait'),
    fence('cleared', '$ echo gone', '$ clear', '$ echo stays'),
    fence('pager until="(END)" keys="q"', '$ seq 3 | less -K -P "(END)"'),
  ]);

  test('folder and variables carry over', () =>
    expect(screen('carried')).toBe('$ pwd; echo $x\n/tmp\nkept\n'));
  test('continuation lines', () =>
    expect(screen('heredoc')).toBe('$ cat <<END\n> $x\n> END\nkept\n$ echo a \\\n> b\na b\n'));
  test('output without a newline', () =>
    expect(screen('tail')).toBe('$ printf "no newline"\nno newline$ echo next\nnext\n'));
  test('20,000 lines', () => expect(screen('many').split('\n')).toHaveLength(20_002));
  test('a typed line that wraps is one line', () =>
    expect(screen('long').split('\n')[0]).toMatch(/^\$ echo (word ){40}done \| wc -w; echo done$/));
  test('the terminal is as wide as the step says', () => {
    expect(screen('wide')).toContain('24 120\n');
    expect(screen('wide')).toContain(`${'x'.padStart(100)}|\n`);
    expect(screen('narrow')).toBe('$ stty size\n24 80\n');
  });
  test('prompts that the lesson changes', () =>
    expect(screen('prompts')).toContain('> echo "two\nmore lines"\ntwo\nlines\n'));
  test('traps and set -x', () =>
    expect(screen('traps')).toContain('$ echo traced\n++ true\n+ echo traced\ntraced\n$ set +x'));
  test('a syntax error', () =>
    expect(screen('syntax')).toContain("syntax error near unexpected token `)'"));
  test('empty lines and comments', () =>
    expect(screen('empty')).toBe('$\n$ # only a comment\n$ echo after\nafter\n'));
  test('output that looks like prompts and marks', () =>
    expect(screen('fake')).toContain('\n$  fake\n$ echo real\nreal\n'));
  test('a program that asks for the cursor gets an answer', () =>
    expect(screen('cursor')).toMatch(/\\E\[\d+;1|'\\E\[\d+;1|\$'\\E\[\d+;\d+'/));
  test('a password is not shown', () => expect(screen('password')).toContain('\n7 characters\n'));
  test('^C', () => expect(screen('interrupted')).toMatch(/tick\n.*\^C\n$/s));
  test('a job in the background', () => expect(screen('background')).toContain('from behind'));
  test('clear', () => expect(screen('cleared')).toBe('$ echo stays\nstays\n'));
  test('a pager on the alternate screen', () =>
    expect(screen('pager')).toMatch(/^\$ seq 3 \| less/));
});

describe('containers', () => {
  const { screen } = recorded('containers', 'images: [debian, busybox]', [
    fence('open', '$ docker run -it --name shell debian bash'),
    fence('typed', '# cd /etc', '# pwd', '# cat <<END', '> two', '> lines', '> END'),
    fence('left exit=3', '# exit 3'),
    fence('ash', '$ docker run --rm -it busybox sh', '# echo $((6 * 7))', '# exit'),
    fence(
      'pipe',
      '$ docker run --rm -i debian bash',
      '# echo from $HOSTNAME | cut -c1-4',
      '# exit',
    ),
    fence(
      'deep',
      '$ docker run --rm -it debian bash',
      '# bash --norc',
      "# PS1='deep# '",
      '# echo level $SHLVL',
      '# exit',
      '# exit',
    ),
    fence(
      'logs until="three" keys="^C" exit=any because="the client ends as it likes"',
      "$ docker run -d --name log busybox sh -c 'for i in one two three; do echo $i; sleep 0.2; done; sleep 100'; docker logs -f log",
    ),
    fence('exec', '$ docker exec -it log sh', '# hostname | wc -c', '# exit'),
    fence('missing exit=125', '$ docker run --network none nosuch'),
    fence('asked until="[y/N]" keys="y^M"', '$ docker container prune'),
    fence('cleanup', '$ docker rm -f log shell'),
  ]);

  test('a shell stays open from one step to the next', () => {
    expect(screen('open')).toMatch(
      /^\$ docker run -it --name shell debian bash\nroot@[0-9a-f]{12}:\/#\n$/,
    );
    expect(screen('typed')).toMatch(
      /^root@[0-9a-f]{12}:\/# cd \/etc\nroot@[0-9a-f]{12}:\/etc# pwd\n\/etc\n/,
    );
    expect(screen('typed')).toContain('# cat <<END\n> two\n> lines\n> END\ntwo\nlines\n');
  });
  test('its status counts in the step in which it ends', () =>
    expect(screen('left')).toMatch(/# exit 3\nexit\n$/));
  test('busybox ash, which asks for the cursor', () =>
    expect(screen('ash')).toContain('/ # echo $((6 * 7))\n42\n/ # exit\n'));
  test('a container on a pipe', () =>
    expect(screen('pipe')).toMatch(/bash\necho from \$HOSTNAME \| cut -c1-4\nfrom\nexit\n$/));
  test('two shells deep', () =>
    expect(screen('deep')).toMatch(/deep# echo level \$SHLVL\nlevel 2\n/));
  test('logs -f until ^C', () => expect(screen('logs')).toMatch(/one\ntwo\nthree\n\^C/));
  test('exec', () => expect(screen('exec')).toContain('/ # hostname | wc -c\n13\n'));
  test('an image that does not exist', () => expect(screen('missing')).toContain('nosuch'));
  test('a question', () => expect(screen('asked')).toContain('[y/N] y\n'));
});
