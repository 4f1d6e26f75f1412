import { readdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { readArguments } from './command/arguments.ts';
import { CATEGORIES, runLighthouse } from './tools/audit/lighthouse.ts';
import { ensureChecker, markupErrors } from './tools/audit/markup.ts';
import { BUDGET, lessonWeight } from './tools/audit/weight.ts';
import { markdown, type Table } from './tools/bench/table.ts';
import { ensureBrowser, openBrowser } from './site/browser.ts';
import { buildSite, serveSite, type Served } from './site/build.ts';
import { freePort } from './site/port.ts';

/*
 * Audits the built site: its markup, the weight of its pages and its Lighthouse scores. Exits with
 * 1 if a budget is exceeded.
 */

const { runs } = readArguments('audit').values;
const report = (line: string): void => void process.stderr.write(`audit: ${line}\n`);
const missed: string[] = [];

await ensureBrowser(report);
await ensureChecker(report);
report('building the site');
await buildSite({ stale: 'fail' });
report('checking the markup');
missed.push(...(await markupErrors('dist')));
process.stdout.write(`Nu HTML checker: ${missed.length} errors\n\n`);

const port = await freePort();
const site = await serveSite({ port: await freePort() });
const browser = await openBrowser(port);
try {
  const heaviest = await weighLessons(browser, site);
  await askLighthouse(site, ['', heaviest, 'commands/', 'errors/', 'cheat-sheet/', 'recall/']);
} finally {
  await browser.close();
  await site.close();
}
for (const line of missed) report(`missed: ${line}`);
process.exit(missed.length === 0 ? 0 : 1);

/** Weighs every lesson page. @returns path of the heaviest one */
async function weighLessons(opened: Browser, { url }: Served): Promise<string> {
  const entries = await readdir('dist/lessons', { withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `lessons/${name}/`)
    .sort();
  const rows: string[][] = [];
  let heaviest = { path: '', bytes: 0 };
  for (const path of paths) {
    report(`weighing ${path}`);
    const { bytes, requests, player } = await lessonWeight(opened, new URL(path, url).href);
    rows.push([path, kilobytes(bytes), String(requests), kilobytes(player)]);
    if (bytes > BUDGET.bytes || requests > BUDGET.requests || player > BUDGET.player)
      missed.push(`${path} weighs ${rows.at(-1)?.slice(1).join(', ') ?? ''}`);
    if (bytes > heaviest.bytes) heaviest = { path, bytes };
  }
  const most = [kilobytes(BUDGET.bytes), String(BUDGET.requests), kilobytes(BUDGET.player)];
  show({
    title: 'Lesson pages, gzip',
    head: ['', 'before a click', 'requests', 'more on Play'],
    rows: [...rows, ['at most', ...most]],
  });
  return heaviest.path;
}

async function askLighthouse({ url }: Served, paths: readonly string[]): Promise<void> {
  const rows: string[][] = [];
  for (const path of paths)
    for (const device of ['phone', 'desktop'] as const) {
      report(`Lighthouse: /${path}, ${device}`);
      const address = new URL(path, url).href;
      const { scores, faults } = await runLighthouse(address, device, port, runs);
      rows.push([`/${path}`, device, ...CATEGORIES.map((name) => String(scores[name]))]);
      const low = CATEGORIES.filter((name) => scores[name] < 100);
      if (low.length > 0)
        missed.push(`/${path}, ${device}: ${low.join(', ')} (${faults.join('; ')})`);
    }
  show({ title: `Lighthouse, median of ${runs}`, head: ['', 'as', ...CATEGORIES], rows });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

function show(table: Table): void {
  process.stdout.write(`${markdown(table)}\n`);
}
