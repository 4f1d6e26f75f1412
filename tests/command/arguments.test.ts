import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
};
// `npm run format` is Prettier's own command line: it warns of an unknown option, and formats.
const names = Object.keys(scripts).filter((name) => name !== 'format');

async function run(name: string, ...args: readonly string[]) {
  const [, ...command] = scripts[name]?.split(' ') ?? [];
  return node(...command, ...args);
}

/** Nothing is given to a command that must not get as far as to do something. */
async function node(...args: readonly string[]) {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', DOCKER_HOST: 'unix:///nowhere.sock' },
    timeout: 60_000,
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await closed;
  return { status, stdout, stderr };
}

/** A line of a stack trace. */
const TRACE = /^ {4}at /m;

test.each(names)('npm run %s refuses an option that it does not know', async (name) => {
  const { status, stderr } = await run(name, '--nope');
  expect(stderr).not.toMatch(TRACE);
  expect(stderr).toMatch(/npm (run |test|start)/);
  expect(status).toBe(2);
});

test.each([
  ['start', '--port', 'abc'],
  ['dev', '--port', '65536'],
  ['bench', 'everything'],
  ['engines', '--jobs', 'many'],
  ['new-lesson'],
])('npm run %s refuses what is no value of it', async (name, ...args) => {
  const { status, stderr } = await run(name, ...args);
  expect(stderr).not.toMatch(TRACE);
  expect(stderr).toMatch(/npm (run |test|start)/);
  expect(status).toBe(2);
});

test.each(['start', 'new-lesson', 'record', 'test'])(
  'npm run %s -- --help says how it is called',
  async (name) => {
    const { status, stdout, stderr } = await run(name, '--help');
    expect(stdout).toMatch(/npm (run |test|start)/);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  },
);

describe('a crash', () => {
  const crash = (then: string) =>
    node(
      ...['--input-type=module', '--eval'],
      `import { onInterrupt } from './scripts/command/interrupt.ts';
      onInterrupt((text) => console.error(text));
      setTimeout(() => { throw new Error('an accident'); });
      ${then}`,
    );

  test.each([
    ['at the top level', 'await Promise.reject(new Error("no more"));'],
    ['in the background', ''],
    ['before all else ends well', 'setTimeout(() => { process.exitCode = 0; }, 50);'],
    ['before the command ends by itself', 'setTimeout(() => process.exit(0), 50);'],
  ])('%s is no success', async (_where, then) => {
    const { status, stderr } = await crash(then);
    expect(stderr).toContain('this is a mistake in the program');
    expect(status).toBe(1);
  });
});
