import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildVm } from '../browser-lab/build.ts';
import { presentManifest } from '../browser-lab/folder.ts';
import { fetchRelease, readRelease } from '../browser-lab/released.ts';
import { run } from '../browser-lab/run.ts';
import { steps } from '../browser-lab/step.ts';
import { installTools, whyNotHere } from '../browser-lab/tools.ts';
import {
  fileName,
  filePath,
  FORMATS,
  isPrinted,
  linkExports,
  type Format,
} from '../export/files.ts';
import { makeExports } from '../export/make.ts';
import { cacheFolder } from '../lab/outer-engine/cache.ts';
import { ensureBrowser, openBrowser } from '../site/browser.ts';
import { KeptDownloads } from './downloads.ts';
import { Estimate, roughly } from './estimate.ts';
import type { Later, Said } from './later.ts';
import { mergeSite } from './merge.ts';
import { planOf } from './plan.ts';

/*
 * Makes the downloads and then the browser lab of a site that is already being served, and adds
 * each as soon as it exists. `later.ts` starts this program and shows what it says. It ends when
 * that connection is closed.
 */

const PAGES = fileURLToPath(new URL('build-pages.ts', import.meta.url));
const DURATIONS = join(cacheFolder(), 'seconds.json');

const { root, key, formats, hasLab } = JSON.parse(process.argv[2] ?? '') as Later;
const dist = join(root, 'dist');

// A browser that is interrupted leaves a folder behind.
const temporary = await mkdtemp(join(tmpdir(), 'start-'));
process.env['TMPDIR'] = temporary;

const interrupt = new AbortController();
const { signal } = interrupt;
for (const event of ['disconnect', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(event, () => interrupt.abort(new Error('interrupted')));
if (!process.connected) interrupt.abort(new Error('interrupted'));

const tell = (said: Said) => process.connected && process.send?.(said);
const print = (text: string) => void tell({ kind: 'line', text });

const why = await whyNotHere();
const estimate = new Estimate(planOf(why === undefined ? 'built' : 'fetched', await durations()));
let shown = '';
const report = (text: string) => {
  const left = roughly(estimate.remaining(seconds()));
  const line = `${text} (${left} left for everything)`;
  if (line === shown) return;
  shown = line;
  tell({ kind: 'progress', text: line });
};
steps.on('begin', (name) => estimate.begin(name, seconds()));
steps.on('share', (name, share) => estimate.share(name, share));
steps.on('end', (name) => estimate.end(name, seconds()));

try {
  for (const format of FORMATS) if (!formats.includes(format)) estimate.end(format, seconds());
  await makeDownloads();
  await makeLab();
} finally {
  await keepDurations();
  await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(signal.aborted ? 130 : 0);

/** Makes the downloads, and links each one. */
async function makeDownloads(): Promise<void> {
  const kept = new KeptDownloads(root, dist, key);
  for (const format of ['html', 'epub', 'pdf', 'handout', 'teacher'] as const) {
    if (!formats.includes(format)) continue;
    try {
      signal.throwIfAborted();
      await timed(format, () => makeDownload(format));
      await kept.keep(format);
    } catch (error) {
      if (!signal.aborted) print(`${fileName(format)} was not made: ${messageOf(error)}`);
    }
  }
}

async function makeDownload(format: Format): Promise<void> {
  if (isPrinted(format)) await ensureBrowser(report);
  signal.throwIfAborted();
  const browser = async () => {
    const opened = await openBrowser();
    // Whatever uses it then fails.
    signal.addEventListener('abort', () => void opened.close(), { once: true });
    return opened;
  };
  await makeExports({ root, dist, formats: [format], browser, report, print });
}

/** Makes or fetches the browser lab, and the pages that offer it. */
async function makeLab(): Promise<void> {
  try {
    signal.throwIfAborted();
    const isNew = why === undefined ? await builtHere() : await fetched(why);
    if (isNew === undefined || (hasLab && !isNew)) return;
    report('Browser lab: building the pages that offer it');
    await timed('pages', replacePages);
    print('The browser lab is on the site. A page that is already open has to be reloaded.');
  } catch (error) {
    if (signal.aborted) return;
    print(`The browser lab is not on the site: ${messageOf(error)}`);
    if (why === undefined) print('`npm run vm` builds it again and shows the output.');
  }
}

/** Builds it, unless it is up to date. Returns whether something has changed. */
async function builtHere(): Promise<boolean> {
  const reportLab = (text: string) => report(`Browser lab: ${text}`);
  await installTools(reportLab, signal);
  return (await buildVm(reportLab, print, signal)).written;
}

/**
 * Fetches it from the last release. Returns whether something has changed; undefined if it has
 * none.
 */
async function fetched(reason: string): Promise<boolean | undefined> {
  const release = await readRelease();
  if (release !== undefined)
    return fetchRelease(release, (text) => report(`Browser lab: ${text}`), signal);
  if ((await presentManifest()) === undefined)
    print(`The site has no browser lab: ${reason}, and there is no release to fetch it from.`);
  return undefined;
}

/** Builds the site again beside the served one, and moves its files there. */
async function replacePages(): Promise<void> {
  const fresh = join(root, '.astro/site');
  try {
    await run(process.execPath, [PAGES, fresh], { signal, cwd: root });
    for (const format of FORMATS)
      await copyFile(filePath(dist, format), filePath(fresh, format)).catch(() => undefined);
    await linkExports(fresh);
    await mergeSite(fresh, dist, ['vm/manifest.json']);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function timed(name: string, work: () => Promise<void>): Promise<void> {
  estimate.begin(name, seconds());
  await work();
  estimate.end(name, seconds());
}

function seconds(): number {
  return performance.now() / 1000;
}

async function durations(): Promise<Readonly<Record<string, number>>> {
  try {
    return JSON.parse(await readFile(DURATIONS, 'utf8')) as Record<string, number>;
  } catch {
    return {};
  }
}

async function keepDurations(): Promise<void> {
  const all = { ...(await durations()), ...estimate.taken() };
  await mkdir(dirname(DURATIONS), { recursive: true });
  await writeFile(DURATIONS, JSON.stringify(all));
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? '';
}
