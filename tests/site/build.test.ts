import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveSite, type Served } from '../../scripts/site/build.ts';
import { openBrowser, watchFaults } from '../support/browser.ts';
import {
  cleanEnv,
  copyProject,
  freePort,
  type Project,
} from '../../scripts/tools/fixtures/project.ts';

/* Builds of copies of this project with lessons made for one question each. */

const lesson = (body: string, title = 'A lesson') =>
  `---\ntitle: ${title}\ndescription: For a test.\n---\n\n${body}\n`;
const step = (id: string, ...typed: string[]) =>
  `\`\`\`console ${id}\n${typed.map((line) => `$ ${line}`).join('\n')}\n\`\`\`\n`;

/** Takes the last lines of a file away. */
async function cut(file: string, lines: number): Promise<void> {
  const kept = (await readFile(file, 'utf8')).split('\n').slice(0, -1 - lines);
  await writeFile(file, kept.join('\n'));
}

describe('a lesson without a fresh recording', () => {
  let project: Project;
  beforeAll(async () => {
    project = await copyProject('none');
    await project.addLesson('fresh', lesson(step('one', 'uname')), { one: ['Linux\r\n'] });
    await project.addLesson('changed', lesson(step('one', 'uname')), { one: ['Linux\r\n'] });
    await project.addLesson('changed', lesson(`Prose.\n\n${step('one', 'uname -a')}`));
    await project.addLesson(
      'never',
      lesson(`${step('first', 'true')}\n${step('second', 'docker ps')}`),
    );
    await project.addLesson(
      'untrue',
      lesson(
        `${step('one measure.size=/(.*MB)/', 'du')}\n${step('two measure.size=/(.*kB)/', 'du')}\nIt is <Claim that="one.size > 100 * two.size">much more</Claim>.`,
      ),
      { one: ['1.5MB\r\n'], two: ['20kB\r\n'] },
    );
    await project.addLesson('broken', lesson('```console one\nno prompt\n```\n'));
    const damage: Record<string, (folder: string) => Promise<void>> = {
      'cut-cast': (folder) => cut(join(folder, 'one.cast'), 3),
      'no-screen': (folder) => rm(join(folder, 'one.txt')),
      'cut-proof': (folder) => cut(join(folder, 'proof.json'), 5),
    };
    for (const [id, harm] of Object.entries(damage)) {
      await project.addLesson(id, lesson(step('one', 'uname')), { one: ['Linux\r\n'] });
      await harm(join(project.root, 'recordings', id));
    }
  });
  afterAll(() => project.remove());

  test('fails the build; every one is named with file, line and the command that fixes it', async () => {
    const { status, output } = await project.build();
    expect(status).toBe(1);
    expect(output).toMatch(/content\/lessons\/changed\.mdx:8: .*one.* stale/);
    expect(output).toContain('npm run record -- changed');
    expect(output).toMatch(/content\/lessons\/never\.mdx:6: .*first.* not recorded/);
    expect(output).toMatch(/content\/lessons\/never\.mdx:10: .*second.* not recorded/);
    expect(output).toContain('npm run record -- never');
    expect(output).toMatch(/content\/lessons\/untrue\.mdx:14: .* is not true of its recordings/);
    expect(output).toContain('1.50 MB and 2.00 MB (one.size is 1.5MB, two.size is 20kB)');
    expect(output).toMatch(/content\/lessons\/broken\.mdx:7: /);
    expect(output).toMatch(/content\/lessons\/cut-cast\.mdx:6: .*one is damaged/);
    expect(output).toContain(
      'recordings/cut-cast/one.cast was truncated: it has no final exit event',
    );
    expect(output).toContain('npm run record -- cut-cast');
    expect(output).toMatch(/content\/lessons\/no-screen\.mdx:6: .*one is damaged/);
    expect(output).toContain('recordings/no-screen/one.txt does not exist');
    expect(output).toContain('npm run record -- no-screen');
    expect(output).toContain('recordings/cut-proof/proof.json:1: the proof cannot be read');
    expect(output).toContain('npm run record -- cut-proof');
    expect(output).not.toContain('fresh.mdx');
  });

  test('is shown with its commands and a plain note while lessons are written', async () => {
    await project.addLesson('broken', lesson('Fixed.'));
    await project.addLesson('fresh', lesson(step('one', 'uname')), { one: ['Linux\r\n'] });
    const port = await freePort();
    const dev = await startDev(project.root, port);
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`http://localhost:${port}/lessons/never/`);
      expect(await page.locator('#second kbd').first().textContent()).toBe('docker ps');
      expect(await page.locator('#second').textContent()).toContain('npm run record -- never');

      await page.goto(`http://localhost:${port}/lessons/fresh/`);
      expect(await page.locator('#one .out').textContent()).toBe('Linux');
      await project.addLesson('fresh', lesson(step('one', 'uname')), { one: ['GNU\r\n'] });
      await expect
        .poll(() => page.locator('#one .out').textContent(), { timeout: 20_000 })
        .toBe('GNU');
    } finally {
      await browser.close();
      dev.kill();
      await once(dev, 'close');
    }
  });
});

/** The development server in a process of its own, as `npm run dev` starts it. */
async function startDev(root: string, port: number): Promise<ChildProcess> {
  const script = `import { devSite } from './scripts/site/build.ts'; await devSite({ port: ${port} }); console.log('ready');`;
  const dev = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env: cleanEnv(),
  });
  dev.stderr.pipe(process.stderr);
  // It goes on printing, so its output is read to the end.
  await new Promise<void>((ready, failed) => {
    dev.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) ready();
    });
    dev.once('close', () => failed(new Error('the dev server ended')));
  });
  return dev;
}

describe('a site under a base path', () => {
  let project: Project;
  beforeAll(async () => {
    project = await copyProject('none');
    await project.addLesson(
      'one',
      lesson(`See [the other](/lessons/two/).\n\n${step('a', 'true')}`),
      { a: [''] },
    );
    const renamed = lesson(step('a', 'true'), 'Two\nformerly: [second]');
    await project.addLesson('two', renamed, { a: [''] });
    const { status, output } = await project.build({
      SITE_URL: 'https://example.org',
      BASE_PATH: '/workshop',
    });
    expect(output).toBe('');
    expect(status).toBe(0);
  });
  afterAll(() => project.remove());

  test('every address on it begins with the base path', async () => {
    const files = (await readdir(join(project.root, 'dist'), { recursive: true })).filter((file) =>
      file.endsWith('.html'),
    );
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      const html = await readFile(join(project.root, 'dist', file), 'utf8');
      const addresses = Array.from(
        html.matchAll(/(?:href|src|data-base)="([^"#][^"]*)"/g),
        ([, address]) => address ?? '',
      );
      if (!html.includes('http-equiv="refresh"')) expect(addresses.length).toBeGreaterThan(3);
      for (const address of addresses.filter((text) => !text.startsWith('https:')))
        expect(address, file).toMatch(/^\/workshop\//);
    }
  });

  test('a former address leads to the lesson, without a script', async () => {
    const dist = join(project.root, 'dist');
    const html = await readFile(join(dist, 'lessons/second/index.html'), 'utf8');
    expect(html).toContain('<meta http-equiv="refresh" content="0; url=/workshop/lessons/two/">');
    expect(html).toContain(
      '<link rel="canonical" href="https://example.org/workshop/lessons/two/">',
    );
    expect(html).not.toContain('<script');
    expect(await readFile(join(dist, 'sitemap.xml'), 'utf8')).not.toContain('/second/');
    const other = await readFile(join(dist, 'lessons/one/index.html'), 'utf8');
    expect(other).toContain('data-moved="{&#34;second&#34;:&#34;two&#34;}"');
  });

  test('each page names its own address', async () => {
    const html = await readFile(join(project.root, 'dist/lessons/one/index.html'), 'utf8');
    expect(html).toContain(
      '<link rel="canonical" href="https://example.org/workshop/lessons/one/">',
    );
    expect(html).toContain('property="og:title" content="A lesson"');
  });
});

describe('what a recording holds', () => {
  const HOSTILE = [
    '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"><b>bold</b> &lt;i&gt;',
    '\x1b]8;;javascript:window.hacked=3\x1b\\a link\x1b]8;;\x1b\\ and [text](javascript:alert(1))',
    '\x1b]0;title <svg onload=alert(1)>\x07bell\x07 \x00\x01\x08back \u202egnp.exe',
    '{window.hacked = 4} ${window.hacked = 5} <mark>not a hit</mark>',
    '\x1b[31mred "quoted" \'single\'\x1b[0m \x1b[38;2;1;2;3mdark\x1b[0m',
  ].join('\r\n');
  let project: Project;
  let site: Served;
  let browser: Browser;
  beforeAll(async () => {
    project = await copyProject('none');
    await project.addLesson('hostile', lesson(step('attack', 'cat notes')), {
      attack: [`${HOSTILE}\r\n`],
    });
    await project.addLesson(
      'tidy',
      lesson(`${step('see', 'docker ps -a')}\n${step('away', 'docker rm web')}`, 'Tidy up'),
      {
        see: ['CONTAINER ID   NAMES\r\n'],
        away: ['web\r\n'],
      },
    );
    const long = Array.from({ length: 60 }, (_, index) => `line ${index + 1}\r\n`).join('');
    await project.addLesson('long', lesson(step('count', 'seq 60')), { count: [long] });
    expect(await project.build()).toEqual({ status: 0, output: '' });
    site = await serveSite({ port: await freePort(), root: project.root });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await project.remove();
  });

  test('stays inert on the page, in the player and in the search', async () => {
    const page = await browser.newPage();
    const faults = await watchFaults(page, site.url);
    await page.goto(`${site.url}lessons/hostile/`);
    const screen = page.locator('#attack .screen');
    expect(await screen.locator('.out').textContent()).toContain(
      '<script>window.hacked = 1</script><img src=x',
    );
    const kinds = await screen
      .locator('*')
      .evaluateAll((all) => [...new Set(all.map(({ tagName }) => tagName))].sort());
    expect(kinds).toEqual(['BUTTON', 'DIV', 'KBD', 'PRE', 'SPAN']);

    await page.locator('#attack .play').click();
    await page.locator('.ap-term-text').getByText('a link').waitFor();
    expect(
      await page
        .locator('#attack a')
        .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).protocol)),
    ).not.toContain('javascript:');

    await page.keyboard.press('Control+k');
    await page.locator('.search input').fill('quoted');
    await page.locator('.search li').first().waitFor();
    const inside = await page
      .locator('.search li *')
      .evaluateAll((all) => [...new Set(all.map(({ tagName }) => tagName))].sort());
    expect(inside).toEqual(['A', 'MARK', 'SPAN']);

    expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.title()).toBe('A lesson · You Like Docker');
    expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
  });

  test('is folded where it is long, without JavaScript, and opens on paper', async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${site.url}lessons/long/`);
    const middle = page.getByText('line 30');
    expect(await middle.isVisible()).toBe(false);
    expect(await page.locator('.fold summary').innerText()).toBe('Show 42 lines');
    await page.emulateMedia({ media: 'print' });
    expect(await middle.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.locator('.fold summary').click();
    expect(await middle.isVisible()).toBe(true);
  });

  test('is found by its command: the keyboard opens the search, and leads to the step', async () => {
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${site.url}lessons/hostile/`);
    await page.waitForLoadState('networkidle');
    expect(requests.filter((url) => url.includes('pagefind'))).toEqual([]);
    // What is typed before the search is loaded is not lost.
    await page.route('**/*.js', async (route) => {
      await sleep(300);
      await route.continue();
    });
    await page.keyboard.press('/');
    await page.keyboard.type('docker rm web');
    const first = page.locator('.search li').first();
    await first.getByText('docker rm web').waitFor();
    expect(await first.textContent()).toContain('Tidy up · away');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.url}lessons/tidy/#away`);
    expect(await page.locator('#away').isVisible()).toBe(true);

    await page.keyboard.press('Control+k');
    await page.locator('dialog.search[open]').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog.search[open]').count()).toBe(0);
  });
});

test('a number that no step measures fails the build with file and line', async () => {
  const project = await copyProject('none');
  try {
    await writeFile(
      join(project.root, 'content/lessons/one.mdx'),
      lesson(`${step('a', 'true')}\nIt took <Measured step="a" name="time" />.`),
    );
    const { status, output } = await project.build();
    expect(status).toBe(1);
    expect(output).toMatch(/content\/lessons\/one\.mdx:10: .*does not measure this value/);
  } finally {
    await project.remove();
  }
});
