import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyCommand } from '../../scripts/ci/handed-back.ts';
import { CiError } from '../../scripts/ci/error.ts';
import { applyPatch, makePatch, RECORDINGS } from '../../scripts/ci/patch.ts';
import { openLabHost } from '../../scripts/lab/index.ts';
import { type Checkout, Remote } from '../support/checkout.ts';
import { type FakeGitHub, fakeGitHub } from '../support/github.ts';
import {
  type Contexts,
  type JobResult,
  readWorkflow,
  runJob,
  type Step,
} from '../support/workflow.ts';
import { writeVmFolder } from '../../scripts/tools/fixtures/vm-folder.ts';

const REPOSITORY = 'somebody/you-like-docker';
const TOKEN = 'a-token-of-this-test';
const GITHUB = {
  repository: REPOSITORY,
  token: TOKEN,
  server_url: 'https://github.com',
  actor: 'somebody',
  ref: 'refs/heads/main',
  ref_name: 'main',
};

let remote: Remote;
let github: FakeGitHub;
beforeEach(async () => {
  remote = new Remote();
  github = await fakeGitHub(REPOSITORY, TOKEN);
});
afterEach(async () => {
  // The client said nothing that GitHub's description does not allow.
  expect(github.faults).toEqual([]);
  await github.close();
  remote.remove();
});

const artifacts = () => join(remote.folder, 'artifacts');

/** Runs a job of a workflow in a checkout. */
function job(
  workflow: string,
  name: string,
  folder: string,
  more: {
    contexts?: Contexts;
    env?: Record<string, string>;
    checkout?: (inputs: Inputs) => void;
    steps?: (step: Step) => Step;
  } = {},
): Promise<JobResult> {
  const found = readWorkflow(workflow).jobs[name];
  if (found === undefined) throw new Error(`${workflow} has no job ${name}`);
  return runJob(
    { ...found, steps: found.steps.map(more.steps ?? ((step) => step)) },
    {
      folder,
      artifacts: artifacts(),
      contexts: { github: GITHUB, inputs: { image: '' }, ...more.contexts },
      env: {
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_RUN_ID: '4711',
        GITHUB_API_URL: github.api,
        // The way to the Engine of the tests.
        ...kept('XDG_CACHE_HOME', 'DOCKER_HOST'),
        ...more.env,
      },
      ...(more.checkout && { checkout: more.checkout }),
    },
  );
}

function kept(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

type Inputs = Readonly<Record<string, string>>;

/** What a pull request's event tells. */
function pullRequest(head: string, branch: string, from = REPOSITORY) {
  const base = { sha: remote.git(remote.bare, 'rev-parse', 'main').trim(), ref: 'main' };
  const pull_request = {
    number: 7,
    base,
    head: { sha: head, ref: branch, repo: { full_name: from } },
  };
  return { github: { ...GITHUB, event: { pull_request } } };
}

/** A repository of two lessons, one and two, whose recordings came by the workflow. */
async function record(two: string, env: Record<string, string> = {}): Promise<Checkout> {
  const main = remote.begin();
  main.lesson('one', 'Say it.', '$ echo one');
  main.lesson('two', 'Say it as well.', two);
  const contexts = pullRequest(main.push('Two lessons'), 'main');
  const recorded = await job('record', 'run', main.folder, { contexts, env });
  expect(recorded, recorded.output).toMatchObject({
    result: 'success',
    outputs: { changed: 'true' },
  });
  main.push('Their recordings');
  return main;
}

/**
 * With `echo one` and `echo two`: played once, and the same for every test that only begins with
 * it.
 */
let template: Remote | undefined;
async function begin(): Promise<Checkout> {
  if (template === undefined) {
    await record('$ echo two');
    template = remote.copy();
  }
  remote.remove();
  remote = template.copy();
  return remote.clone('first');
}
afterAll(() => template?.remove());

describe('a patch from a run of a stranger', () => {
  let main: Checkout;
  const patchOf = (change: () => void): string => {
    const at = main.git('rev-parse', 'HEAD').trim();
    change();
    main.git('add', '--all');
    const file = join(remote.folder, 'stranger.patch');
    writeFileSync(file, main.git('diff', '--cached', '--binary', 'HEAD'));
    main.git('reset', '--quiet', '--hard', at);
    return file;
  };
  beforeEach(() => {
    main = remote.begin();
    main.write('recordings/one/only.txt', '$ echo one\none\n');
    main.write('recordings/one/browser.json', '{}\n');
    main.push('A recording');
  });

  test('is applied, if it writes and removes recordings alone', async () => {
    const file = patchOf(() => {
      main.write('recordings/one/other.txt', 'other\n');
      writeFileSync(join(main.folder, 'recordings/one/other.png'), Buffer.from([0, 1, 255, 254]));
      main.git('rm', '--quiet', 'recordings/one/only.txt');
    });
    expect((await applyPatch(main.folder, file, RECORDINGS)).sort()).toEqual([
      'recordings/one/only.txt',
      'recordings/one/other.png',
      'recordings/one/other.txt',
    ]);
    expect([...readFileSync(join(main.folder, 'recordings/one/other.png'))]).toEqual([
      0, 1, 255, 254,
    ]);
    expect(main.git('status', '--short')).toBe(
      'D  recordings/one/only.txt\nA  recordings/one/other.png\nA  recordings/one/other.txt\n',
    );
  });

  test('may remove what runs in the browser lab, with the recordings', async () => {
    const file = patchOf(() => main.git('rm', '-r', '--quiet', 'recordings/one'));
    await applyPatch(main.folder, file, RECORDINGS);
    expect(main.git('status', '--short')).toBe(
      'D  recordings/one/browser.json\nD  recordings/one/only.txt\n',
    );
  });

  test('is refused where it removes that and writes it anew', async () => {
    const path = 'recordings/one/browser.json';
    const removed = readFileSync(patchOf(() => main.git('rm', '--quiet', path)));
    const at = main.git('rev-parse', 'HEAD').trim();
    main.git('rm', '--quiet', path);
    main.git('commit', '--quiet', '-m', 'Without it');
    const file = patchOf(() => main.write(path, 'another\n'));
    main.git('reset', '--quiet', '--hard', at);
    writeFileSync(file, Buffer.concat([removed, readFileSync(file)]));
    await expect(applyPatch(main.folder, file, RECORDINGS)).rejects.toThrow(CiError);
    expect(main.read(path)).toBe('{}\n');
  });

  test.each([
    ['another result of the browser lab', () => main.write('recordings/one/browser.json', '1\n')],
    ['a new result of the browser lab', () => main.write('recordings/two/browser.json', '{}\n')],
    ['a workflow', () => main.write('.github/workflows/evil.yml', 'on: push\n')],
    ['a script', () => main.write('scripts/ci.ts', 'evil()\n')],
    ['a file beside the recordings', () => main.write('recordings/evil.sh', 'evil\n')],
    ['a lesson of no valid id', () => main.write('recordings/-one/only.txt', 'evil\n')],
    ['a step of no valid id', () => main.write('recordings/one/-x.txt', 'evil\n')],
    ['a file of another kind', () => main.write('recordings/one/evil.sh', 'evil\n')],
    [
      'a file that can be run',
      () => {
        main.write('recordings/one/evil.txt', 'evil\n');
        chmodSync(join(main.folder, 'recordings/one/evil.txt'), 0o755);
      },
    ],
    [
      'a link out of the folder',
      () => {
        mkdirSync(join(main.folder, 'recordings/two'), { recursive: true });
        symlinkSync('/etc/passwd', join(main.folder, 'recordings/two/only.txt'));
      },
    ],
  ])('is refused with %s', async (_, change) => {
    const before = main.git('rev-parse', 'HEAD');
    const file = patchOf(change);
    expect(readFileSync(file, 'utf8')).not.toBe('');
    await expect(applyPatch(main.folder, file, RECORDINGS)).rejects.toThrow(CiError);
    expect(main.git('status', '--short')).toBe('');
    expect(main.git('rev-parse', 'HEAD')).toBe(before);
  });

  test('is refused with a path out of the folder', async () => {
    const file = join(remote.folder, 'stranger.patch');
    writeFileSync(
      file,
      [
        'diff --git a/recordings/../../evil.txt b/recordings/../../evil.txt',
        'new file mode 100644',
        '--- /dev/null',
        '+++ b/recordings/../../evil.txt',
        '@@ -0,0 +1 @@',
        '+evil',
        '',
      ].join('\n'),
    );
    await expect(applyPatch(main.folder, file, RECORDINGS)).rejects.toThrow();
    expect(existsSync(join(remote.folder, 'evil.txt'))).toBe(false);
  });

  test('holds new files, and leaves the index as it is', async () => {
    main.write('recordings/one/only.txt', 'changed\n');
    main.write('recordings/three/only.txt', 'new\n');
    main.write('elsewhere.txt', 'not of interest\n');
    const patch = await makePatch(main.folder, RECORDINGS);
    expect([...patch.matchAll(/^diff --git a\/(\S+)/gm)].map(([, path]) => path)).toEqual([
      'recordings/one/only.txt',
      'recordings/three/only.txt',
    ]);
    expect(main.git('diff', '--cached', '--name-only')).toBe('');
  });
});

describe('a pull request', () => {
  test('gets the recordings of exactly what it changed, and nothing is played for prose', async () => {
    await begin();
    const author = remote.clone('author');
    author.git('checkout', '--quiet', '-b', 'words');
    author.lesson('one', 'Say it aloud.', '$ echo one');
    const prose = author.push('Other words', 'words');
    // An Engine that cannot be reached would be an error, were one asked for.
    const nowhere = { DOCKER_HOST: 'unix:///nowhere.sock', XDG_CACHE_HOME: '/dev/null/none' };
    const calm = await job('record', 'run', author.folder, {
      contexts: pullRequest(prose, 'words'),
      env: nowhere,
    });
    expect(calm, calm.output).toMatchObject({ result: 'success', outputs: { changed: 'false' } });
    expect(
      await job('record', 'push', remote.folder, {
        contexts: { ...pullRequest(prose, 'words'), needs: { run: calm } },
      }),
    ).toMatchObject({ result: 'skipped' });

    author.lesson('two', 'Say it as well.', '$ echo 2');
    const commit = author.push('Say 2', 'words');
    const contexts = pullRequest(commit, 'words');

    // Without its recordings the checks of the pull request fail, and say why.
    const stale = await job('ci', 'lessons', remote.clone('check', 'words').folder, {
      contexts: { ...contexts, matrix: { shard: '1/1' }, strategy: { 'job-index': 0 } },
    });
    expect(stale.result).toBe('failure');
    expect(stale.output).toMatch(/::error file=content\/lessons\/two\.mdx,line=8/);
    expect(readFileSync(join(artifacts(), 'lessons-0/report.html'), 'utf8')).toContain(
      '1 as recorded, 1 changed, 0 failed',
    );
    expect(readFileSync(join(artifacts(), 'lessons-0/junit.xml'), 'utf8')).toContain('<failure');
    const table = await job('ci', 'summary', remote.clone('table', 'words').folder, { contexts });
    expect(table.summary).toContain('| `two` | changed | `only` |');

    const played = await job('record', 'run', author.folder, { contexts });
    expect(played, played.output).toMatchObject({
      result: 'success',
      outputs: { changed: 'true' },
    });
    author.git('checkout', '--quiet', '--', '.');

    // As GitHub has it: the scripts of the other branch in one folder, the branch in another.
    const pushing = join(remote.folder, 'pushing');
    mkdirSync(pushing);
    const pushed = await job('record', 'push', pushing, {
      contexts: { ...contexts, needs: { run: played } },
      checkout: ({ path = '', ref = '' }) => {
        remote.clone(join('pushing', path)).git('checkout', '--quiet', '--detach', ref);
      },
    });
    expect(pushed, pushed.output).toMatchObject({ result: 'success' });
    expect(github.started).toEqual(['ci.yml@words']);
    author.git('pull', '--quiet', 'origin', 'words');
    expect(author.git('log', '-1', '--format=%an: %s')).toBe(
      'github-actions[bot]: Recordings of two\n',
    );
    expect(author.changed('HEAD')).toEqual([
      'recordings/two/only.cast',
      'recordings/two/only.txt',
      'recordings/two/proof.json',
    ]);
    expect(author.read('recordings/two/only.txt')).toBe('$ echo 2\n2\n');

    const fine = await job('ci', 'lessons', remote.clone('check', 'words').folder, {
      contexts: { ...contexts, matrix: { shard: '1/1' }, strategy: { 'job-index': 0 } },
    });
    expect(fine, fine.output).toMatchObject({ result: 'success' });
  });

  test('of a fork gets a patch and the command that applies it, and nothing is pushed', async () => {
    await begin();
    const fork = remote.clone('fork');
    fork.git('checkout', '--quiet', '-b', 'mine');
    fork.lesson('two', 'Say it as well.', '$ echo "a \\`b\\`"');
    fork.git('commit', '--quiet', '--all', '-m', 'Another text');
    const contexts = pullRequest(fork.git('rev-parse', 'HEAD').trim(), 'mine', 'stranger/fork');
    const branches = remote.branches();
    const played = await job('record', 'run', fork.folder, { contexts });
    expect(played, played.output).toMatchObject({
      result: 'success',
      outputs: { changed: 'true' },
    });
    const run = { repository: REPOSITORY, id: '4711' };
    expect(played.summary).toContain(applyCommand(run));
    expect(
      await job('record', 'push', remote.folder, {
        contexts: { ...contexts, needs: { run: played } },
      }),
    ).toMatchObject({ result: 'skipped' });
    expect(remote.branches()).toEqual(branches);
    expect(github.requests).toEqual([]);

    // The command as it stands there; only `gh` is one that copies from here.
    const recorded = fork.read('recordings/two/only.txt');
    fork.git('checkout', '--quiet', '--', '.');
    fork.git('clean', '--quiet', '-fd');
    expect(fork.read('recordings/two/only.txt')).not.toBe(recorded);
    const gh = `gh() { mkdir "$9" && cp ${artifacts()}/recordings/* "$9"/; }`;
    execFileSync('bash', ['-ec', `${gh}; ${applyCommand(run)}`], { cwd: fork.folder });
    expect(fork.read('recordings/two/only.txt')).toBe(recorded);
    expect(fork.git('status', '--short')).toMatch(/^M {2}recordings\/two\/only\.cast\n/);
  });
});

describe('a pull request that', () => {
  /** A branch of main, in which both lessons were tried in the browser lab. */
  async function branchOff(): Promise<Checkout> {
    const main = await begin();
    for (const id of ['one', 'two']) main.write(`recordings/${id}/browser.json`, '{}\n');
    main.push('They were tried in the browser lab');
    const author = remote.clone('author');
    author.git('checkout', '--quiet', '-b', 'branch');
    return author;
  }

  /** Runs the workflow of a branch as far as it goes. @returns whether it had anything to push */
  async function runRecord(author: Checkout, commit: string): Promise<boolean> {
    const contexts = pullRequest(commit, 'branch');
    const played = await job('record', 'run', remote.clone('run', 'branch').folder, { contexts });
    expect(played, played.output).toMatchObject({ result: 'success' });
    if (played.outputs['changed'] !== 'true') return false;
    const pushing = join(remote.folder, 'pushing');
    mkdirSync(pushing);
    const pushed = await job('record', 'push', pushing, {
      contexts: { ...contexts, needs: { run: played } },
      checkout: ({ path = '', ref = '' }) => {
        remote.clone(join('pushing', path)).git('checkout', '--quiet', '--detach', ref);
      },
    });
    expect(pushed, pushed.output).toMatchObject({ result: 'success' });
    author.git('pull', '--quiet', 'origin', 'branch');
    return true;
  }

  async function expectRecorded(): Promise<void> {
    const checked = await job('ci', 'lessons', remote.clone('check', 'branch').folder, {
      contexts: { matrix: { shard: '1/1' }, strategy: { 'job-index': 0 } },
    });
    expect(checked, checked.output).toMatchObject({ result: 'success' });
  }

  const inProject = (author: Checkout, ...command: readonly string[]) =>
    execFileSync('npm', ['run', '--silent', ...command], { cwd: author.folder, encoding: 'utf8' });

  test('moves a lesson by hand has it recorded anew, and loses the old recordings', async () => {
    const author = await branchOff();
    author.git('mv', 'content/lessons/two.mdx', 'content/lessons/second.mdx');
    expect(await runRecord(author, author.push('Second', 'branch'))).toBe(true);
    expect(readdirSync(join(author.folder, 'recordings')).sort()).toEqual(['one', 'second']);
    expect(author.read('recordings/second/only.txt')).toBe('$ echo two\ntwo\n');
    await expectRecorded();
  });

  test('renames a lesson has nothing to record', async () => {
    const author = await branchOff();
    const before = author.read('recordings/two/only.cast');
    inProject(author, 'rename-lesson', '--', 'two', 'second');
    expect(await runRecord(author, author.push('Second', 'branch'))).toBe(false);
    expect(author.read('recordings/second/only.cast')).toBe(before);
    expect(author.read('recordings/second/browser.json')).toBe('{}\n');
    expect(existsSync(join(author.folder, 'recordings/two'))).toBe(false);
    await expectRecorded();
  });

  test('removes a lesson has nothing to record', async () => {
    const author = await branchOff();
    inProject(author, 'remove-lesson', '--', 'two');
    expect(await runRecord(author, author.push('Without it', 'branch'))).toBe(false);
    expect(readdirSync(join(author.folder, 'recordings'))).toEqual(['one']);
    await expectRecorded();
  });
});

describe('another Engine', () => {
  const contexts = { github: { ...GITHUB, event: { repository: { default_branch: 'main' } } } };
  const tell = async (): Promise<JobResult> => {
    const told = await job('drift', 'report', remote.clone('tell').folder, { contexts });
    expect(told, told.output).toMatchObject({ result: 'success' });
    return told;
  };

  test('that prints something else opens one pull request, and brings it up to date', async () => {
    const host = await openLabHost(() => undefined);
    const older = await host.engine('trixie').finally(() => host.close());
    const main = await record('$ dockerd --version | cut -d. -f1', { LAB_IMAGE: older });
    expect(main.read('recordings/two/only.txt')).toContain('Docker version 26\n');

    const drift = async (): Promise<JobResult> => {
      const played = await job('drift', 'run', remote.clone('play').folder, {
        contexts: { ...contexts, inputs: { image: 'an image of its own' } },
        // The newest Engine here is that of the lab, which is there without being named.
        steps: (step) => ({ ...step, ...(step.env?.['LAB_IMAGE'] && { env: {} }) }),
      });
      expect(played, played.output).toMatchObject({ result: 'success' });
      expect(existsSync(join(artifacts(), 'drift/report.html'))).toBe(true);
      return tell();
    };
    const first = await drift();
    expect(first.summary).toContain('Opened https://github.com/somebody/you-like-docker/pull/1');
    expect(github.items).toMatchObject([{ kind: 'pull', of: 'drift', state: 'open', number: 1 }]);
    expect(github.items[0]?.title).toMatch(
      /^The output of Docker Engine 28\.\S+ differs from 26\.\S+ in 1 lesson$/,
    );
    // What a workflow proposes starts no checks by itself.
    expect(github.started).toEqual(['ci.yml@drift']);
    expect(github.items[0]?.body).toContain('-Docker version 26');
    expect(github.items[0]?.body).toContain('+Docker version 28');
    const branch = () => remote.branches().filter((line) => !line.startsWith('main '));
    expect(branch()).toEqual([`drift ${github.items[0]?.title}`]);
    const commit = main.git('ls-remote', 'origin', 'refs/heads/drift').split('\t')[0] ?? '';
    main.git('fetch', '--quiet', 'origin');
    expect(main.git('rev-list', '--count', 'origin/main..origin/drift').trim()).toBe('1');
    expect(main.changed(commit)).toEqual([
      'recordings/two/only.cast',
      'recordings/two/only.txt',
      'recordings/two/proof.json',
    ]);

    // Told once more, when main has moved on.
    main.write('README.md', 'Something else.\n');
    main.push('A word');
    const second = await tell();
    expect(second.summary).toContain('Updated https://github.com/somebody/you-like-docker/pull/1');
    expect(github.items).toHaveLength(1);
    main.git('fetch', '--quiet', 'origin');
    expect(branch()).toHaveLength(1);
    expect(main.git('rev-list', '--count', 'origin/main..origin/drift').trim()).toBe('1');
    expect(main.git('merge-base', 'origin/main', 'origin/drift')).toBe(
      main.git('rev-parse', 'origin/main'),
    );

    // What was proposed is merged: nothing is left to tell.
    main.git('merge', '--quiet', 'origin/drift');
    main.git('push', '--quiet', 'origin', 'HEAD:main');
    expect((await drift()).summary).toContain('All lessons are as recorded');
    expect(github.items).toMatchObject([{ state: 'closed' }]);
    expect(branch()).toEqual([]);
  });

  test('on which a lesson fails opens one issue, and closes it when it passes', async () => {
    remote.begin().push('No lessons');
    const out = join(artifacts(), 'drift');
    mkdirSync(out, { recursive: true });
    const said = (result: object) => {
      const none = { status: 0, lessons: [], steps: [], failures: [], problems: [] };
      writeFileSync(join(out, 'result.json'), JSON.stringify({ ...none, ...result }));
      writeFileSync(join(out, 'recordings.patch'), '');
    };
    const failure = {
      lesson: 'one',
      status: 20,
      step: 'only',
      file: 'content/lessons/one.mdx',
      line: 8,
      title: 'ended with 127',
      hint: 'fix it',
      // A screen is data, whatever it shows.
      screen: '```\n````\n@everyone <img src=x>\n',
    };
    said({ status: 20, lessons: [{ lesson: 'one', result: 'failed' }], failures: [failure] });
    await tell();
    await tell();
    expect(github.items).toMatchObject([
      {
        kind: 'issue',
        of: 'drift',
        state: 'open',
        title: expect.stringContaining('one') as string,
      },
    ]);
    expect(github.items[0]?.body).toContain('`````text\n```\n````\n@everyone <img src=x>\n`````\n');
    expect(github.requests.filter((name) => name.startsWith('POST'))).toHaveLength(1);

    // A run that ended early tells nothing: what is open stays.
    said({ status: 130 });
    const early = await job('drift', 'report', remote.clone('tell').folder, { contexts });
    expect(early.result).toBe('failure');
    expect(github.items).toMatchObject([{ state: 'open' }]);

    said({ lessons: [{ lesson: 'one', result: 'as recorded' }] });
    await tell();
    expect(github.items).toMatchObject([{ state: 'closed' }]);
  });
});

describe('the other workflows', () => {
  test('pages: the day of the check goes into the build only if all was as recorded', async () => {
    const main = await begin();
    const checked = await job('pages', 'check', main.folder);
    expect(checked, checked.output).toMatchObject({ result: 'success' });
    expect(checked.outputs['day']).toBe(new Date().toISOString().slice(0, 10));
    main.write('recordings/two/only.txt', '$ echo two\n2\n');
    expect(await job('pages', 'check', main.folder)).toMatchObject({
      result: 'failure',
      outputs: { day: '' },
    });
  });

  test('pages: the site has the browser lab where there is one, and is published without it too', async () => {
    const main = remote.begin();
    // Builds are tested on their own.
    const build = 'mkdir dist && echo site > dist/index.html && (test ! -e vm || mv vm dist/vm)';
    main.write(
      'package.json',
      main.read('package.json').replace(/"build": ".*"/, `"build": "${build}"`),
    );
    writeVmFolder(join(artifacts(), 'browser-lab'));
    const published = async (result: string): Promise<string[]> => {
      const needs = { check: { outputs: { day: '' } }, 'browser-lab': { result } };
      const contexts = { needs, vars: {}, github: GITHUB };
      const built = await job('pages', 'build', main.folder, { contexts });
      expect(built, built.output).toMatchObject({ result: 'success' });
      const pages = join(artifacts(), 'github-pages');
      const names = readdirSync(pages).sort();
      for (const folder of [pages, join(main.folder, 'dist')]) rmSync(folder, { recursive: true });
      return names;
    };
    expect(await published('success')).toEqual(['index.html', 'vm']);
    expect(await published('failure')).toEqual(['index.html']);
  });

  test.each([
    ['ci', 'test:vm'],
    ['pages', 'vm'],
  ])('%s: what the browser lab is built of is kept for the next run', async (name, script) => {
    const main = remote.begin();
    const kept = '$XDG_CACHE_HOME/you-like-docker/vm/step';
    main.write(
      'package.json',
      main
        .read('package.json')
        .replace(/"(?:test:)?vm": ".*"/g, (line) => line.replace(/: ".*"/, ': "true"'))
        .replace(
          `"${script}": "true"`,
          `"${script}": "mkdir -p $(dirname ${kept}) && { cat ${kept} || echo built > ${kept}; }"`,
        ),
    );
    main.write('vm/manifest.json', '{}');
    const build = async (): Promise<string> => {
      const cache = join(remote.folder, 'cache');
      const built = await job(name, 'browser-lab', main.folder, {
        steps: ({ run, env, ...step }) => ({
          ...step,
          env: { ...env, XDG_CACHE_HOME: cache },
          // This runs as whoever runs the tests.
          ...(run && { run: run.replace(/^sudo --preserve-env=XDG_CACHE_HOME /, '') }),
        }),
      });
      expect(built, built.output).toMatchObject({ result: 'success' });
      rmSync(cache, { recursive: true });
      return built.output;
    };
    expect(await build()).not.toContain('built\n');
    expect(await build()).toContain('built\n');
  });

  test('release: the site, the browser lab, the downloads and their checksums, the same at every time', async () => {
    const main = remote.begin();
    main.write('CHANGELOG.md', '# Changelog\n\n## [1.2.0] - 2026-01-31\n\n### Added\n\n- All.\n');
    main.write('dist/index.html', '<p>Hello');
    main.write('dist/downloads/index.html', '<p>Downloads');
    for (const ending of ['pdf', 'epub', 'html'])
      main.write(`dist/downloads/you-like-docker.${ending}`, 'A book');
    const vm = join(artifacts(), 'browser-lab');
    writeVmFolder(vm);
    // The site is built by tests of its own.
    main.write(
      'package.json',
      main.read('package.json').replace(/"build": ".*"/, '"build": "true"'),
    );
    const contexts = { github: { ...GITHUB, ref: 'refs/tags/v1.2.0', ref_name: 'v1.2.0' } };
    const release = join(artifacts(), 'release');
    const sums = [];
    for (let run = 0; run < 2; run++) {
      const built = await job('release', 'build', main.folder, { contexts });
      expect(built, built.output).toMatchObject({ result: 'success' });
      sums.push(readFileSync(join(release, 'out/SHA256SUMS'), 'utf8'));
    }
    expect(sums[0]).toBe(sums[1]);
    expect(readFileSync(join(release, 'notes.md'), 'utf8')).toBe('### Added\n\n- All.\n');
    execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: join(release, 'out') });
    const archive = join(release, 'out/you-like-docker-1.2.0-site.tar.gz');
    expect(execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' })).toContain('./index.html');
    expect(existsSync(join(release, 'out/you-like-docker.epub'))).toBe(true);
    const lab = join(release, 'out/you-like-docker-1.2.0-browser-lab');
    const unpacked = join(remote.folder, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xf', `${lab}.tar`, '-C', unpacked]);
    execFileSync('diff', ['-r', vm, unpacked]);
    expect(readFileSync(`${lab}.json`, 'utf8')).toBe(
      readFileSync(join(vm, 'manifest.json'), 'utf8'),
    );

    // Where there is no browser the site is built without it.
    rmSync(join(main.folder, 'dist/downloads/you-like-docker.pdf'));
    const incomplete = await job('release', 'build', main.folder, { contexts });
    expect(incomplete.result).toBe('failure');
    expect(incomplete.output).toContain('has no you-like-docker.pdf');

    writeFileSync(join(vm, 'state-0.bin.zst'), 'another state');
    const changed = await job('release', 'build', main.folder, { contexts });
    expect(changed.result).toBe('failure');
    expect(changed.output).toContain('the hash of state-0.bin.zst differs');

    const unknown = { github: { ...GITHUB, ref_name: 'v9.9.9' } };
    const failed = await job('release', 'build', main.folder, { contexts: unknown });
    expect(failed.result).toBe('failure');
    expect(failed.output).toContain('CHANGELOG.md has no notes on 9.9.9');
  });

  test('lab: the digest of the published image comes as a pull request', async () => {
    const main = remote.begin();
    main.write('scripts/lab/images/default/lock.json', '{}\n');
    main.push('A lab');
    main.write(
      'scripts/lab/images/default/published.json',
      '{ "hash": "1", "image": "a@sha256:1" }\n',
    );
    // What comes before, pushing an image, has a test of its own.
    const { steps, ...rest } = readWorkflow('lab').jobs['publish'] ?? { steps: [] };
    const without = steps.filter(({ run }) => run?.includes('publish-lab') !== true);
    expect(without).toHaveLength(steps.length - 1);
    const run = { folder: main.folder, artifacts: artifacts(), contexts: { github: GITHUB } };
    expect(await runJob({ ...rest, steps: without }, run)).toMatchObject({ result: 'success' });
    const contexts = { github: { ...GITHUB, event: { repository: { default_branch: 'main' } } } };
    const told = await job('lab', 'report', remote.clone('tell').folder, { contexts });
    expect(told, told.output).toMatchObject({ result: 'success' });
    expect(github.items).toMatchObject([{ kind: 'pull', of: 'lab-image', state: 'open' }]);
    expect(github.started).toEqual(['ci.yml@lab-image']);
    expect(remote.branches()[0]).toMatch(/^lab-image Use the published lab image/);
  });
});
