import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { applyCommand } from '../../scripts/ci/handed-back.ts';
import { openLabHost } from '../../scripts/lab/index.ts';
import type { Checkout, Remote } from '../support/checkout.ts';
import { GITHUB, REPOSITORY, useRepository } from '../support/repository.ts';
import type { JobResult } from '../support/workflow.ts';

/* The workflows that run lessons: for a pull request, for another Engine, and before the site is
   published. */

const repository = useRepository();

/** What the lessons one and two type. */
const ONE = '$ dockerd --version | cut -d. -f1';
const TWO = '$ echo two';

/** A repository of two lessons, whose recordings the workflow made; made once for all tests. */
let template: Remote | undefined;
async function begin(): Promise<Checkout> {
  template ??= await record();
  repository.restore(template);
  return repository.remote.clone('first');
}
afterAll(() => template?.remove());

async function record(): Promise<Remote> {
  const main = repository.remote.begin();
  main.lesson('one', 'Say it.', ONE);
  main.lesson('two', 'Say it as well.', TWO);
  const contexts = repository.pullRequest(main.push('Two lessons'), 'main');
  const recorded = await repository.job('record', 'run', main.folder, { contexts });
  expect(recorded, recorded.output).toMatchObject({
    result: 'success',
    outputs: { changed: 'true' },
  });
  main.push('Their recordings');
  return repository.remote.copy();
}

/** The image of another real Engine, which is older than that of the lab. */
async function otherEngine(): Promise<string> {
  const host = await openLabHost(() => undefined);
  return host.engine('trixie').finally(() => host.close());
}

/** Runs the checks of all lessons on a branch. */
function check(branch: string): Promise<JobResult> {
  const { folder } = repository.remote.clone('check', branch);
  const contexts = { matrix: { shard: '1/1' }, strategy: { 'job-index': 0 } };
  return repository.job('ci', 'lessons', folder, { contexts });
}

describe('a pull request', () => {
  test('gets the recordings of exactly what it changed, and prose alone runs nothing', async () => {
    await begin();
    const author = repository.remote.clone('author');
    author.git('checkout', '--quiet', '-b', 'words');
    author.lesson('one', 'Say it aloud.', ONE);
    const prose = author.push('Other words', 'words');
    // Nothing may ask for an Engine: this one cannot be reached.
    const nowhere = { DOCKER_HOST: 'unix:///nowhere.sock', XDG_CACHE_HOME: '/dev/null/none' };
    const calm = await repository.job('record', 'run', author.folder, {
      contexts: repository.pullRequest(prose, 'words'),
      env: nowhere,
    });
    expect(calm, calm.output).toMatchObject({ result: 'success', outputs: { changed: 'false' } });
    expect(
      await repository.job('record', 'push', repository.remote.folder, {
        contexts: { ...repository.pullRequest(prose, 'words'), needs: { run: calm } },
      }),
    ).toMatchObject({ result: 'skipped' });

    author.lesson('two', 'Say it as well.', '$ echo 2');
    const commit = author.push('Say 2', 'words');
    const contexts = repository.pullRequest(commit, 'words');

    // Without its recordings, the checks of the pull request fail and say why.
    const stale = await check('words');
    expect(stale.result).toBe('failure');
    expect(stale.output).toMatch(/::error file=content\/lessons\/two\.mdx,line=8/);
    expect(readFileSync(join(repository.artifacts, 'lessons-0/report.html'), 'utf8')).toContain(
      '1 as recorded, 1 changed, 0 failed',
    );
    expect(readFileSync(join(repository.artifacts, 'lessons-0/junit.xml'), 'utf8')).toContain(
      '<failure',
    );
    const { folder } = repository.remote.clone('table', 'words');
    const table = await repository.job('ci', 'summary', folder, { contexts });
    expect(table.summary).toContain('| `two` | changed | `only` |');

    const ran = await repository.job('record', 'run', author.folder, { contexts });
    expect(ran, ran.output).toMatchObject({
      result: 'success',
      outputs: { changed: 'true' },
    });
    author.git('checkout', '--quiet', '--', '.');

    const pushed = await repository.push({ ...contexts, needs: { run: ran } });
    expect(pushed, pushed.output).toMatchObject({ result: 'success' });
    expect(repository.github.started).toEqual(['ci.yml@words']);
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

    const fine = await check('words');
    expect(fine, fine.output).toMatchObject({ result: 'success' });
  });

  test('also gets what another Engine prints differently', async () => {
    const main = await begin();
    main.write('recordings/engines.json', JSON.stringify({ 29: await otherEngine() }));
    const commit = main.push('One more Engine', 'engine');
    const contexts = repository.pullRequest(commit, 'engine');
    const ran = await repository.job('record', 'run', main.folder, { contexts });
    expect(ran, ran.output).toMatchObject({ result: 'success', outputs: { changed: 'true' } });
    expect(ran.summary).toContain('| `one` | changed | `only` |');
    const pushed = await repository.push({ ...contexts, needs: { run: ran } });
    expect(pushed, pushed.output).toMatchObject({ result: 'success' });
    const branch = repository.remote.clone('pushed', 'engine');
    expect(branch.changed('HEAD')).toEqual([
      'recordings/one/engines/29/only.cast',
      'recordings/one/engines/29/only.txt',
      'recordings/one/engines/29/proof.json',
      'recordings/two/engines/29/proof.json',
    ]);
    const strategy = { matrix: { shard: '1/1' }, strategy: { 'job-index': 0 } };
    const checked = await repository.job('ci', 'engine-29', branch.folder, { contexts: strategy });
    expect(checked, checked.output).toMatchObject({ result: 'success' });
  });

  test('from a fork gets a patch and the command that applies it, and nothing is pushed', async () => {
    await begin();
    const fork = repository.remote.clone('fork');
    fork.git('checkout', '--quiet', '-b', 'mine');
    fork.lesson('two', 'Say it as well.', '$ echo "a \\`b\\`"');
    fork.git('commit', '--quiet', '--all', '-m', 'Another text');
    const contexts = repository.pullRequest(
      fork.git('rev-parse', 'HEAD').trim(),
      'mine',
      'stranger/fork',
    );
    const branches = repository.remote.branches();
    const ran = await repository.job('record', 'run', fork.folder, { contexts });
    expect(ran, ran.output).toMatchObject({
      result: 'success',
      outputs: { changed: 'true' },
    });
    const run = { repository: REPOSITORY, id: '4711' };
    expect(ran.summary).toContain(applyCommand(run));
    expect(
      await repository.job('record', 'push', repository.remote.folder, {
        contexts: { ...contexts, needs: { run: ran } },
      }),
    ).toMatchObject({ result: 'skipped' });
    expect(repository.remote.branches()).toEqual(branches);
    expect(repository.github.requests).toEqual([]);

    // The command as printed, with a `gh` that copies from this machine.
    const recorded = fork.read('recordings/two/only.txt');
    fork.git('checkout', '--quiet', '--', '.');
    fork.git('clean', '--quiet', '-fd');
    expect(fork.read('recordings/two/only.txt')).not.toBe(recorded);
    const gh = `gh() { mkdir "$9" && cp -r ${repository.artifacts}/recordings/* "$9"/; }`;
    execFileSync('bash', ['-ec', `${gh}; ${applyCommand(run)}`], { cwd: fork.folder });
    expect(fork.read('recordings/two/only.txt')).toBe(recorded);
    expect(fork.git('status', '--short')).toMatch(/^M {2}recordings\/two\/only\.cast\n/);
  });
});

describe('a pull request that', () => {
  /** A branch of main whose lessons were both tried in the browser lab. */
  async function branchOff(): Promise<Checkout> {
    const main = await begin();
    for (const id of ['one', 'two']) main.write(`recordings/${id}/browser.json`, '{}\n');
    main.push('They were tried in the browser lab');
    const author = repository.remote.clone('author');
    author.git('checkout', '--quiet', '-b', 'branch');
    return author;
  }

  /** Runs the workflow of a branch. Returns whether there was anything to push. */
  async function runRecord(author: Checkout, commit: string): Promise<boolean> {
    const contexts = repository.pullRequest(commit, 'branch');
    const { folder } = repository.remote.clone('run', 'branch');
    const ran = await repository.job('record', 'run', folder, { contexts });
    expect(ran, ran.output).toMatchObject({ result: 'success' });
    if (ran.outputs['changed'] !== 'true') return false;
    const pushed = await repository.push({ ...contexts, needs: { run: ran } });
    expect(pushed, pushed.output).toMatchObject({ result: 'success' });
    author.git('pull', '--quiet', 'origin', 'branch');
    return true;
  }

  async function expectRecorded(): Promise<void> {
    const checked = await check('branch');
    expect(checked, checked.output).toMatchObject({ result: 'success' });
  }

  const inProject = (author: Checkout, ...command: readonly string[]) =>
    execFileSync('npm', ['run', '--silent', ...command], { cwd: author.folder, encoding: 'utf8' });

  test('moves a lesson by hand gets new recordings of it, and loses the old ones', async () => {
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
  const report = async (): Promise<JobResult> => {
    const { folder } = repository.remote.clone('report');
    const reported = await repository.job('drift', 'report', folder, { contexts });
    expect(reported, reported.output).toMatchObject({ result: 'success' });
    return reported;
  };

  test('with other output opens one pull request, and keeps it up to date', async () => {
    const main = await begin();
    const drift = async (): Promise<JobResult> => {
      const ran = await repository.job('drift', 'run', repository.remote.clone('run').folder, {
        contexts: { ...contexts, inputs: { image: await otherEngine() } },
      });
      expect(ran, ran.output).toMatchObject({ result: 'success' });
      expect(existsSync(join(repository.artifacts, 'drift/report.html'))).toBe(true);
      return report();
    };
    const first = await drift();
    expect(first.summary).toContain('Opened https://github.com/somebody/you-like-docker/pull/1');
    expect(repository.github.items).toMatchObject([
      { kind: 'pull', of: 'drift', state: 'open', number: 1 },
    ]);
    expect(repository.github.items[0]?.title).toMatch(
      /^The output of Docker Engine 26\.\S+ in 2 lessons$/,
    );
    // A pull request of a workflow does not start checks by itself.
    expect(repository.github.started).toEqual(['ci.yml@drift']);
    expect(repository.github.items[0]?.body).toContain('-Docker version 28');
    expect(repository.github.items[0]?.body).toContain('+Docker version 26');
    const branch = () => repository.remote.branches().filter((line) => !line.startsWith('main '));
    expect(branch()).toEqual([`drift ${repository.github.items[0]?.title}`]);
    const commit = main.git('ls-remote', 'origin', 'refs/heads/drift').split('\t')[0] ?? '';
    main.git('fetch', '--quiet', 'origin');
    expect(main.git('rev-list', '--count', 'origin/main..origin/drift').trim()).toBe('1');
    // A new major version becomes a variant; what the reference Engine prints stays.
    expect(main.changed(commit)).toEqual([
      'recordings/engines.json',
      'recordings/one/engines/26/only.cast',
      'recordings/one/engines/26/only.txt',
      'recordings/one/engines/26/proof.json',
      'recordings/two/engines/26/proof.json',
    ]);
    expect(main.git('show', `${commit}:recordings/engines.json`)).toMatch(
      /^\{\n {2}"26": "docker:26\.\S+-dind"\n\}\n$/,
    );

    // Reported again after a commit on main.
    main.write('README.md', 'Something else.\n');
    main.push('A word');
    const second = await report();
    expect(second.summary).toContain('Updated https://github.com/somebody/you-like-docker/pull/1');
    expect(repository.github.items).toHaveLength(1);
    main.git('fetch', '--quiet', 'origin');
    expect(branch()).toHaveLength(1);
    expect(main.git('rev-list', '--count', 'origin/main..origin/drift').trim()).toBe('1');
    expect(main.git('merge-base', 'origin/main', 'origin/drift')).toBe(
      main.git('rev-parse', 'origin/main'),
    );

    // Commits that a person has added to the pull request are not replaced, and not deleted.
    main.git('checkout', '--quiet', '-B', 'drift', 'origin/drift');
    main.write('content/word.txt', 'Prose that fits.\n');
    const reviewed = main.push('Correct the prose', 'drift');
    main.git('checkout', '--quiet', 'main');
    const { folder } = repository.remote.clone('report');
    const refused = await repository.job('drift', 'report', folder, { contexts });
    expect(refused.result).toBe('failure');
    expect(refused.output).toContain('the branch drift ends with a commit by');
    main.git('fetch', '--quiet', 'origin');
    expect(main.git('rev-parse', 'origin/drift').trim()).toBe(reviewed);

    // Once the pull request is merged, nothing is left to report.
    main.git('merge', '--quiet', 'origin/drift');
    main.git('push', '--quiet', 'origin', 'HEAD:main');
    expect((await drift()).summary).toContain('All lessons are as recorded');
    expect(repository.github.items).toMatchObject([{ state: 'closed' }]);
    expect(branch()).toEqual(['drift Correct the prose']);
    main.git('push', '--quiet', '--force', 'origin', `${commit}:refs/heads/drift`);
    expect((await drift()).summary).toContain('All lessons are as recorded');
    expect(branch()).toEqual([]);
  });

  test('on which a lesson fails opens one issue, and closes it once the lesson passes', async () => {
    repository.remote.begin().push('No lessons');
    const out = join(repository.artifacts, 'drift');
    mkdirSync(out, { recursive: true });
    const write = (result: object) => {
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
    write({ status: 20, lessons: [{ lesson: 'one', result: 'failed' }], failures: [failure] });
    await report();
    await report();
    expect(repository.github.items).toMatchObject([
      {
        kind: 'issue',
        of: 'drift',
        state: 'open',
        title: expect.stringContaining('one') as string,
      },
    ]);
    expect(repository.github.items[0]?.body).toContain(
      '`````text\n```\n````\n@everyone <img src=x>\n`````\n',
    );
    expect(repository.github.requests.filter((name) => name.startsWith('POST'))).toHaveLength(1);

    // A run that was interrupted reports nothing: what is open stays open.
    write({ status: 130 });
    const { folder } = repository.remote.clone('report');
    const early = await repository.job('drift', 'report', folder, { contexts });
    expect(early.result).toBe('failure');
    expect(repository.github.items).toMatchObject([{ state: 'open' }]);

    write({ lessons: [{ lesson: 'one', result: 'as recorded' }] });
    await report();
    expect(repository.github.items).toMatchObject([{ state: 'closed' }]);
  });
});

describe('the site', () => {
  test('is built with the date of the check only if all lessons are as recorded', async () => {
    const main = await begin();
    const checked = await repository.job('pages', 'check', main.folder);
    expect(checked, checked.output).toMatchObject({ result: 'success' });
    expect(checked.outputs['day']).toBe(new Date().toISOString().slice(0, 10));
    main.write('recordings/two/only.txt', '$ echo two\n2\n');
    expect(await repository.job('pages', 'check', main.folder)).toMatchObject({
      result: 'failure',
      outputs: { day: '' },
    });
  });
});
