import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { download } from './download.ts';
import type { InputsLock, PinnedPackage } from './lock.ts';

/** An archive with one file and one address that fails. */
const CONTENT = 'a package';
const ANSWERS: Readonly<Record<string, readonly [status: number, body: string]>> = {
  '/debian/pool/b/bash_1_i386.deb': [200, CONTENT],
  '/security/pool/b/bash_1_i386.deb': [200, 'a package of the other archive'],
  '/debian/pool/broken.deb': [503, ''],
};

let server: Server;
let folder: string;
let asked: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
  asked = [];
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const [status, body] = ANSWERS[url] ?? [404, ''];
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const PACKAGE = { name: 'bash', version: '1', path: 'pool/b/bash_1_i386.deb' };

function fetched(one: PinnedPackage): Promise<string> {
  const lock: InputsLock = {
    ...{ archive: `${origin()}/debian`, suite: 'trixie', epoch: 0 },
    ...{ base: [], system: [], machine: [], served: [] },
  };
  return download(lock, one, () => undefined, new AbortController().signal);
}

/** The message of the error. */
async function refusal(one: PinnedPackage): Promise<string> {
  return fetched(one).then(
    () => 'nothing',
    (error: unknown) => String(error),
  );
}

it('fetches a package once', async () => {
  const one = { ...PACKAGE, sha256: hashOf(CONTENT) };
  expect(readFileSync(await fetched(one), 'utf8')).toBe(CONTENT);
  await fetched(one);
  expect(asked).toEqual(['/debian/pool/b/bash_1_i386.deb']);
});

it('fetches a package of another archive from there', async () => {
  const sha256 = hashOf('a package of the other archive');
  await fetched({ ...PACKAGE, sha256, archive: `${origin()}/security` });
  expect(asked).toEqual(['/security/pool/b/bash_1_i386.deb']);
});

it('says which package is gone and what to do, and accepts a file put there by hand', async () => {
  const gone = {
    ...PACKAGE,
    path: 'pool/b/bash_0.9_i386.deb',
    version: '0.9',
    sha256: hashOf('x'),
  };
  const said = await refusal(gone);
  expect(said).toContain(
    "bash 0.9, which scripts/browser-lab/inputs/inputs.lock.json pins, is no longer in Debian's",
  );
  expect(said).toContain('`npm run vm -- --update` pins the current version');
  expect(said).toContain('https://snapshot.debian.org/binary/bash/');
  const file = said.split('save it as ')[1] ?? '';
  expect(file.startsWith(folder)).toBe(true);
  writeFileSync(file, 'something else');
  expect(await refusal(gone)).toBe(said);
  writeFileSync(file, 'x');
  expect(await fetched(gone)).toBe(file);
});

it('rejects a file with another hash, and does not keep it', async () => {
  const one = { ...PACKAGE, sha256: hashOf('another') };
  expect(await refusal(one)).toContain(`has the hash ${hashOf(CONTENT)}`);
  expect(await refusal(one)).toContain('has the hash');
  expect(asked).toHaveLength(2);
});

it('distinguishes a failing or unreachable archive from one that dropped the package', async () => {
  const broken = { ...PACKAGE, path: 'pool/broken.deb', sha256: hashOf('x') };
  expect(await refusal(broken)).toContain(
    'responded with status 503 instead of bash: try again later',
  );
  const nowhere = { ...broken, archive: 'http://127.0.0.1:1' };
  expect(await refusal(nowhere)).toMatch(/cannot be reached: .*Check that this machine can reach/);
});
