import type { Block, Lesson } from '../lesson/model.ts';
import { sha256 } from './sha256.ts';

/**
 * Source hash of each step, by id. It covers the step, the steps and files before it, and the
 * settings that determine in which lab they are run and how screens are compared. Prose, warnings,
 * former addresses and line numbers do not count.
 */
export async function sourceHashes(lesson: Lesson): Promise<ReadonlyMap<string, string>> {
  const { images, store, lab } = lesson.frontMatter;
  // Without masks the field is absent, so that recordings older than lesson masks stay valid.
  const masks = lesson.masks?.map(({ name, pattern }) => ({ name, pattern }));
  let hash = await sha256(JSON.stringify({ images, store, lab, masks }));
  const hashes = new Map<string, string>();
  for (const block of lesson.blocks) {
    hash = await sha256(hash + JSON.stringify(sourceOf(block)));
    if (block.kind === 'step') hashes.set(block.id, `sha256:${hash}`);
  }
  return hashes;
}

/**
 * Number of blocks that two versions of a lesson have in common at the beginning: once they have
 * been run for one version, they need not be run again for the other. Undefined if the versions are
 * run in different labs.
 */
export function sharedBeginning(one: Lesson, other: Lesson): number | undefined {
  const [lab, otherLab] = [one, other].map(({ frontMatter: { images, store, lab: name } }) =>
    JSON.stringify({ images, store, lab: name }),
  );
  if (lab !== otherLab) return undefined;
  const [blocks, others] = [one, other].map((lesson) =>
    lesson.blocks.map((block) => JSON.stringify(sourceOf(block))),
  );
  const differs = blocks?.findIndex((source, index) => source !== others?.[index]) ?? -1;
  return differs < 0 ? one.blocks.length : differs;
}

function sourceOf(block: Block): object {
  if (block.kind === 'file') return { path: block.path, text: block.text };
  return {
    id: block.id,
    commands: block.commands.map(({ reader, lines }) => ({ reader, lines })),
    // JSON leaves out what is undefined.
    options: { ...block.options, warning: undefined, formerly: undefined },
  };
}
