/* eslint-disable no-console -- the command line of `npm run ci` */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { notesOf } from './ci/changelog.ts';
import { checkedOn } from './ci/checked.ts';
import { reportDrift } from './ci/drift.ts';
import { CiError } from './ci/error.ts';
import { gitHub } from './ci/github.ts';
import { handedBack } from './ci/handed-back.ts';
import { asMarkdown, headline } from './ci/markdown.ts';
import { setOutput, showSummary } from './ci/outputs.ts';
import { LAB_LOCKS, LAST_RELEASE, lessonsIn, makePatch, pathsOf, RECORDINGS } from './ci/patch.ts';
import { pushBranch, pushRecordings } from './ci/push.ts';
import { layOutRelease, pinRelease } from './ci/release.ts';
import { readResults } from './ci/result.ts';
import { siteAddress } from './ci/site-address.ts';
import { vmCacheOf } from './ci/vm-cache.ts';
import { readArguments } from './command/arguments.ts';
import type { COMMANDS } from './command/commands.mjs';
import { LabError, openLabHost } from './lab/index.ts';
import { majorOf } from '../src/core/recording/engines.ts';
import { addEngine } from '../src/store/engines.ts';
import { foldersOf } from '../src/store/folders.ts';

const ROOT = join(import.meta.dirname, '..');

type FirstWord<T> = T extends `${infer Word} ${string}` ? Word : T;
type Command = FirstWord<keyof (typeof COMMANDS.ci.positionals)['COMMAND']['choices']>;

const commands: Readonly<Record<Command, (...args: string[]) => Promise<void>>> = {
  async summary(out = 'out') {
    const result = await readResults(out);
    await showSummary(`## ${headline(result)}\n\n${asMarkdown(result, runUrl())}`);
  },

  async patch(out = 'out') {
    const patch = await makePatch(process.cwd(), RECORDINGS);
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'recordings.patch'), patch);
    await setOutput('changed', String(patch !== ''));
  },

  async engine() {
    const host = await openLabHost((line) => console.error(`ci: ${line}`));
    try {
      const spec = { lab: 'default', store: 'containerd', images: [] } as const;
      const image = env('ENGINE_IMAGE');
      const newest = await host.openLab({ ...spec, engine: { name: 'newest', image } });
      const { engine } = newest.facts;
      const reference = await host.openLab(spec);
      const isNewer = majorOf(engine) !== majorOf(reference.facts.engine);
      const { recordings } = foldersOf(process.cwd());
      await setOutput('engine', isNewer ? addEngine(recordings, engine) : '');
    } finally {
      await host.close();
    }
  },

  async 'hand-back'(out = 'out') {
    const paths = await pathsOf(process.cwd(), resolve(out, 'recordings.patch'));
    const run = { repository: env('GITHUB_REPOSITORY'), id: env('GITHUB_RUN_ID') };
    await showSummary(handedBack(run, lessonsIn(paths)));
  },

  async push(patch = '', folder = '') {
    const branch = env('BRANCH');
    const commit = await pushRecordings(resolve(folder), resolve(patch), branch);
    console.log(`pushed ${commit}`);
    // A push from a workflow does not start other workflows, so start the checks explicitly.
    await onGitHub().startWorkflow('ci.yml', branch);
  },

  async drift(out = 'out') {
    const opened = await reportDrift({
      folder: process.cwd(),
      out,
      base: env('BASE'),
      run: runUrl(),
      gitHub: onGitHub(),
    });
    await showSummary(
      opened.length === 0
        ? 'All lessons are as recorded.'
        : opened.map(({ url, updated }) => `${updated ? 'Updated' : 'Opened'} ${url}`).join('\n\n'),
    );
  },

  async 'publish-lab'() {
    const host = await openLabHost((line) => console.error(`ci: ${line}`));
    try {
      const user = { username: env('REGISTRY_USER'), password: env('REGISTRY_TOKEN') };
      console.log(`wrote ${await host.publish('default', env('IMAGE').toLowerCase(), user)}`);
      console.log(`wrote ${await host.lock('default')}`);
    } finally {
      await host.close();
    }
  },

  async 'lab-patch'(out = 'out') {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'lab.patch'), await makePatch(process.cwd(), LAB_LOCKS));
  },

  async 'lab-pull-request'(out = 'out') {
    const patch = resolve(out, 'lab.patch');
    if ((await readFile(patch, 'utf8')) === '') return;
    const branch = 'lab-image';
    const title = await pushBranch(process.cwd(), {
      branch,
      patch,
      scope: LAB_LOCKS,
      message: () => 'Use the published lab image, and lock the versions in it',
    });
    const body =
      'After the merge, the lab image is pulled by this digest instead of being built. ' +
      `It was built by ${runUrl()}.`;
    const { url } = await onGitHub().openPullRequest(branch, env('BASE'), { title, body });
    await onGitHub().startWorkflow('ci.yml', branch);
    await showSummary(url);
  },

  async checked(out = 'out') {
    await setOutput('day', await checkedOn(out, new Date()));
  },

  async address() {
    const address = siteAddress(env('GITHUB_REPOSITORY'), process.env['OWN_ADDRESS']);
    for (const [name, value] of Object.entries(address)) await setOutput(name, value);
  },

  async 'vm-cache'() {
    const cache = await vmCacheOf(ROOT);
    for (const [name, value] of Object.entries(cache)) await setOutput(name, value);
  },

  async notes(file = '') {
    await writeFile(file, `${notesOf(await readFile('CHANGELOG.md', 'utf8'), env('TAG'))}\n`);
  },

  async release(site = 'dist', vm = 'vm', out = 'out') {
    for (const name of await layOutRelease({ site, vm, out, version: version() }))
      console.log(join(out, name));
  },

  async 'release-patch'(vm = 'vm', out = 'out', patch = '') {
    const server = process.env['GITHUB_SERVER_URL'] ?? 'https://github.com';
    const address = `${server}/${env('GITHUB_REPOSITORY')}/releases/download/${env('TAG')}`;
    await pinRelease(process.cwd(), { vm, out, version: version() }, address);
    await writeFile(patch, await makePatch(process.cwd(), LAST_RELEASE));
  },

  async 'release-pull-request'(patch = '') {
    const title = await pushBranch(process.cwd(), {
      branch: 'last-release',
      patch: resolve(patch),
      scope: LAST_RELEASE,
      message: () => `npm start fetches the browser lab of ${env('TAG')} where it cannot build it`,
    });
    const body =
      'After the merge, `npm start` fetches this file on machines that cannot build the browser ' +
      `lab, and checks its hash. It was published by ${runUrl()}.`;
    const { url } = await onGitHub().openPullRequest('last-release', env('BASE'), { title, body });
    await onGitHub().startWorkflow('ci.yml', 'last-release');
    await showSummary(url);
  },
};

const [name, ...args] = readArguments('ci').positionals;
try {
  await commands[name as Command](...args);
} catch (error) {
  if (!(error instanceof CiError || error instanceof LabError)) throw error;
  console.error(`ci: ${error.message}`);
  process.exitCode = 1;
}

function onGitHub() {
  return gitHub({
    api: process.env['GITHUB_API_URL'] ?? 'https://api.github.com',
    repository: env('GITHUB_REPOSITORY'),
    token: env('GITHUB_TOKEN'),
  });
}

/** The version that the tag names. */
function version(): string {
  return env('TAG').replace(/^v/, '');
}

function runUrl(): string {
  const server = process.env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  return `${server}/${env('GITHUB_REPOSITORY')}/actions/runs/${env('GITHUB_RUN_ID')}`;
}

function env(variable: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') throw new CiError(`${variable} is not set`);
  return value;
}
