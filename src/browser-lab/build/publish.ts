import { existsSync, readFileSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LessonRecording } from '../../store/recordings.ts';
import { inBrowser, type BrowserResult } from '../../core/run/browser-result.ts';
import type { LabBlock, LabSteps } from '../../core/run/lab-steps.ts';
import { readersPart } from '../../core/lesson/model.ts';
import { sourceHashes } from '../../core/recording/source-hash.ts';
import { showsStale } from '../../store/project.ts';
import { readVmManifest } from '../format/manifest.ts';

/*
 * The site's part of the browser lab. `npm run vm` creates the lab's folder, which is not in the
 * repository. Without it, the site is complete but offers no lab.
 */

/** Folder of the browser lab in the project, and on the site. */
export const VM = 'vm';

/**
 * Whether the project has a browser lab. One that another version of the project has built does not
 * count if stale recordings are shown, too: `npm start` is about to replace it.
 */
export function hasVm(root: string): boolean {
  const manifest = join(root, VM, 'manifest.json');
  if (!existsSync(manifest)) return false;
  if (!showsStale()) return true;
  try {
    readVmManifest(readFileSync(manifest, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Copies the lab into a built site.
 * @throws {Error} if its manifest cannot be used
 */
export async function publishVm(root: string, dist: string): Promise<void> {
  readVmManifest(await readFile(join(root, VM, 'manifest.json'), 'utf8'));
  await cp(join(root, VM), join(dist, VM), { recursive: true });
}

/**
 * Which steps of a lesson run in the lab; undefined if this has not been tried.
 * @throws {Error} if the result file cannot be read
 */
function browserResult({ browser }: LessonRecording): BrowserResult | undefined {
  if (browser?.unreadable !== undefined) throw new Error(browser.unreadable);
  return browser?.result;
}

/** The steps of a lesson that run in the lab; undefined if the project has no lab. */
export async function browserLab(
  root: string,
  recording: LessonRecording,
): Promise<ReadonlySet<string> | undefined> {
  if (!hasVm(root)) return undefined;
  const result = browserResult(recording);
  return new Set(
    [...(await sourceHashes(readersPart(recording.lesson)))]
      .filter(([id, hash]) => inBrowser(result, id, hash).runs)
      .map(([id]) => id),
  );
}

/**
 * What a page needs to run a lesson in the reader's tab; undefined if it has not been tried which
 * steps run there.
 */
export async function labSteps(recording: LessonRecording): Promise<LabSteps | undefined> {
  const { steps } = recording;
  const lesson = readersPart(recording.lesson);
  const hashes = await sourceHashes(lesson);
  const result = browserResult(recording);
  if (result === undefined) return undefined;
  const blocks = lesson.blocks.map((block): LabBlock => {
    if (block.kind === 'file') return { kind: 'file', path: block.path, text: block.text };
    const { id, commands, options } = block;
    const found = steps.get(id);
    const isRecorded = found?.state === 'recorded';
    return {
      kind: 'step',
      id,
      commands,
      options,
      recorded: isRecorded
        ? { screen: found.screen, commands: found.proof.commands.map(({ shown }) => ({ shown })) }
        : { screen: '', commands: [] },
      browser: inBrowser(result, id, hashes.get(id)),
    };
  });
  const masks = (lesson.masks ?? []).map(({ name, pattern, why }) => ({ name, pattern, why }));
  return { lesson: lesson.id, images: lesson.frontMatter.images, masks, blocks };
}
