import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, refuse } from './command/arguments.ts';
import { dockerLesson } from './tools/bench/docker-lesson.ts';
import { fromTheKit } from './tools/bench/kit.ts';
import { eachLesson, wholeRuns } from './tools/bench/lessons.ts';
import { findChanges } from './tools/bench/masks/found.ts';
import { maskShares } from './tools/bench/masks/shares.ts';
import { quickCommands } from './tools/bench/quick.ts';
import { saveToPage } from './tools/bench/save.ts';
import { buildTimes, COUNTS } from './tools/bench/site/build-times.ts';
import { markdown, type Table } from './tools/bench/table.ts';
import { inTheTab } from './tools/bench/vm/in-the-tab.ts';
import { onInterrupt } from './command/interrupt.ts';
import { labFailure } from './command/lab-failure.ts';
import { canInstallPackages, hasProgram, installPackages } from './lab/outer-engine/packages.ts';
import { LabError, openLabHost } from './lab/index.ts';
import { foldersOf } from '../src/store/folders.ts';
import type { Lesson } from '../src/core/lesson/model.ts';
import { readLessons } from '../src/store/lessons.ts';
import { readRecording } from '../src/store/recordings.ts';

/** A lesson without interactive programs: bash can run its commands as a script. */
const DOCKER_LESSON = 'images';
/** One of the last steps of that lesson. */
const LATE_STEP = 'legacy';
const PEERS = ['asciinema', 'expect'];
const KIT = 'kit/you-like-docker-kit';

const { positionals } = readArguments('bench');

const report = (line: string): void => void process.stderr.write(`bench: ${line}\n`);
const signal = onInterrupt(report);
process.exitCode = await main().catch((error: unknown) => labFailure(error, signal, report));

async function main(): Promise<number> {
  const [part, ...counts] = positionals;
  if (counts.length > 0 && part !== 'site')
    refuse('bench', `${counts.join(' ')}: only \`site\` takes numbers of lessons`);
  if (part === 'site') {
    show(await buildTimes(counts.length > 0 ? counts.map(Number) : COUNTS, report, signal));
    return 0;
  }
  if (part === 'vm') {
    if (!existsSync('vm/manifest.json')) {
      report('there is no browser lab: `npm run vm` builds it');
      return 2;
    }
    show(await inTheTab(report));
    return 0;
  }
  if (part === 'kit') {
    if (!existsSync(KIT)) {
      report('there is no kit: `npm run export -- kit` makes it');
      return 2;
    }
    for (const table of await fromTheKit(KIT, report)) show(table);
    return 0;
  }
  const { lessons, problems } = readLessons(foldersOf('').content);
  const scripted = lessons.find(({ id }) => id === DOCKER_LESSON);
  if (problems.length > 0 || scripted === undefined) {
    report('a lesson is not valid; `npm run record -- --check` shows the problem');
    return 2;
  }
  if (part === 'masks') return masks(lessons);
  if (part !== 'save') await requirePeers();
  const folder = mkdtempSync(join(tmpdir(), 'you-like-docker-bench-'));
  try {
    const [{ model } = { model: 'unknown' }] = cpus();
    print(
      `${cpus().length} × ${model.trim()}, ${process.platform}, Node ${process.versions.node}\n\n`,
    );
    const host = await openLabHost(report, signal);
    try {
      if (part === 'save') {
        show(await saveToPage(host, DOCKER_LESSON, LATE_STEP, report, signal));
        return 0;
      }
      report('typing quick commands');
      const lab = await host.openLab({ lab: 'default', store: 'containerd', images: [] });
      show(await quickCommands(lab, folder));
      await lab.close();
      report(`running ${DOCKER_LESSON} and its script alternately`);
      show(await dockerLesson(host, scripted));
      show(await eachLesson(host, lessons, report));
      show(await saveToPage(host, DOCKER_LESSON, LATE_STEP, report, signal));
    } finally {
      await host.close();
    }
    show(await wholeRuns(lessons, folder, report, signal));
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns 1 if a change was missed, or a run without one was taken for a change */
async function masks(lessons: readonly Lesson[]): Promise<number> {
  const { recordings } = foldersOf('');
  show(maskShares(await Promise.all(lessons.map((lesson) => readRecording(lesson, recordings)))));
  const host = await openLabHost(report, signal);
  try {
    const { table, missed, falseAlarms } = await findChanges(host, report, signal);
    show(table);
    for (const what of missed) report(`missed: ${what}`);
    for (const what of falseAlarms) report(`false alarm without this change: ${what}`);
    return missed.length + falseAlarms.length === 0 ? 0 : 1;
  } finally {
    await host.close();
  }
}

async function requirePeers(): Promise<void> {
  const there = await Promise.all(PEERS.map(hasProgram));
  const absent = PEERS.filter((_, index) => !there[index]);
  if (absent.length === 0) return;
  if (!(await canInstallPackages()))
    throw new LabError(
      `${absent.join(' and ')}, which the benchmarks compare with, cannot be installed here`,
      'install them, or run as root on Debian or Ubuntu',
    );
  await installPackages(absent, report, signal);
}

function show(table: Table): void {
  print(`${markdown(table)}\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}
