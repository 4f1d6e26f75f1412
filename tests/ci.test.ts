import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyCommand } from '../scripts/ci/handed-back.ts';
import { applyPatch, makePatch, PatchError, RECORDINGS } from '../scripts/ci/patch.ts';
import { openLabHost } from '../scripts/lab/index.ts';
import { type Checkout, Remote } from './support/checkout.ts';
import { type FakeGitHub, fakeGitHub } from './support/github.ts';
import { type Contexts, type JobResult, readWorkflow, runJob } from './support/workflow.ts';

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
  more: { contexts?: Contexts; env?: Record<string, string>; checkout?: (inputs: Inputs) => void } = {},
): Promise<JobResult> {
  const found = readWorkflow(workflow).jobs[name];
  if (found === undefined) throw new Error(`${workflow} has no job ${name}`);
  return runJob(found, {
    folder,
    artifacts: artifacts(),
    contexts: { github: GITHUB, inputs: { image: '' }, ...more.contexts },
    env: {
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_RUN_ID: '4711',
      GITHUB_API_URL: github.api,
      XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? '',
      ...more.env,
    },
    ...(more.checkout && { checkout: more.checkout }),
  });
}

type Inputs = Readonly<Record<string, string>>;

/** What a pull request's event tells. */
function pullRequest(head: string, branch: string, from = REPOSITORY) {
  const base = { sha: remote.git(remote.bare, 'rev-parse', 'main').trim(), ref: 'main' };
  const pull_request = { number: 7, base, head: { sha: head, ref: branch, repo: { full_name: from } } };
  return { github: { ...GITHUB, event: { pull_request } } };
}

/** A repository with two recorded lessons. */
async function begin(env: Record<string, string> = {}): Promise<Checkout> {
  const main = remote.begin();
  main.lesson('one', 'Say it.', '$ echo one');
  main.lesson('two', 'Say it as well.', '$ echo two');
  main.push('Two lessons');
  const recorded = await job('record', 'play', main.folder, {
    contexts: pullRequest(main.push0(), 'main'),
    env,
  });
  expect(recorded, recorded.output).toMatchObject({ result: 'success', outputs: { changed: 'true' } });
  main.push('Their recordings');
  return main;
}

describe('a patch from a run of a stranger', () => {
  let main: Checkout;
  const patchOf = async (change: () => void): Promise<string> => {
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
    main.push('A recording');
  });

  test('is applied, if it writes and removes recordings alone', async () => {
    const file = await patchOf(() => {
      main.write('recordings/one/other.txt', 'other\n');
      main.git('rm', '--quiet', 'recordings/one/only.txt');
    });
    expect((await applyPatch(main.folder, file, RECORDINGS)).sort()).toEqual([
      'recordings/one/only.txt',
      'recordings/one/other.txt',
    ]);
    expect(main.git('status', '--short')).toBe(
      'D  recordings/one/only.txt\nA  recordings/one/other.txt\n',
    );
  });

  test.each([
    ['a workflow', () => main.write('.github/workflows/evil.yml', 'on: push\n')],
    ['a script', () => main.write('scripts/ci.ts', 'evil()\n')],
    ['a file beside the recordings', () => main.write('recordings/evil.sh', 'evil\n')],
    ['a file of another kind', () => main.write('recordings/one/evil.sh', 'evil\n')],
    [
      'a file that can be run',
      () => {
        main.write('recordings/one/evil.txt', 'evil\n');
        main.git('add', 'recordings/one/evil.txt');
        main.git('update-index', '--chmod=+x', 'recordings/one/evil.txt');
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
    const file = await patchOf(change);
    expect(readFileSync(file, 'utf8')).not.toBe('');
    await expect(applyPatch(main.folder, file, RECORDINGS)).rejects.toThrow(PatchError);
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
    const calm = await job('record', 'play', author.folder, {
      contexts: pullRequest(prose, 'words'),
      env: nowhere,
    });
    expect(calm, calm.output).toMatchObject({ result: 'success', outputs: { changed: 'false' } });
    expect(
      await job('record', 'push', remote.folder, {
        contexts: { ...pullRequest(prose, 'words'), needs: { play: calm } },
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
    expect(readFileSync(join(artifacts(), 'lessons-0/report.html'), 'utf8')).toContain('echo 2');
    expect(readFileSync(join(artifacts(), 'lessons-0/junit.xml'), 'utf8')).toContain('<failure');
    const table = await job('ci', 'summary', remote.clone('table', 'words').folder, { contexts });
    expect(table.summary).toContain('| `two` | changed | `only` |');

    const played = await job('record', 'play', author.folder, { contexts });
    expect(played, played.output).toMatchObject({ result: 'success', outputs: { changed: 'true' } });
    author.git('checkout', '--quiet', '--', '.');

    // As GitHub has it: the scripts of the other branch in one folder, the branch in another.
    const pushing = join(remote.folder, 'pushing');
    mkdirSync(pushing);
    const pushed = await job('record', 'push', pushing, {
      contexts: { ...contexts, needs: { play: played } },
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
    const played = await job('record', 'play', fork.folder, { contexts });
    expect(played, played.output).toMatchObject({ result: 'success', outputs: { changed: 'true' } });
    const run = { repository: REPOSITORY, id: '4711' };
    expect(played.summary).toContain(applyCommand(run));
    expect(
      await job('record', 'push', remote.folder, { contexts: { ...contexts, needs: { play: played } } }),
    ).toMatchObject({ result: 'skipped' });
    expect(remote.branches()).toEqual(branches);
    expect(github.requests).toEqual([]);

    // The command as it stands there; only `gh` is one that copies from here.
    const recorded = fork.read('recordings/two/only.txt');
    fork.git('checkout', '--quiet', '--', '.');
    fork.git('clean', '--quiet', '-fd');
    expect(fork.read('recordings/two/only.txt')).not.toBe(recorded);
    const { execFileSync } = await import('node:child_process');
    const gh = `gh() { mkdir "$8" && cp ${artifacts()}/recordings/* "$8"/; }`;
    execFileSync('bash', ['-ec', `${gh}; ${applyCommand(run)}`], { cwd: fork.folder });
    expect(fork.read('recordings/two/only.txt')).toBe(recorded);
    expect(fork.git('status', '--short')).toMatch(/^M {2}recordings\/two\/only\.cast\n/);
  });
});

describe('another Engine', () => {
  const contexts = { github: { ...GITHUB, event: { repository: { default_branch: 'main' } } } };

  /** The workflow, on the Engine of the lab; `docker build` of the newest one is not part of it. */
  async function drift(): Promise<JobResult> {
    const played = await job('drift', 'play', remote.clone('play').folder, {
      contexts: { ...contexts, inputs: { image: 'named' } },
      // Set last, as by the step itself: the lab's own image.
      env: {},
    });
    expect(played, played.output).toMatchObject({ result: 'success' });
    const told = await job('drift', 'tell', remote.clone('tell').folder, { contexts });
    expect(told, told.output).toMatchObject({ result: 'success' });
    return told;
  }
  void drift;

  test.todo('see below');
});
