import type { Lesson } from '../lesson/model.ts';

/**
 * Source hash of each step, by id: of the step, of the steps and files before it, and of what decides
 * in which lab they are played and how screens are compared. Prose and line numbers do not count.
 */
export async function sourceHashes(lesson: Lesson): Promise<ReadonlyMap<string, string>> {
  const { images, store, lab } = lesson.frontMatter;
  // Without masks there is no field of them: what was recorded before a lesson could have any stays valid.
  const masks = lesson.masks?.map(({ name, pattern }) => ({ name, pattern }));
  let hash = await sha256(JSON.stringify({ images, store, lab, masks }));
  const hashes = new Map<string, string>();
  for (const block of lesson.blocks) {
    const source =
      block.kind === 'file'
        ? { path: block.path, text: block.text }
        : {
            id: block.id,
            commands: block.commands.map(({ reader, lines }) => ({ reader, lines })),
            options: block.options,
          };
    hash = await sha256(hash + JSON.stringify(source));
    if (block.kind === 'step') hashes.set(block.id, `sha256:${hash}`);
  }
  return hashes;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
