import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { copyProject, writeReference } from '../../fixtures/project.ts';
import { run } from '../process.ts';
import { median } from '../rounds.ts';
import { duration, ratio, type Table } from '../table.ts';
import { bareSite, sameLessonPages } from './bare-site.ts';
import { lessonFile, madeLessons, outputsOf } from './made-lessons.ts';

/** Default numbers of lessons to build. */
export const COUNTS = [10, 100, 1000] as const;

/** A build of more lessons than this takes so long that one measurement is enough. */
const MANY = 200;

const OURS = ['scripts/build.ts', '--no-exports'];

/** Loaded into the build process; see there. */
const WAIT = resolve('scripts/tools/bench/site/wait-for-children.mjs');

interface Built {
  readonly milliseconds: number;
  /** CPU time of the build and its child processes, in milliseconds. */
  readonly cpu: number;
}

/** Measures clean builds, with search index, of this site and of a bare Astro site, in turn. */
export async function buildTimes(
  counts: readonly number[],
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<Table> {
  const rows: string[][] = [];
  for (const count of counts) {
    const rounds = count > MANY ? 1 : 3;
    report(`making ${count} lessons`);
    const lessons = madeLessons(count);
    const project = await copyProject('none');
    let bare: string | undefined;
    try {
      for (const lesson of lessons)
        await project.addLesson(lesson.id, lessonFile(lesson), outputsOf(lesson));
      await writeReference(project.root);
      await built(project.root, OURS, signal);
      bare = await bareSite(lessons, project.root);
      const times: { ours: Built; bare: Built }[] = [];
      for (let round = 0; round < rounds; round++) {
        report(`building ${count} lessons, round ${round + 1} of ${rounds}`);
        times.push({
          bare: await built(bare, ['build.ts'], signal),
          ours: await built(project.root, OURS, signal),
        });
      }
      await sameLessonPages(join(project.root, 'dist'), join(bare, 'dist'));
      const middle = (site: 'ours' | 'bare', what: keyof Built) =>
        median(times.map((time) => time[site][what]));
      const index = await folder(join(project.root, 'dist/pagefind'));
      rows.push([
        String(count),
        ...columns(middle('ours', 'milliseconds'), middle('bare', 'milliseconds')),
        ...columns(middle('ours', 'cpu'), middle('bare', 'cpu')),
        duration(middle('ours', 'cpu') / count),
        `${(index.bytes / 1e6).toFixed(1)} MB, ${index.files} files`,
      ]);
    } finally {
      await project.remove();
      if (bare !== undefined) await rm(bare, { recursive: true, force: true });
    }
  }
  return {
    title: 'Building the site',
    head: [
      'lessons',
      ...['ours', 'bare Astro', 'ratio'],
      ...['ours, processor', 'bare Astro', 'ratio', 'a lesson'],
      'search index',
    ],
    rows,
  };
}

function columns(ours: number, bare: number): string[] {
  return [duration(ours), duration(bare), ratio(ours, bare)];
}

/** Builds once in a separate process, without a cache. */
async function built(root: string, script: readonly string[], signal: AbortSignal): Promise<Built> {
  for (const name of ['dist', '.astro'])
    await rm(join(root, name), { recursive: true, force: true });
  // The time of bash includes child processes that the build has waited for: the search indexer.
  const timed = ['bash', '-c', 'TIMEFORMAT="%U %S"; time "$0" "$@"'];
  const { milliseconds, stderr } = await run(
    [...timed, process.execPath, '--import', WAIT, ...script],
    {
      cwd: root,
      signal,
    },
  );
  const [user = 0, system = 0] = (stderr.trimEnd().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { milliseconds, cpu: (user + system) * 1000 };
}

async function folder(path: string): Promise<{ files: number; bytes: number }> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
