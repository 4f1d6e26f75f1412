import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { packagesIn } from '../../scripts/browser-lab/inputs/download.ts';
import { withoutGone } from '../../scripts/browser-lab/inputs/gone.ts';
import type { InputsLock, PinnedPackage } from '../../scripts/browser-lab/inputs/lock.ts';
import { fetchIndex } from '../../scripts/browser-lab/inputs/suites.ts';
import {
  contentOf,
  openArchive,
  pathOf,
  sha256Of,
  type ArchivedPackage,
  type DebianArchive,
} from '../support/debian-archive.ts';

/* The inputs of the browser lab come over plain HTTP. These tests use real apt and signatures. */

const NEVER = new AbortController().signal;
const TREE = { name: 'tree', version: '2.2.1-1' };
const INDEX = 'dists/trixie/main/binary-i386/Packages';
const RELEASE = 'dists/trixie/InRelease';
/** A date in the format of release files, given in seconds from now. */
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

let archive: DebianArchive;
beforeAll(async () => {
  archive = await openArchive();
});
afterAll(() => archive.close());
beforeEach(() => archive.files.clear());

const suiteOf = (name: string) => ({ archive: archive.address, name });
const fetched = () => fetchIndex(suiteOf('trixie'), 'i386', NEVER, archive.keyring);
/** The message of the error. */
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: unknown) => String(error),
  );
const change = (path: string, from: string, to: string) => {
  const before = String(archive.files.get(path));
  expect(before).toContain(from);
  archive.files.set(path, before.replace(from, to));
};

describe('an index of packages', () => {
  test('is accepted if it is signed, with or without an expiry date', async () => {
    const date = 'Sat, 21 Nov 2020 09:15:44 UTC';
    await archive.publish([TREE], { fields: [`Date: ${date}`] });
    const { changed, packages } = await fetched();
    expect(changed).toBe(Date.parse(date) / 1000);
    expect(packages).toMatchObject([
      { ...TREE, archive: archive.address, path: pathOf(TREE), sha256: sha256Of(contentOf(TREE)) },
    ]);
    await archive.publish([TREE], { fields: [`Valid-Until: ${inSeconds(3600)}`] });
    expect((await fetched()).packages).toHaveLength(1);
  });

  test('is refused if it was changed, signed by another, or not signed', async () => {
    const expectRefusal = async (why: RegExp) => {
      const said = await refusal(fetched());
      expect(said).toContain(`the package index of trixie at ${archive.address} was refused`);
      expect(said).toMatch(why);
      expect(said).toContain('Check that the keys are current (`apt-get install debian-archive');
    };
    await archive.publish([TREE]);
    change(RELEASE, sha256Of(String(archive.files.get(INDEX))), sha256Of('another index'));
    await expectRefusal(/InRelease' is not signed/);
    await archive.publish([TREE], { key: 'another' });
    await expectRefusal(/InRelease' is not signed/);
    await archive.publish([TREE]);
    const [, text = ''] = String(archive.files.get(RELEASE)).split(/\n\n|-----BEGIN PGP SIGNATURE/);
    archive.files.set(RELEASE, text);
    await expectRefusal(/InRelease' is not signed/);
    archive.files.delete(RELEASE);
    archive.files.set('dists/trixie/Release', text);
    await expectRefusal(/Release' is not signed/);
  });

  test('is refused if it has expired or is not valid yet', async () => {
    const fields = [`Date: ${inSeconds(-7200)}`, `Valid-Until: ${inSeconds(-3600)}`];
    await archive.publish([TREE], { fields });
    const expired = await refusal(fetched());
    expect(expired).toMatch(/trixie\/InRelease is expired \(invalid since /);
    expect(expired).toContain('the mirror serves an old index: try again later');
    await archive.publish([TREE], { fields: [`Date: ${inSeconds(24 * 3600)}`] });
    const early = await refusal(fetched());
    expect(early).toContain('is not valid yet');
    expect(early).toContain('Check the clock of this machine (`date`)');
  });

  test('is refused if its hash is not the signed one', async () => {
    await archive.publish([TREE]);
    const { length } = String(archive.files.get(INDEX));
    change(INDEX, TREE.version, '2.2.0-1');
    expect(archive.files.get(INDEX)).toHaveLength(length);
    const said = await refusal(fetched());
    expect(said).toContain(`${archive.address}/${INDEX}  Hash Sum mismatch`);
    expect(said).toContain('If the mirror is being updated, try again in a few minutes');
    archive.files.delete(INDEX);
    expect(await refusal(fetched())).toMatch(/404 .*\nCheck that this machine can reach Debian/);
  });

  test('leaves no files of apt behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
    vi.stubEnv('TMPDIR', folder);
    expect(await refusal(fetched())).toContain('was refused');
    expect(readdirSync(folder)).toEqual([]);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
});

describe('a locked package that is no longer in the archive', () => {
  const ENGINE = { name: 'docker.io', version: '26.1.5-1', depends: 'libc6, runc' };
  const CLI = { name: 'docker-cli', version: '26.1.5-1', source: 'docker.io' };
  const newer = <One extends ArchivedPackage>(one: One) => ({
    ...one,
    version: '26.1.5-1+deb13u1',
  });

  let folder: string;
  let printed: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
    vi.stubEnv('XDG_CACHE_HOME', folder);
    printed = [];
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  const pinned = (one: ArchivedPackage): PinnedPackage => ({
    ...{ name: one.name, version: one.version, path: pathOf(one) },
    sha256: sha256Of(contentOf(one)),
  });
  /** Fetches the packages of the system. Returns the content of each file. */
  const built = async (system: readonly ArchivedPackage[], suites = ['trixie']) => {
    const lock: InputsLock = {
      ...{ archive: archive.address, suite: 'trixie', epoch: 0, base: [], machine: [], served: [] },
      system: system.map(pinned),
    };
    const build = async (inputs: InputsLock) => {
      const target = join(folder, 'target');
      rmSync(target, { recursive: true, force: true });
      await packagesIn(target, inputs, inputs.system, () => undefined, NEVER);
      return readdirSync(target).map((name) => readFileSync(join(target, name), 'utf8'));
    };
    const print = (line: string) => void printed.push(line);
    return withoutGone(lock, build, print, NEVER, suites.map(suiteOf), archive.keyring);
  };

  test('is replaced by the newest signed version, with its source; others stay', async () => {
    await archive.publish([newer(ENGINE), newer(CLI), { ...TREE, version: '3-1' }]);
    archive.files.set(pathOf(TREE), contentOf(TREE));
    archive.files.set(pathOf(CLI), contentOf(CLI));
    await archive.publish([{ name: 'libc6', version: '2' }], { suite: 'other' });
    const libc = { name: 'libc6', version: '1' };
    archive.files.set(pathOf(libc), contentOf(libc));
    const runc = { name: 'runc', version: '1' };
    await archive.publish([runc], { suite: 'security' });
    const found = await built([CLI, ENGINE, libc, TREE], ['trixie', 'other', 'security']);
    expect(found).toEqual([
      contentOf(newer(CLI)),
      contentOf(newer(ENGINE)),
      contentOf(libc),
      // The new version of the Engine needs it.
      contentOf(runc),
      contentOf(TREE),
    ]);
    expect(printed).toEqual([
      'docker-cli: 26.1.5-1 → 26.1.5-1+deb13u1, the newest signed version; ' +
        'another package of the same source is gone',
      'docker.io: 26.1.5-1 → 26.1.5-1+deb13u1, the newest signed version; ' +
        'the version in scripts/browser-lab/inputs/inputs.lock.json is no longer in the archive',
      'runc 1 is a new dependency',
    ]);
  });

  test('no index is fetched if no package is gone', async () => {
    archive.files.set(pathOf(TREE), contentOf(TREE));
    expect(await built([TREE])).toEqual([contentOf(TREE)]);
    expect(printed).toEqual([]);
  });

  test('is not taken from an unsigned index or in an older version', async () => {
    const locked = { ...TREE, version: '2.2.1-1+b1' };
    await archive.publish([TREE]);
    await archive.publish([{ ...TREE, version: '3-1' }], { suite: 'security', key: 'another' });
    const said = await refusal(built([locked], ['trixie', 'security']));
    expect(said).toContain(
      'tree 2.2.1-1+b1, which scripts/browser-lab/inputs/inputs.lock.json pins, is no longer in',
    );
    expect(said).toContain('No index that is signed by Debian');
    expect(said).toContain('https://snapshot.debian.org/binary/tree/');
    expect(printed).toEqual([
      expect.stringMatching(/^the package index of security .* was refused/) as string,
    ]);
  });

  test('is refused if its file differs from the signed index', async () => {
    await archive.publish([TREE]);
    archive.files.set(pathOf(TREE), 'another tree');
    const said = await refusal(built([{ ...TREE, version: '2.2.0-1' }]));
    expect(said).toContain(`tree 2.2.1-1 at ${archive.address}/${pathOf(TREE)} has the hash`);
    expect(said).toContain(sha256Of('another tree'));
    expect(said).toContain('Try again from another network');
  });
});
