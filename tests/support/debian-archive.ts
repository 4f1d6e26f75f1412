import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasProgram, installPackages } from '../../scripts/lab/outer-engine/packages.ts';

/** A package of such an archive. */
export interface ArchivedPackage {
  readonly name: string;
  readonly version: string;
  /** Folder in the pool: the source that it is built from. */
  readonly source?: string;
  readonly depends?: string;
}

/** An archive of packages such as Debian's, at an address of this machine, and its key. */
export interface DebianArchive {
  readonly address: string;
  /** Path of the keyring that holds the archive's key. */
  readonly keyring: string;
  /** Files by their path in the archive: a test may change them. */
  readonly files: Map<string, string | Buffer>;
  /** Publishes a suite. */
  readonly publish: (
    packages: readonly ArchivedPackage[],
    release?: {
      /** Of its release file, beside those that it has anyway. */
      readonly fields?: readonly string[];
      readonly key?: 'ours' | 'another';
      readonly suite?: string;
    },
  ) => Promise<void>;
  readonly close: () => Promise<void>;
}

export const sha256Of = (content: string | Buffer) =>
  createHash('sha256').update(content).digest('hex');

/** Where a package is in the archive. */
export const pathOf = ({ name, version, source = name }: ArchivedPackage) =>
  `pool/main/${source.slice(0, 1)}/${source}/${name}_${version}_i386.deb`;

/** What its file holds. */
export const contentOf = ({ name, version }: ArchivedPackage) => `${name} ${version}`;

/** Opens an archive with two new keys, of which its keyring holds the first. */
export async function openArchive(): Promise<DebianArchive> {
  const present = await Promise.all(['gpg', 'gpg-agent'].map(hasProgram));
  if (present.includes(false)) await installPackages(['gpg', 'gpg-agent'], () => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
  const keyring = join(folder, 'archive-keyring.gpg');
  mkdirSync(join(folder, 'gnupg'), { mode: 0o700 });
  const gpg = (...args: string[]) =>
    promisify(execFile)('gpg', ['--batch', '--quiet', '--passphrase', '', ...args], {
      env: { ...process.env, GNUPGHOME: join(folder, 'gnupg') },
    });
  for (const key of ['ours', 'another'])
    await gpg('--quick-generate-key', `${key} <${key}@example.org>`, 'ed25519', 'sign', 'never');
  await gpg('--output', keyring, '--export', 'ours@example.org');

  const files = new Map<string, string | Buffer>();
  const server = createServer(({ url = '' }, response) => {
    const content = files.get(decodeURIComponent(url).slice(1));
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keyring,
    files,
    async publish(packages, { fields = [], key = 'ours', suite = 'trixie' } = {}) {
      const index = packages.map(stanza).join('\n');
      for (const one of packages) files.set(pathOf(one), contentOf(one));
      files.set(`dists/${suite}/main/binary-i386/Packages`, index);
      const file = join(folder, 'Release');
      writeFileSync(file, release(suite, index, fields));
      const signer = ['--local-user', `${key}@example.org`, '--yes', '--output', `${file}.signed`];
      await gpg(...signer, '--clear-sign', file);
      files.set(`dists/${suite}/InRelease`, readFileSync(`${file}.signed`));
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await promisify(execFile)('gpgconf', ['--kill', 'gpg-agent'], {
        env: { ...process.env, GNUPGHOME: join(folder, 'gnupg') },
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function stanza(one: ArchivedPackage): string {
  const fields = [
    `Package: ${one.name}`,
    `Version: ${one.version}`,
    'Architecture: i386',
    ...(one.depends === undefined ? [] : [`Depends: ${one.depends}`]),
    `Filename: ${pathOf(one)}`,
    `Size: ${contentOf(one).length}`,
    `SHA256: ${sha256Of(contentOf(one))}`,
  ];
  return `${fields.join('\n')}\n`;
}

function release(suite: string, index: string, fields: readonly string[]): string {
  const dated = fields.some((field) => field.startsWith('Date:'));
  const lines = [
    'Origin: Debian',
    `Codename: ${suite}`,
    ...(dated ? [] : [`Date: ${new Date(Date.now() - 60_000).toUTCString()}`]),
    ...fields,
    'Architectures: i386',
    'Components: main',
    'SHA256:',
    ` ${sha256Of(index)} ${index.length} main/binary-i386/Packages`,
  ];
  return `${lines.join('\n')}\n`;
}
