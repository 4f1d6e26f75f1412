import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../scripts/command/commands.mjs';
import { commandOf, helpOf, optionsOf, type CommandName } from '../../scripts/command/help.mjs';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
};
const names = Object.keys(scripts);

async function run(name: string, ...args: readonly string[]) {
  const [, ...command] = scripts[name]?.split(' ') ?? [];
  return node(...command, ...args);
}

/** Runs Node without a home or an Engine: no command may get far enough to need one. */
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

test('every npm script is defined, and starts the script of its name', () => {
  expect(names.sort()).toEqual(Object.keys(COMMANDS).sort());
  for (const [name, script] of Object.entries(scripts)) {
    const [node, start, file = '', ...rest] = script.split(' ');
    expect([node, start, ...rest]).toEqual(['node', 'scripts/command/run.mjs']);
    expect(commandOf(file)).toBe(name);
  }
});

test.each(names)('npm run %s refuses an unknown option', async (name) => {
  const { status, stderr } = await run(name, '--hepl');
  expect(stderr).not.toMatch(TRACE);
  expect(stderr).toContain('--hepl is not an option; did you mean --help?');
  expect(stderr).toMatch(/npm (run |test|start)/);
  expect(status).toBe(2);
});

test.each([
  ['start', '--port', 'abc'],
  ['dev', '--port', '65536'],
  ['bench', 'everything'],
  ['bench', 'save', '3'],
  ['bench', 'site', 'many'],
  ['engines', '--jobs', 'many'],
  ['engines', 'no-lesson'],
  ['record', '--shard', '4/3'],
  ['record', '--report'],
  ['lab', '--store', 'attic'],
  ['lab', 'machines'],
  ['audit', '--runs', '0'],
  ['export', 'docx'],
  ['soak', '1', '2'],
  ['vm', 'run'],
  ['ci', 'sumary'],
  ['ci'],
  ['new-lesson'],
])('npm run %s refuses an invalid or missing value', async (name, ...args) => {
  const { status, stderr } = await run(name, ...args);
  expect(stderr).not.toMatch(TRACE);
  expect(stderr).toMatch(/npm (run |test|start)/);
  expect(status).toBe(2);
});

describe('help needs no installed package:', () => {
  /** A fresh clone: no package is installed. */
  const clone = mkdtempSync(join(tmpdir(), 'you-like-docker-help-'));
  cpSync('scripts/command', join(clone, 'scripts/command'), { recursive: true });
  cpSync('package.json', join(clone, 'package.json'));
  cpSync('package-lock.json', join(clone, 'package-lock.json'));
  afterAll(() => rmSync(clone, { recursive: true }));

  test.each(names)('npm run %s -- --help shows how to call it', async (name) => {
    const [, start = '', file = ''] = scripts[name]?.split(' ') ?? [];
    const before = readdirSync(clone, { recursive: true });
    for (const option of ['--help', '-h']) {
      const { status, stdout, stderr } = await node(join(clone, start), file, option);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/^npm (run |test|start)/);
      for (const title of ['Options', 'Examples', 'Exit statuses'])
        expect(stdout).toContain(`\n${title}:\n`);
      for (const { label } of optionsOf(name as CommandName)) expect(stdout).toContain(label);
      expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    }
    expect(readdirSync(clone, { recursive: true })).toEqual(before);
  });

  test.each(['record', 'lab'])(
    'npm run %s shows the same once packages are installed',
    async (name) => {
      const { status, stdout } = await node(`scripts/${name}.ts`, '--help');
      expect(stdout).toBe(helpOf(name as CommandName));
      expect(status).toBe(0);
    },
  );
});

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
    ['before the command ends successfully', 'setTimeout(() => { process.exitCode = 0; }, 50);'],
    ['before the command exits', 'setTimeout(() => process.exit(0), 50);'],
  ])('%s is a failure', async (_where, then) => {
    const { status, stderr } = await crash(then);
    expect(stderr).toContain('this is a bug in the program');
    expect(status).toBe(1);
  });
});
