import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parseIndex, type IndexedPackage } from './archive.ts';
import { ask, bytesOf } from './ask.ts';
import { BuildError } from './run.ts';

/** A suite of one of Debian's archives. */
export interface Suite {
  /** Address of the archive. */
  readonly archive: string;
  /** Such as `trixie-security`. */
  readonly name: string;
}

/**
 * Fetches the index of an architecture. apt is not asked: it keeps indices of the machine's own architecture only.
 * @throws {BuildError} if the archive does not have it
 */
export async function fetchIndex(
  { archive, name }: Suite,
  architecture: string,
  signal: AbortSignal,
): Promise<IndexedPackage[]> {
  const address = `${archive}/dists/${name}/main/binary-${architecture}/Packages.xz`;
  const response = await ask(address, signal);
  if (!response.ok)
    throw new BuildError(
      `${address} answered ${response.status}: see whether that suite still has ${architecture}`,
    );
  return parseIndex(await unpackXz(await bytesOf(response, signal)), archive);
}

/**
 * When a suite was last changed, in seconds.
 * @throws {BuildError} if its release file cannot be had or has no date
 */
export async function fetchReleaseTime(
  { archive, name }: Suite,
  signal: AbortSignal,
): Promise<number> {
  const address = `${archive}/dists/${name}/Release`;
  const response = await ask(address, signal);
  const date = /^Date: (.*)$/m.exec((await bytesOf(response, signal)).toString())?.[1] ?? '';
  const time = Date.parse(date) / 1000;
  if (response.ok && Number.isFinite(time)) return time;
  throw new BuildError(`${address} answered ${response.status} and names no date`);
}

async function unpackXz(packed: Buffer): Promise<string> {
  const running = promisify(execFile)('xz', ['-dc'], { maxBuffer: 1 << 30, encoding: 'utf8' });
  running.child.stdin?.end(packed);
  return (await running).stdout;
}
