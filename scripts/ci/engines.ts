import { parseProof } from '../../src/core/recording/proof.ts';
import { foldersOf } from '../../src/store/folders.ts';
import { proofFile, readProof } from '../../src/store/recordings.ts';
import { git } from './git.ts';

/**
 * The versions of the Engines that recorded some lessons, without duplicates: `before` in the
 * commit, `now` in the working folder.
 */
export async function enginesOf(
  folder: string,
  lessons: readonly string[],
): Promise<{ before: string[]; now: string[] }> {
  const { recordings } = foldersOf(folder);
  const [before, now] = [new Set<string>(), new Set<string>()];
  for (const lesson of lessons) {
    const text = await git(folder, ['show', `HEAD:${proofFile(lesson)}`]).catch(() => undefined);
    if (text !== undefined) before.add(parseProof(text).lab.engine);
    const { proof } = readProof(recordings, lesson);
    if (proof !== undefined) now.add(proof.lab.engine);
  }
  return { before: [...before].sort(), now: [...now].sort() };
}
