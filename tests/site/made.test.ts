import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveSite, type Served } from '../../scripts/site/build.ts';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';
import { parseLesson } from '../../src/core/lesson/parse.ts';
import type { Progress } from '../../src/site/client/progress/model.ts';
import { proseHash } from '../../src/core/lesson/translation.ts';
import { en } from '../../src/site/i18n/client/en.ts';
import { es } from '../../src/site/i18n/client/es.ts';
import { PASTED_WORDS } from '../../src/site/i18n/client/pasted.ts';
import { PLAYER_WORDS } from '../../src/site/i18n/client/player.ts';
import { PROGRESS_WORDS } from '../../src/site/i18n/client/progress.ts';
import { RECALL_WORDS } from '../../src/site/i18n/client/recall.ts';
import { SEARCH_WORDS } from '../../src/site/i18n/client/search.ts';
import { en as texts } from '../../src/site/i18n/en.ts';
import { es as words } from '../../src/site/i18n/es.ts';
import { axeFaults, openBrowser, watchFaults } from '../support/browser.ts';
import { PHONE, WIDE } from '../support/real-site.ts';

/* Sites of lessons made for one question each: where the site is, what recordings contain, and how
   lessons are translated. */

const lesson = (body: string, title = 'A lesson') =>
  `---\ntitle: ${title}\ndescription: For a test.\n---\n\n${body}\n`;
const step = (id: string, ...typed: string[]) =>
  `\`\`\`console ${id}\n${typed.map((line) => `$ ${line}`).join('\n')}\n\`\`\`\n`;

const HOSTILE = [
  '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"><b>bold</b> &lt;i&gt;',
  '\x1b]8;;javascript:window.hacked=3\x1b\\a link\x1b]8;;\x1b\\ and [text](javascript:alert(1))',
  '\x1b]0;title <svg onload=alert(1)>\x07bell\x07 \x00\x01\x08back \u202egnp.exe',
  '{window.hacked = 4} ${window.hacked = 5} <mark>not a hit</mark>',
  '\x1b[31mred "quoted" \'single\'\x1b[0m \x1b[38;2;1;2;3mdark\x1b[0m',
].join('\r\n');

const ERRORS = `- id: no-space
  message: no space left on device
  pattern: no space left on device
  means: The disk is full.
  do: Look with \`docker system df\`.
  source: https://example.org/no-space
`;

const STEP = step('one', 'uname', 'uname -a');
const ORIGINAL = lesson(`Look.\n\n${STEP}`);
const translation = (hash: string) =>
  `---\ntitle: Una lección\ndescription: Para una prueba.\ntranslates: ${hash}\n---\n\nMira.\n\n${STEP}`;

const guess = (question: string) =>
  `${question}

${step('before', 'uname')}
<Predict>

${question}

<Answer exit="1">

It \`fails\`.

Nothing is wrong with walrus.

</Answer>

<Answer right exit="0" shows="Linux">

It prints the kernel.

The kernel is a penguin.

</Answer>

<Answer right shows="lab">

It prints the host.

A host is a seagull.

</Answer>

${step('asked', 'uname -a', 'uname')}
Covered prose.

${step('hidden hide', 'true')}
</Predict>

${step('after', 'true')}
<YourTurn>

Do it yourself.

<Solution>

Like this.

</Solution>

</YourTurn>`;
const GUESS = lesson(guess('What now?'), 'Guess');

let based: Project;
let project: Project;
let site: Served;
let browser: Browser;

beforeAll(async () => {
  [based, project] = await Promise.all([copyProject('none'), copyProject('none')]);
  await addLinked();
  await addHostile();
  await addTranslated();
  const env = { SITE_URL: 'https://example.org', BASE_PATH: '/workshop', CHECKED_ON: '2026-02-03' };
  for (const built of await Promise.all([based.build(env), project.build()]))
    expect(built).toEqual({ status: 0, output: '' });
  site = await serveSite({ port: await freePort(), root: project.root });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await Promise.all([based.remove(), project.remove()]);
});

async function addLinked(): Promise<void> {
  const text = lesson(`See [the other](/lessons/two/).\n\n${step('a', 'true')}`);
  await based.addLesson('one', text, { a: [''] });
  const renamed = lesson(step('a', 'true'), 'Two\nformerly: [second]');
  await based.addLesson('two', renamed, { a: [''] });
}

async function addHostile(): Promise<void> {
  await project.addLesson('hostile', lesson(step('attack', 'cat notes')), {
    attack: [`${HOSTILE}\r\n`],
  });
  await project.addLesson(
    'tidy',
    lesson(
      [step('see', 'docker ps -a'), step('away', 'docker rm web'), step('full', 'df')].join('\n'),
      'Tidy up',
    ),
    {
      see: ['CONTAINER ID   NAMES\r\n'],
      away: ['web\r\n'],
      full: ['Error response from daemon: write /x: no space left on device\r\n'],
    },
  );
  const printed = { before: ['Linux\r\n'], asked: ['Linux lab\r\n', 'Linux\r\n'], hidden: [''] };
  await project.addLesson('guess', GUESS, { ...printed, after: [''] });
  const masks = "masks:\n  coin:\n    pattern: '(?<=^coin )\\w+$'\n    why: what was thrown";
  await project.addLesson(
    'paste',
    lesson(step('throw', 'sh throw.sh', 'date'), `Paste\n${masks}`),
    {
      throw: ['coin heads\r\nthe bird is blue\r\n', 'Thu\r\n'],
    },
  );
  await writeFile(join(project.root, 'content/errors.yaml'), ERRORS);
  const long = Array.from({ length: 60 }, (_, index) => `line ${index + 1}\r\n`).join('');
  await project.addLesson('long', lesson(step('count', 'seq 60')), { count: [long] });
}

async function addTranslated(): Promise<void> {
  const hashOf = (text: string) => {
    const parsed = parseLesson(text, 'content/lessons/now.mdx').lesson;
    if (parsed === undefined) throw new Error('the lesson of this test cannot be read');
    return proseHash({ lesson: parsed, text });
  };
  const hash = await hashOf(ORIGINAL);
  const dive = ORIGINAL.replace('---\n\n', 'after: now\n---\n\n');
  for (const [id, text] of Object.entries({ now: ORIGINAL, late: ORIGINAL, never: dive }))
    await project.addLesson(id, text, { one: ['Linux\r\n', 'Linux lab\r\n'] });
  await project.addLesson('es/now', translation(hash));
  await project.addLesson(
    'es/guess',
    translation(await hashOf(GUESS)).replace(STEP, guess('¿Y ahora?')),
  );
  await project.addLesson('es/late', translation('sha256:0123456789abcdef'));
}

describe('a site under a base path', () => {
  test('has the base path in front of every address', async () => {
    const files = (await readdir(join(based.root, 'dist'), { recursive: true })).filter((file) =>
      file.endsWith('.html'),
    );
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      const html = await readFile(join(based.root, 'dist', file), 'utf8');
      const addresses = Array.from(
        html.matchAll(/(?:href|src|data-base)="([^"#][^"]*)"/g),
        ([, address]) => address ?? '',
      );
      if (!html.includes('http-equiv="refresh"')) expect(addresses.length).toBeGreaterThan(3);
      for (const address of addresses.filter((text) => !text.startsWith('https:')))
        expect(address, file).toMatch(/^\/workshop\//);
    }
  });

  test('leads from a former address to the lesson, without a script', async () => {
    const dist = join(based.root, 'dist');
    const html = await readFile(join(dist, 'lessons/second/index.html'), 'utf8');
    expect(html).toContain('<meta http-equiv="refresh" content="0; url=/workshop/lessons/two/">');
    expect(html).toContain(
      '<link rel="canonical" href="https://example.org/workshop/lessons/two/">',
    );
    expect(html).not.toContain('<script');
    expect(await readFile(join(dist, 'sitemap.xml'), 'utf8')).not.toContain('/second/');
    const other = await readFile(join(dist, 'lessons/one/index.html'), 'utf8');
    expect(other).toContain('data-moved="second two"');
  });

  test('names the address of each page on the page', async () => {
    const html = await readFile(join(based.root, 'dist/lessons/one/index.html'), 'utf8');
    expect(html).toContain(
      '<link rel="canonical" href="https://example.org/workshop/lessons/one/">',
    );
    expect(html).toContain('property="og:title" content="A lesson"');
  });
});

describe('the content of a recording', () => {
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

  test('is folded if it is long, without JavaScript, and unfolded in print', async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${site.url}lessons/long/`);
    expect(await page.locator('.compare').count()).toBe(0);
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
    // The scripts of the page are ready when its players are.
    await page.locator('.play').waitFor();
    expect(requests.filter((url) => url.includes('pagefind'))).toEqual([]);
    // Text that is typed before the search is loaded is not lost.
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

describe('a prediction', () => {
  const read = async (page: Page, path = 'lessons/guess/') => {
    await page.goto(site.url + path);
    await page.locator('.play').first().waitFor({ state: 'attached' });
    return page;
  };
  const open = async (path?: string) =>
    read(await browser.newPage({ bypassCSP: true, reducedMotion: 'reduce' }), path);
  const screen = (page: Page) => page.locator('#asked .screen');
  const answer = (page: Page, letter: string) =>
    page.locator('.answer', { has: page.locator(`summary > b:text-is("${letter}")`) });
  const marked = (page: Page) =>
    page
      .locator('.answer')
      .evaluateAll((all) =>
        all.map((one) => one.querySelector('.verdict')?.checkVisibility() === true),
      );

  test('covers the screen until an answer is chosen, with the keyboard alone', async () => {
    const page = await open();
    expect(await screen(page).isVisible()).toBe(false);
    expect(await page.getByText('Covered prose').isVisible()).toBe(false);
    expect(await page.locator('.cover > summary').innerText()).toBe(
      `$ uname -a\n$ uname\n${texts.predict.skip}`,
    );
    expect(await axeFaults(page)).toEqual([]);
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest('[id], summary')?.textContent.trim());
    await page.locator('#before .done').focus();
    const stops: (string | undefined)[] = [];
    for (let press = 0; press < 5; press++) {
      await page.keyboard.press('Tab');
      stops.push(await focused());
    }
    // Nothing of the covered step is among them.
    expect(stops.map((text) => text?.slice(0, 4))).toEqual([
      'AIt ',
      'BIt ',
      'CIt ',
      '$ un',
      'afte',
    ]);

    await answer(page, 'A').locator('summary').focus();
    await page.keyboard.press('Enter');
    await screen(page).waitFor();
    expect(await answer(page, 'A').innerText()).toContain(
      `${texts.predict.wrong} · ${en.predict.mine}`,
    );
    for (const why of ['wrong with walrus', 'a penguin', 'a seagull'])
      expect(await page.getByText(why).isVisible(), why).toBe(true);
    expect(await page.locator('.heard').textContent()).toBe(en.predict.wrong('B, C'));
    expect(await marked(page)).toEqual([true, true, true]);
    expect(await focused()).toContain('It fails');
    expect(await page.getByText('Covered prose').isVisible()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFaults(page)).toEqual([]);

    await page.reload();
    await screen(page).waitFor();
    expect(await answer(page, 'A').locator('.verdict').innerText()).toContain(en.predict.mine);
    expect(await marked(page)).toEqual([true, true, true]);
    expect(
      await page.evaluate(
        () => (JSON.parse(localStorage['progress'] as string) as Progress).lessons,
      ),
    ).toEqual({
      guess: {
        done: false,
        steps: [],
        guesses: { asked: { choice: 0, first: false, last: false } },
      },
    });
    await page.close();
  });

  test('that is skipped is not stored, and its answers can be read', async () => {
    const page = await open();
    await page.locator('.cover > summary').click();
    await screen(page).waitFor();
    await page.locator('#asked .play').click();
    await page.locator('#asked .stage-bar').waitFor();
    await answer(page, 'B').locator('summary').click();
    expect(await marked(page)).toEqual([false, true, false]);
    expect(await page.locator('.cover > summary').innerText()).toBe(texts.predict.shut);
    expect(await page.evaluate(() => localStorage.getItem('progress'))).toBeNull();
    await page.close();
  });

  test('opens for a link to its step', async () => {
    const page = await open('lessons/guess/#asked');
    await screen(page).waitFor();
    await page.close();
    const other = await open();
    await other.evaluate(() => (location.hash = '#asked'));
    await screen(other).waitFor();
    await other.close();
  });

  test('needs no script, and is in order on paper', async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${site.url}lessons/guess/`);
    expect(await screen(page).isVisible()).toBe(false);
    await answer(page, 'B').locator('summary').click();
    expect(await page.getByText('a penguin').isVisible()).toBe(true);
    expect(await marked(page)).toEqual([false, true, false]);
    await page.locator('.cover > summary').click();
    expect(await screen(page).isVisible()).toBe(true);
    await page.reload();
    await page.emulateMedia({ media: 'print' });
    const places = ['What now?', 'It fails', 'the kernel.', 'Linux lab', 'walrus', 'a penguin'].map(
      async (text) => (await page.locator('.predict').getByText(text).boundingBox())?.y ?? NaN,
    );
    const tops = await Promise.all(places);
    expect(tops).not.toContain(NaN);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    await page.context().close();
  });

  test('is found by its question and its screen, but not by its answers', async () => {
    const page = await open();
    await page.keyboard.press('Control+k');
    const input = page.locator('.search input');
    const first = page.locator('.search li').first();
    for (const text of ['What now?', 'Linux lab']) {
      await input.fill(text);
      await first.getByText(text).waitFor();
    }
    await input.fill('seagull');
    const said = page.locator('.search [role=status]');
    await expect.poll(() => said.textContent()).toBe(SEARCH_WORDS.en.found(0, true));
    await page.close();
  });

  test('is translated, and shares its step with the original', async () => {
    const page = await open('es/lessons/guess/');
    expect(await page.locator('.ask .label').textContent()).toBe(words.predict.title);
    expect(await page.locator('.cover > summary').innerText()).toContain(words.predict.skip);
    await answer(page, 'C').locator('summary').click();
    await screen(page).waitFor();
    // After a right guess, the others are left to the reader.
    expect(await page.locator('.answer[open]').count()).toBe(1);
    expect(await answer(page, 'C').locator('.verdict').innerText()).toBe(
      `${words.predict.right} · ${es.predict.mine}`,
    );
    await page.close();
  });
});

describe('pasted text', () => {
  /** Opens a lesson, and the panel of a step with the keyboard. */
  async function openPanel(page: Page, path: string, id: string): Promise<void> {
    await page.goto(new URL(path, site.url).href);
    const ask = page.locator(`#${id} .compare`);
    await ask.focus();
    await page.keyboard.press('Enter');
    await page.locator(`#${id} textarea:focus`).waitFor();
  }

  /** Replaces the pasted text with the keyboard. */
  async function paste(page: Page, text: string): Promise<string> {
    const answer = page.locator('.pasted output');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await expect.poll(() => answer.textContent()).toBe('');
    await page.keyboard.insertText(text);
    await expect.poll(() => answer.textContent()).not.toBe('');
    return answer.innerText();
  }

  test('is compared with the step, with the keyboard only, and the answer is announced', async () => {
    const page = await browser.newPage();
    const faults = await watchFaults(page, site.url);
    await openPanel(page, 'lessons/paste/', 'throw');
    const words = PASTED_WORDS.en;
    const same = await paste(page, 'sam@lab:~$ sh throw.sh\ncoin heads\nthe bird is blue\n');
    expect(same).toBe(`${words.soFar}\n\n${words.part}`);
    const allowed = await paste(page, '$ sh throw.sh\ncoin tails\nthe bird is blue\n$ date\nThu\n');
    expect(allowed).toBe(`${words.allowed}\n\ntails · ${words.here} heads · what was thrown`);
    const different = await paste(page, '$ sh throw.sh\ncoin tails\nthe bird is green\n');
    expect(different).toContain(words.different);
    expect(await page.locator('.pasted dd').allInnerTexts()).toEqual([
      'the bird is blue',
      'the bird is green',
    ]);
    expect(await page.locator('.pasted dd b').allInnerTexts()).toEqual(['blue', 'green']);
    const error = await paste(page, 'cp: write error: No space left\non device');
    expect(error).toContain(`${words.error}\n\nThe disk is full.\n\nLook with docker system df.`);
    expect(
      await page
        .locator('.pasted output a')
        .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href)),
    ).toEqual(['https://example.org/no-space', `${site.url}lessons/tidy/#full`]);
    expect(await paste(page, 'Good morning!')).toBe(words.nothing);
    expect(await page.getByRole('status').filter({ hasText: words.nothing }).count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('.pasted').count()).toBe(0);
    expect(await page.locator('#throw .compare:focus').count()).toBe(1);
    expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
    await page.close();
  });

  test('on a phone, the answer is scrolled into view, and goes as soon as the text changes', async () => {
    const page = await browser.newPage(PHONE);
    await openPanel(page, 'lessons/paste/', 'throw');
    const ask = page.locator('#throw .compare');
    expect(await ask.innerText()).toBe('Compare');
    expect((await ask.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await page.setViewportSize({ width: 390, height: 300 });
    await paste(page, '$ sh throw.sh\ncoin tails\nthe bird is green\n');
    const below = () =>
      page
        .locator('.pasted output')
        .evaluate((answer) => answer.getBoundingClientRect().bottom - innerHeight);
    await expect.poll(below).toBeLessThanOrEqual(0);
    const left = await page.locator('.pasted textarea').evaluate((text) => {
      text.dispatchEvent(new Event('input'));
      return document.querySelector('.pasted output')?.textContent;
    });
    expect(left).toBe('');
    await page.close();
  });

  test('that belongs to another step of the lesson leads there; in Spanish, too', async () => {
    const page = await browser.newPage();
    await openPanel(page, 'es/lessons/tidy/', 'see');
    // Untranslated lessons are English, and so is what scripts add to them.
    expect(await paste(page, '$ docker rm web\nweb')).toContain(PASTED_WORDS.en.other);
    await page.locator('.pasted output a').click();
    expect(new URL(page.url()).hash).toBe('#away');
    await openPanel(page, 'es/lessons/now/', 'one');
    expect(await paste(page, '$ uname\nLinux\n$ uname -a\nLinux lab')).toBe(PASTED_WORDS.es.same);
    await page.close();
  });

  test('is neither sent nor stored, and what compares it is loaded on the press', async () => {
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto(`${site.url}lessons/paste/`);
    await page.locator('.compare').waitFor();
    expect(requests.filter((url) => /pasted|panel/.test(url))).toEqual([]);
    await openPanel(page, 'lessons/paste/', 'throw');
    expect(requests.filter((url) => url.includes('pasted.json'))).toHaveLength(1);
    requests.length = 0;
    await paste(page, '$ sh throw.sh\ncoin SECRETCOIN\n');
    await page.locator('.pasted button').click();
    await page.goto(site.url);
    expect(requests.filter((url) => /SECRETCOIN/i.test(decodeURIComponent(url)))).toEqual([]);
    const stored = await page.evaluate(async () =>
      JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
        (await indexedDB.databases()).length,
      ]),
    );
    expect(stored).not.toContain('SECRETCOIN');
    await page.close();
  });

  test.each([WIDE, PHONE])('has a panel in which axe finds no fault: %#', async (options) => {
    const context = await browser.newContext({ ...options, bypassCSP: true });
    const page = await context.newPage();
    await openPanel(page, 'lessons/paste/', 'throw');
    for (const text of [
      '$ sh throw.sh\ncoin tails\nthe bird is red',
      'no space left on device',
      'coin x',
    ]) {
      await paste(page, text);
      expect(await axeFaults(page), text).toEqual([]);
    }
    const { width } = page.viewportSize() ?? { width: 0 };
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
    await context.close();
  });
});

describe('the recall page', () => {
  const words = RECALL_WORDS.en;

  test('asks again what was wrong or never tried, of lessons that are done', async () => {
    const page = await browser.newPage({ bypassCSP: true });
    await page.goto(`${site.url}recall/`);
    const said = page.locator('.said');
    await expect.poll(() => said.textContent()).toBe(words.none);
    expect(await page.locator('.predict').count()).toBe(0);

    await page.goto(`${site.url}lessons/guess/`);
    await page.locator('[data-finish]').click();
    await page.locator('.finish .again').click();
    await expect.poll(() => said.textContent()).toBe(words.untried(1));
    await page.locator('.answer > summary').first().click();
    expect(await page.getByText('a penguin').isVisible()).toBe(true);
    await page.reload();
    await expect.poll(() => said.textContent()).toBe(words.right(0, 1));
    const again = page.getByRole('heading', { name: texts.recall.predictions });
    const known = page.getByRole('heading', { name: texts.recall.known });
    expect([await again.isVisible(), await known.isVisible()]).toEqual([true, false]);
    expect(await page.locator('.typed').innerText()).toBe('$ uname -a\n$ uname');
    expect(await page.locator('.verdict:visible').count()).toBe(0);
    expect(await page.locator('.task').innerText()).toContain('Do it yourself.');
    expect(await page.locator('main').innerText()).not.toContain('Like this');
    expect(await axeFaults(page)).toEqual([]);

    await page.locator('.answer > summary').nth(1).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => said.textContent()).toBe(words.right(1, 1));
    expect(await page.locator('.heard').textContent()).toBe(en.predict.right);
    expect(await axeFaults(page)).toEqual([]);
    await page.locator('.predict .see a').click();
    await page.locator('#asked .screen').waitFor();

    await page.goBack();
    await page.reload();
    await known.waitFor();
    expect(await again.isVisible()).toBe(false);
    await page.locator('.task .see a').click();
    await page.locator('#your-turn').waitFor();
    await page.close();
  });

  test('lists everything without a script, and says so', async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${site.url}recall/`);
    expect(await page.getByText(texts.recall.noScript).isVisible()).toBe(true);
    expect(await page.locator('.predict:visible').count()).toBe(1);
    await page.goto(`${site.url}es/recall/`);
    expect(await page.locator('.ask').innerText()).toContain('¿Y ahora?');
    await page.context().close();
  });
});

describe('a translation', () => {
  async function open(path: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(new URL(path, site.url).href);
    await page.locator('.play').waitFor();
    return page;
  }

  test('that lags behind its original says so, and links to it; another does not', async () => {
    const late = await open('es/lessons/late/');
    expect(await late.locator('.languages').innerText()).toContain(words.translation.lags);
    await late.getByText(words.translation.original).click();
    await late.waitForURL(new URL('lessons/late/', site.url).href);
    const now = await open('es/lessons/now/');
    expect(await now.locator('.languages').innerText()).toBe('English');
    await Promise.all([late.close(), now.close()]);
  });

  test('that is missing is replaced by the original, with a note, marked as English', async () => {
    const page = await open('es/lessons/never/');
    expect(await page.locator('.languages').innerText()).toContain(words.translation.missing);
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    expect(await page.locator('article').getAttribute('lang')).toBe('en');
    const goesWith = page.locator('.facts a');
    expect(await goesWith.innerText()).toContain('A lesson');
    expect(await goesWith.getAttribute('href')).toBe('/lessons/now/');
    // What scripts add to the text is in its language, what they add to the page in the page's.
    expect(await page.locator('.play').textContent()).toBe(en.play.open);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: SEARCH_WORDS.es.name }).waitFor();
    await page.close();
  });

  test('has translated labels on what scripts add', async () => {
    const page = await open('es/lessons/now/');
    await page.locator('.play').click();
    await page.locator('.stage-bar').waitFor();
    // A made-up recording ends at once.
    const toggle = page.locator('.stage-bar .toggle');
    await expect.poll(() => toggle.textContent()).toBe(PLAYER_WORDS.es.replay);
    await page.keyboard.press('Control+k');
    await page.locator('.search input').fill('uname');
    await page.locator('.search li').first().waitFor();
    const labels = await page
      .locator(':is(button, [role=status], [aria-label], label)')
      .evaluateAll((all) =>
        all.flatMap((element): (string | null)[] => [
          element.textContent,
          element.getAttribute('aria-label'),
        ]),
      );
    expect(labels).toContain(PLAYER_WORDS.es.name('one'));
    for (const label of [
      es.copy.one,
      es.copy.all,
      es.copy.commands,
      es.play.close,
      es.progress.ticked('one'),
    ])
      expect(labels).toContain(label);
    expect(labels).toContain(es.copy.command('uname -a'));
    expect(labels).toContain(SEARCH_WORDS.es.name);
    const english = [en.copy, en.play, en.progress, PLAYER_WORDS.en, SEARCH_WORDS.en]
      .flatMap((group): unknown[] => Object.values(group))
      .filter((word) => typeof word === 'string' && word !== '');
    expect(labels.filter((text) => english.includes(text))).toEqual([]);
    await page.close();
  });

  test('shows the progress of a reader on its first page', async () => {
    const page = await open('es/lessons/now/');
    await page.locator('#one .done').click();
    await page.goto(new URL('es/', site.url).href);
    const panel = page.locator('[data-progress]');
    const status = panel.locator('[role=status]');
    await expect.poll(() => status.textContent()).toBe(PROGRESS_WORDS.es.some(1, 8, 1));
    expect(await panel.locator('h2').textContent()).toBe(words.progress.title);
    await panel.getByText(words.progress.erase).click();
    await panel.getByText(PROGRESS_WORDS.es.sure).click();
    await expect.poll(() => status.textContent()).toBe(PROGRESS_WORDS.es.erased);
    const file = { name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('[]') };
    await panel.locator('[data-import]').setInputFiles(file);
    await expect
      .poll(() => status.textContent())
      .toBe(PROGRESS_WORDS.es.refused({ kind: 'notOurs' }));
    await page.close();
  });
});

test('a page gives the date of the last check if the build has one', async () => {
  const path = 'dist/lessons';
  const checked = await readFile(join(based.root, path, 'one/index.html'), 'utf8');
  // Test recordings are dated 2026-01-01.
  expect(checked).toMatch(/<time datetime="2026-01-01">1 January 2026<\/time>/);
  expect(checked).toMatch(/Last checked on\s*<time datetime="2026-02-03">3 February 2026<\/time>/);
  const other = await readFile(join(project.root, path, 'long/index.html'), 'utf8');
  expect(other).toContain('2026-01-01');
  expect(other).not.toContain('Last checked');
});
