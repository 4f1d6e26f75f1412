import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A bare repository, and checkouts of it in which the scripts of this project run. */
export class Remote {
  readonly folder = mkdtempSync(join(tmpdir(), 'you-like-docker-remote-'));
  readonly bare = join(this.folder, 'remote.git');

  constructor() {
    this.git(this.folder, 'init', '--quiet', '--bare', '--initial-branch=main', this.bare);
  }

  /** A repository of its own with the same branches. */
  copy(): Remote {
    const copy = new Remote();
    copy.git(copy.folder, '--git-dir', copy.bare, 'fetch', '--quiet', this.bare, '+refs/*:refs/*');
    return copy;
  }

  /** A new checkout of a branch. */
  clone(name: string, branch = 'main'): Checkout {
    const folder = join(this.folder, name);
    rmSync(folder, { recursive: true, force: true });
    this.git(this.folder, 'clone', '--quiet', this.bare, folder);
    const checkout = new Checkout(this, folder);
    if (branch !== 'main' || this.branches().length > 0)
      checkout.git('checkout', '--quiet', branch);
    return checkout;
  }

  /** The first commit: a project without lessons, whose scripts are those of this one. */
  begin(): Checkout {
    const checkout = this.clone('first');
    const pack = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const scripts = Object.fromEntries(
      Object.entries(pack.scripts).map(([name, script]) => [
        name,
        script.replace(
          'node scripts/command/run.mjs ',
          `node ${join(PROJECT, 'scripts/command/run.mjs')} `,
        ),
      ]),
    );
    checkout.write('package.json', `${JSON.stringify({ type: 'module', scripts }, null, 2)}\n`);
    checkout.write('.gitignore', 'out/\nnode_modules/\n');
    mkdirSync(join(checkout.folder, 'content/lessons'), { recursive: true });
    cpSync(join(PROJECT, '.github'), join(checkout.folder, '.github'), { recursive: true });
    return checkout;
  }

  /** The branches, with the title of their last commit. */
  branches(): string[] {
    const format = '--format=%(refname:short) %(subject)';
    return this.git(this.bare, 'for-each-ref', format, 'refs/heads')
      .split('\n')
      .filter((line) => line !== '');
  }

  git(cwd: string, ...args: string[]): string {
    const name = { GIT_AUTHOR_NAME: 'Ann Author', GIT_AUTHOR_EMAIL: 'ann@example.org' };
    const by = { GIT_COMMITTER_NAME: 'Ann Author', GIT_COMMITTER_EMAIL: 'ann@example.org' };
    return execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...name, ...by, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A working folder of a remote. */
export class Checkout {
  readonly remote: Remote;
  readonly folder: string;

  constructor(remote: Remote, folder: string) {
    this.remote = remote;
    this.folder = folder;
  }

  git(...args: string[]): string {
    return this.remote.git(this.folder, ...args);
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** A lesson of one step. */
  lesson(id: string, prose: string, ...typed: readonly string[]): void {
    const front = ['---', `title: ${id}`, 'description: For a test.', '---', '', prose, ''];
    const fence = ['```console only', ...typed, '```', ''];
    this.write(`content/lessons/${id}.mdx`, [...front, ...fence].join('\n'));
  }

  /** Commits all there is and pushes it. @returns the commit */
  push(message: string, branch = 'main'): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '-m', message);
    this.git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
    return this.git('rev-parse', 'HEAD').trim();
  }

  /** Files that a commit changed. */
  changed(commit: string): string[] {
    return this.git('diff-tree', '--no-commit-id', '--name-only', '-r', commit)
      .split('\n')
      .filter((line) => line !== '');
  }
}
