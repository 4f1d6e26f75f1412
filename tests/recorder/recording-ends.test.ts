import { describe, expect, test } from 'vitest';
import { type Failed, failing } from '../support/recorded.ts';
import { fence, Workshop } from '../support/recorder.ts';

/** Steps that leave a sed open, which is killed before the next step begins. */
function endsBetween(command: string): string[] {
  const file = (name: string) => '```text file="' + name + '"\nx\n```\n';
  return [
    fence(
      'killer',
      '$ mkfifo killed',
      '$ (until [ -e kill ]; do sleep 0.1; done; pkill -KILL -x sed; sleep 0.5; read x <killed) & disown',
    ),
    fence('killed', command),
    file('kill'),
    file('killed'), // it is read when the prompt is back
  ];
}

describe('what ends a recording', () => {
  const failed = failing({
    exit: [fence('s', '$ echo before', '$ exit 3')],
    'set-e': [fence('s', '$ set -e', '$ echo before', '$ (exit 7)')],
    'end-of-input': [fence('s', '$ exec </dev/null', '$ echo before')],
    'end-of-input-wider': [fence('s', '$ exec </dev/null'), fence('t cols=100', '$ echo before')],
    'exec-bash': [fence('s', '$ exec bash --norc', '# echo typed on', '$ echo before')],
    'no-errors': [fence('s', '$ exec 2>/dev/null', '$ echo before')],
    unmarked: [fence('s', "$ PROMPT_COMMAND=(true true); PS1='% '", '$ echo before')],
    early: [fence('s', '$ cat', '> not a continuation')],
    full: [fence('s', '$ seq 260000')],
    stopped: [fence('s timeout=2s', '$ kill -STOP $$')],
    open: [fence('s exit=3', '$ true', '$ cat'), fence('t', '# on')],
    'killed-between': [...endsBetween('$ sed p'), fence('s', '# on')],
    'ended-between': [...endsBetween('$ sed p || true'), fence('s', '# typed on')],
  });

  test.each(['exit', 'set-e', 'end-of-input', 'end-of-input-wider'])('%s', (lesson) =>
    expect(failed(lesson)).toMatchObject({
      status: 20,
      title: expect.stringMatching(/^`.*` ended the session$/) as string,
    }),
  );
  test.each(['exec-bash', 'no-errors', 'unmarked'])('%s', (lesson) =>
    expect(failed(lesson)).toMatchObject({
      status: 20,
      title: expect.stringMatching(
        /^`.*` leaves bash waiting for the keyboard, and line \d+ is typed into the session$/,
      ) as string,
      hint: expect.stringContaining("session's own bash, without a prompt") as string,
    }),
  );
  test('after exec bash, input is still typed', () =>
    expect(failed('exec-bash').screen).toContain('# echo typed on\ntyped on\n'));
  test('a command that is complete before its last line', () =>
    expect(failed('early')).toMatchObject({
      status: 20,
      title: 'the command was taken as complete before its last line',
    }));
  test('an exit status for a program that does not end', () =>
    expect(failed('open')).toMatchObject({
      status: 20,
      line: 9,
      title: '`cat` has not ended when the step has',
      found: 'an open program: cat',
    }));
  test('more lines than the terminal keeps', () =>
    expect(failed('full')).toMatchObject({
      status: 20,
      line: 7,
      title: 'the step prints more lines than a recording holds',
    }));
  test('a bash that is stopped', () =>
    expect(failed('stopped')).toMatchObject({
      status: 30,
      title: '`kill -STOP $$` did not end within 2 s',
    }));
  test('output without end', async () => {
    const workshop = new Workshop();
    const endless = `$ yes ${'0123456789'.repeat(7)}`;
    workshop.write('endless', fence('s timeout=4m', '$ echo before', endless));
    // Too little memory to keep everything that is printed within the time limit.
    const { status, stdout, stderr } = await workshop.record(['--check', '--all', '--json'], {
      NODE_OPTIONS: '--max-old-space-size=1024',
    });
    workshop.remove();
    expect(status, stderr).toBe(20);
    const { failures } = JSON.parse(stdout) as { failures: Failed[] };
    expect(failures).toMatchObject([
      {
        status: 20,
        line: 9,
        title: expect.stringMatching(/^`yes \d+` printed more than 32 MB$/) as string,
        hint: expect.stringContaining('pipe it through `head`') as string,
      },
    ]);
  });
  test('a program that is killed between two steps', () =>
    expect(failed('killed-between')).toMatchObject({
      status: 20,
      title: '`sed`, which was still open, ended before `on` was typed',
      expected: 'exit status 0',
      found: 'exit status 137',
    }));
  test('a line for a program that ended between two steps', () =>
    expect(failed('ended-between')).toMatchObject({
      status: 20,
      title: '`typed on` is for an open program, but none waits for input',
      found: "the session's prompt: sed ended before, with status 0",
    }));
});
