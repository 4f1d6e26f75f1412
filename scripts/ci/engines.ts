import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseProof } from '../../src/core/recording/proof.ts';
import { git } from './git.ts';

/** The Engines that recorded some lessons, each once: before, as it is committed, and now, in the folder. */
export async function enginesOf(
  folder: string,
  lessons: readonly string[],
): Promise<{ before: string[]; now: string[] }> {
  const files = lessons.map((lesson) => `recordings/${lesson}/proof.json`);
  const [before, now] = [new Set<string>(), new Set<string>()];
  for (const file of files) {
    note(before, await git(folder, ['show', `HEAD:${file}`]).catch(() => undefined));
    note(now, await readFile(join(folder, file), 'utf8').catch(() => undefined));
  }
  return { before: [...before].sort(), now: [...now].sort() };
}

function note(engines: Set<string>, proof: string | undefined): void {
  if (proof !== undefined) engines.add(parseProof(proof).lab.engine);
}
