import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'cheerio';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filePath, type Format } from '../../scripts/export/files.ts';
import { makeExports } from '../../scripts/export/make.ts';
import { serveSite, type Served } from '../../scripts/site/build.ts';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';
import { parseLesson } from '../../src/core/lesson/parse.ts';
import { proseHash } from '../../src/core/lesson/translation.ts';
import { PASTED_WORDS } from '../../src/site/i18n/client/pasted.ts';
import { es } from '../../src/site/i18n/es.ts';
import { axeFaults, openBrowser, watchFaults } from '../support/browser.ts';
import { PHONE, WIDE } from '../support/real-site.ts';
import { isFocused, openNewest, plain, recordedStep } from '../support/site-page.ts';

/* What readers with another Engine see: a site of lessons of which one was recorded on two. */

const step = (options: string, ...typed: string[]) =>
  `\`\`\`console ${options}\n${typed.map((line) => `$ ${line}`).join('\n')}\n\`\`\`\n`;

const body = `Look.

${step('same', 'uname')}
And now the sizes.

${step('sizes measure.small=/small (\\d+MB)/ measure.big=/big (\\d+)MB/', 'docker images', 'true')}
It is <Measured step="sizes" name="small" />, and with the other
<Measured of="sizes.small + sizes.small" unit="MB" digits="0" />.

Of \`docker images\` see \`the end\`, \`line 20\`, and \`old eel\` or \`new eel\`.

<Differs engine="28">Twenty-eight says so.</Differs>

<Differs engine="29">Twenty-nine says so.</Differs>

<Differs>Podman says so.</Differs>

<Plot label="Sizes" unit="MB" bars="sizes.big=the big one" />

${step('gone exit=1', 'docker gone')}
`;
const text = `---\ntitle: A lesson\ndescription: For a test.\n---\n\n${body}`;

const covered = `---\ntitle: A prediction\ndescription: For a test.\n---\n
<Predict>

What does it print?

<Answer right shows="walrus">

An animal.

It is \`the walrus\`.

</Answer>

<Answer shows="oak">

A tree.

No tree has teeth.

</Answer>

${step('asked', 'zoo')}
</Predict>

Do not forget \`the walrus\`.
`;

let project: Project;
let site: Served;
let browser: Browser;

beforeAll(async () => {
  project = await copyProject('none');
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}\r\n`).join('');
  await project.addLesson('two', text, {
    same: ['Linux\r\n'],
    sizes: ['small 20MB\r\nbig 40MB\r\nnarwhal, old eel\r\nthe end\r\n', ''],
    gone: ['gone\r\n'],
  });
  await project.addVariant('two', '29', {
    sizes: [`small 30MB\r\nbig 60MB\r\n${lines}squid, new eel\r\nthe end\r\n`, ''],
  });
  const { lesson } = parseLesson(text, 'content/lessons/two.mdx');
  if (lesson === undefined) throw new Error('the lesson of this test cannot be read');
  const translates = await proseHash({ lesson, text });
  await project.addLesson('es/two', text.replace('---\n\n', `translates: ${translates}\n---\n\n`));
  await project.addLesson('one', text.replace('A lesson', 'Another lesson'), {
    same: ['Linux\r\n'],
    sizes: ['small 20MB\r\nbig 40MB\r\n', ''],
    gone: ['gone\r\n'],
  });
  await project.addLesson('covered', covered, { asked: ['the walrus\r\n'] });
  expect(await project.build()).toEqual({ status: 0, output: '' });
  site = await serveSite({ port: await freePort(), root: project.root });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await project.remove();
});

async function open(path = 'lessons/two/', options: BrowserContextOptions = WIDE): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(site.url + path);
  return page;
}

const choose = (page: Page, engine: string) =>
  page.locator('[data-engine-choice]').selectOption(engine);

/** What a reader sees of the lesson. */
async function seen(page: Page) {
  const texts = async (selector: string) =>
    (await page.locator(selector).filter({ visible: true }).allInnerTexts()).map((each) =>
      each.trim(),
    );
  return {
    screens: (await texts('#sizes .screen')).map((each) => /narwhal|squid/.exec(each)?.[0]),
    values: await texts('.measured'),
    notes: (await texts('.aside div')).map((each) => each.replace(' says so.', '')),
    plots: await texts('.plot .value'),
    casts: await page
      .locator('#sizes .cast')
      .evaluateAll((all) =>
        all
          .filter((each) => getComputedStyle(each.parentElement ?? each).display !== 'none')
          .map((each) => each.getAttribute('href')),
      ),
  };
}

const NEWEST = {
  screens: ['squid'],
  values: ['30MB', '60\u00a0MB'],
  notes: ['Twenty-nine', 'Podman'],
  plots: ['60 MB'],
  casts: ['/recordings/two/engines/29/sizes.cast'],
};
const REFERENCE = {
  screens: ['narwhal'],
  values: ['20MB', '40\u00a0MB'],
  notes: ['Twenty-eight', 'Podman'],
  plots: ['40 MB'],
  casts: ['/recordings/two/sizes.cast'],
};

describe('the reader’s Engine', () => {
  test('is the newest, until the reader chooses another, once for all pages', async () => {
    const page = await open();
    const faults = await watchFaults(page, site.url);
    await page.reload();
    const choice = page.locator('[data-engine-choice]');
    expect(await choice.inputValue()).toBe('29');
    expect(await seen(page)).toEqual(NEWEST);

    await choose(page, '28');
    expect(await seen(page)).toEqual(REFERENCE);
    expect(await page.locator('[role=status]').textContent()).toBe('Screens of Docker Engine 28');
    await page.reload();
    expect(await seen(page)).toEqual(REFERENCE);
    for (const path of ['', 'glossary/', 'commands/', 'es/lessons/one/']) {
      await page.goto(site.url + path);
      // The page's scripts are those that set the choice to what is shown.
      await page
        .locator('[data-engine-choice] >> xpath=..')
        .and(page.locator('[data-ready]'))
        .waitFor();
      expect(await choice.inputValue(), path).toBe('28');
    }

    await choose(page, '29');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.goto(`${site.url}lessons/two/`);
    expect(await seen(page)).toEqual(NEWEST);
    expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
  });

  test('is set before the first paint, and an Engine that is not offered is the newest', async () => {
    const page = await open();
    await page.route('**/_astro/*.js', (route) => route.abort());
    for (const [stored, shown] of [
      ['28', REFERENCE],
      ['17', NEWEST],
    ] as const) {
      await page.evaluate((engine) => localStorage.setItem('engine', engine), stored);
      await page.reload();
      expect(await seen(page)).toEqual(shown);
    }
  });

  test('is that of all open pages, also of one to which the reader goes back', async () => {
    const page = await open();
    const other = await page.context().newPage();
    await other.goto(`${site.url}lessons/two/`);
    await choose(other, '28');
    await expect.poll(() => seen(page)).toEqual(REFERENCE);
    await other.goto(`${site.url}glossary/`);
    await choose(other, '29');
    await other.goBack();
    expect(await seen(other)).toEqual(NEWEST);
    await expect.poll(() => seen(page)).toEqual(NEWEST);
  });

  test('is chosen with the keyboard', async () => {
    const page = await open();
    await page.getByLabel('Your Engine').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => seen(page)).toEqual(REFERENCE);
  });

  test('decides which cast is played, and a change closes the player', async () => {
    const page = await open();
    const played = page.locator('#sizes .ap-term-text');
    for (const [engine, printed] of [
      ['29', 'squid'],
      ['28', 'narwhal'],
    ] as const) {
      await choose(page, engine);
      expect(await page.locator('.ap-player').count()).toBe(0);
      await page.locator('#sizes .play').click();
      await expect.poll(async () => plain(await played.textContent())).toContain(printed);
      const screen = page.locator('#sizes .screen').filter({ has: page.locator('.stage') });
      expect(await screen.isVisible()).toBe(true);
    }
  });

  test('decides which copy buttons Tab and the arrow keys reach', async () => {
    const page = await open();
    const focused = () =>
      page.evaluate(() => {
        const active = document.activeElement;
        const engine = active?.closest<HTMLElement>('[data-for]')?.dataset['for'];
        return [active?.getAttribute('aria-label'), engine];
      });
    for (const engine of ['29', '28']) {
      await choose(page, engine);
      await page.locator('#sizes .id').focus();
      await page.keyboard.press('Tab');
      expect(await focused()).toEqual(['Copy all commands', undefined]);
      await page.keyboard.press('ArrowDown');
      expect(await focused()).toEqual(['Copy the command docker images', engine]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await focused()).toEqual(['Copy the command true', engine]);
    }
  });

  test('moves nothing before the reader has changed it', async () => {
    const page = await open();
    await page.evaluate(() => localStorage.setItem('engine', '28'));
    await page.reload();
    const shifts = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
              sum += entry.value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 1000);
        }),
    );
    expect(shifts).toBe(0);
  });
});

describe('a quote of a screen', () => {
  /** The quotes in the prose, and what is lit up: in the prose, and on screens. */
  const quotes = (page: Page) => page.locator('.prose a[data-q]');
  const lit = (page: Page) =>
    page.locator('.lit').evaluateAll((all) => {
      const texts = (isQuote: boolean) =>
        all.filter((each) => each.matches('a') === isQuote).map((each) => each.textContent);
      return { quotes: texts(true), parts: texts(false) };
    });
  const both = (text: string) => ({ quotes: [text], parts: [text] });
  const NONE = { quotes: [], parts: [] };

  test('is a link where the screen of the reader’s Engine shows it, and code elsewhere', async () => {
    for (const path of ['lessons/two/', 'es/lessons/two/']) {
      const page = await open(path);
      const shown = quotes(page).filter({ visible: true });
      const links = () => shown.allInnerTexts();
      expect(await links()).toEqual(['docker images', 'the end', 'line 20', 'new eel']);
      expect(await page.locator('.prose p code').filter({ visible: true }).allInnerTexts()).toEqual(
        ['docker images', 'the end', 'line 20', 'old eel', 'new eel'],
      );
      await choose(page, '28');
      expect(await links()).toEqual(['docker images', 'the end', 'old eel']);
      await page.close();
    }
  });

  test('lights up what it stands for: by hover, by focus, and the reverse', async () => {
    const page = await open();
    for (const [engine, text] of [
      ['29', 'new eel'],
      ['28', 'old eel'],
    ] as const) {
      await choose(page, engine);
      await quotes(page).filter({ hasText: text }).hover();
      expect(await lit(page)).toEqual(both(text));
      await page.locator('h1').hover();
      expect(await lit(page)).toEqual(NONE);
      const part = page.locator('.screen [data-q]').filter({ visible: true });
      await part.filter({ hasText: 'the end' }).hover();
      expect(await lit(page)).toEqual(both('the end'));
      await page.locator('h1').hover();
    }
    await quotes(page).first().focus();
    expect(await lit(page)).toEqual(both('docker images'));
    await page.keyboard.press('Tab');
    expect(await lit(page)).toEqual(both('the end'));
    await page.locator('#same .out').click();
    expect(await lit(page)).toEqual(NONE);
  });

  test('is followed by a tap, which opens what is folded and keeps it lit', async () => {
    const page = await open('lessons/two/', PHONE);
    const part = page.locator('.screen [data-q]', { hasText: 'line 20' });
    expect(await part.isVisible()).toBe(false);
    await quotes(page).filter({ hasText: 'line 20' }).hover();
    expect(await lit(page)).toEqual(NONE);
    await quotes(page).filter({ hasText: 'line 20' }).tap();
    await expect.poll(() => lit(page)).toEqual(both('line 20'));
    const inView = () =>
      part.evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return top > 0 && bottom < innerHeight;
      });
    await expect.poll(inView).toBe(true);
    expect(new URL(page.url()).hash).toBe('#sizes');
    await page.goBack();
    expect(new URL(page.url()).hash).toBe('');
    await page.locator('.screen [data-q]', { hasText: 'the end' }).locator('visible=true').tap();
    expect(await lit(page)).toEqual(both('the end'));
  });

  test('is followed by Enter, and is a link to the step without JavaScript', async () => {
    const page = await open();
    await quotes(page).filter({ hasText: 'line 20' }).press('Enter');
    await page.locator('.screen [data-q]', { hasText: 'line 20' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#sizes');
    const plain = await open('lessons/two/', { ...WIDE, javaScriptEnabled: false });
    await quotes(plain).filter({ hasText: 'new eel' }).click();
    expect(new URL(plain.url()).hash).toBe('#sizes');
    expect(await plain.locator('#sizes').evaluate((each) => each.matches(':target'))).toBe(true);
  });

  test('of a screen that is covered leads to the question, and uncovers nothing before a guess', async () => {
    const page = await open('lessons/covered/');
    const quote = quotes(page).filter({ visible: true }).last();
    const screen = page.locator('#asked .screen');
    await quote.hover();
    expect(await lit(page)).toEqual(NONE);
    for (const follow of [() => quote.click(), () => quote.press('Enter')]) {
      await follow();
      expect(await isFocused(page.locator('.answer > summary').first())).toBe(true);
      expect(await screen.isVisible()).toBe(false);
      expect(new URL(page.url()).hash).toBe('');
    }
    await page.keyboard.press('Enter');
    expect(await screen.isVisible()).toBe(true);
    await page.locator('.cover > summary').click();
    await quote.click();
    expect(await screen.isVisible()).toBe(true);
    // The answer that is open quotes it as well.
    const { quotes: prose, parts } = await lit(page);
    expect([new Set(prose), parts]).toEqual([new Set(['the walrus']), ['the walrus']]);
  });

  test('changes neither the text of the screen, nor what is copied, nor the stops of Tab', async () => {
    const page = await open();
    const { screen } = recordedStep(await openNewest(project.root, 'two'), 'sizes');
    const text = await page.locator('#sizes .screen').first().locator('pre').allTextContents();
    expect(plain(text.join(''))).toBe(plain(screen));
    expect(await page.locator('#sizes kbd').first().textContent()).toBe('docker images');
    expect(await page.locator('[data-q]:not(a)[tabindex], [data-q]:not(a)[role]').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('passes axe when it is lit: %s', async (colorScheme) => {
    const page = await open('lessons/two/', { ...WIDE, colorScheme, bypassCSP: true });
    await quotes(page).filter({ hasText: 'new eel' }).hover();
    expect(await lit(page)).toEqual(both('new eel'));
    expect(await axeFaults(page)).toEqual([]);
  });

  test('is outlined when it is lit, also in forced colours, and nothing moves', async () => {
    const page = await open('lessons/two/', { ...WIDE, forcedColors: 'active' });
    const size = () =>
      page.locator('.prose').evaluate((each) => each.getBoundingClientRect().height);
    const before = await size();
    await quotes(page).filter({ hasText: 'new eel' }).hover();
    for (const end of ['.screen .lit', 'a.lit code'])
      expect(await page.locator(end).evaluate((each) => getComputedStyle(each).outlineStyle)).toBe(
        'solid',
      );
    expect(await size()).toBe(before);
  });
});

test('a step that differs says so, in the language of the page, and others are as always', async () => {
  const page = await open();
  expect(await page.locator('.on').filter({ visible: true }).allInnerTexts()).toEqual([
    'Engine 29 · differs on Engine 28',
  ]);
  await choose(page, '28');
  expect(await page.locator('.on').filter({ visible: true }).allInnerTexts()).toEqual([
    'Engine 28 · differs on Engine 29',
  ]);
  expect(await page.locator('#same [data-for]').count()).toBe(0);
  await page.goto(`${site.url}es/lessons/two/`);
  expect(await page.locator('.on').filter({ visible: true }).innerText()).toBe(
    `Engine 28 · ${es.terminal.differsOn(['29'])}`,
  );
  expect(await page.locator('.engine').innerText()).toContain(es.page.yourEngine);
});

test('the proof names the Engines, and how many steps differ', async () => {
  const proofOf = async (lesson: string) => {
    const page = await open(`lessons/${lesson}/`);
    return (await page.locator('.proof').textContent())?.replace(/\s+/g, ' ');
  };
  const both = await proofOf('two');
  expect(both).toContain(
    'Recorded on 1 February 2026 by Docker Engine 29.0.1 with the containerd image store: 1 of 3 steps differ from Engine 28.',
  );
  expect(both).toContain('Recorded on 1 January 2026 by Docker Engine 28.5.2');
  expect(both).not.toContain('only');
  expect(await proofOf('one')).toContain('It was recorded with Engine 28 only.');
});

describe('where readers cannot choose', () => {
  const BOTH = {
    screens: ['squid', 'narwhal'],
    values: NEWEST.values,
    notes: ['Twenty-eight', 'Twenty-nine', 'Podman'],
    plots: NEWEST.plots,
  };

  test('without JavaScript, the newest Engine comes first, and the other is small', async () => {
    const page = await open('lessons/two/', { ...WIDE, javaScriptEnabled: false });
    const casts = [...NEWEST.casts, ...REFERENCE.casts];
    expect(await seen(page)).toEqual({ ...BOTH, casts });
    expect(await page.locator('.on').allInnerTexts()).toEqual([
      'Engine 29 · differs on Engine 28',
      'Engine 28 · differs on Engine 29',
    ]);
    const heights = await page
      .locator('#sizes .cmd kbd')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
    expect(heights[2]).toBeLessThan(heights[0] ?? 0);
    expect(await page.locator('select:visible').count()).toBe(0);
  });

  test('on paper, too', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    expect(await seen(page)).toMatchObject(BOTH);
  });

  test('in Markdown, the prose is for the newest Engine, and each screen names its own', async () => {
    const markdown = await readFile(join(project.root, 'dist/lessons/two.md'), 'utf8');
    expect(markdown).toContain('It is 30MB, and with the other\n60\u00a0MB.');
    expect(markdown).toMatch(
      /```console sizes\n\$ docker images\nsmall 30MB[^]*?```\n\nEngine 28:\n\n```console\n\$ docker images\nsmall 20MB/,
    );
    expect(markdown).toContain('> **Engine 28:** Twenty-eight says so.');
    expect(markdown).toContain(
      'Recorded on 2026-02-01 by Docker Engine 29.0.1 with the containerd image store.\nRecorded on 2026-01-01 by Docker Engine 28.5.2',
    );
    expect(markdown.match(/```console same/g)).toHaveLength(1);
  });
});

describe('in files for reading offline', () => {
  beforeAll(async () => {
    await makeExports({
      ...{ root: project.root, dist: join(project.root, 'dist'), formats: ['html', 'epub'] },
      browser: () => Promise.reject(new Error('no file of this test is printed')),
      report: () => undefined,
      print: () => undefined,
    });
  });
  const file = (format: Format) => filePath(join(project.root, 'dist'), format);

  test('the HTML file offers the choice, and plays the casts of both', async () => {
    const page = await browser.newPage();
    await page.goto(`${pathToFileURL(file('html')).href}#two`);
    const offline = (path: string) => `#cast.${path.replace(/^\/recordings\/|\.cast$/g, '')}`;
    for (const [engine, shown] of [
      ['29', NEWEST],
      ['28', REFERENCE],
    ] as const) {
      await choose(page, engine);
      expect(await seen(page)).toEqual({ ...shown, casts: shown.casts.map(offline) });
      await page.locator('#sizes .play').click();
      const played = async () => plain(await page.locator('.ap-term-text').textContent());
      await expect.poll(played, { timeout: 10_000 }).toContain(shown.screens[0]);
    }
    await page.reload();
    expect(await page.locator('[data-engine-choice]').inputValue()).toBe('28');
    await page.locator('a[data-q]', { hasText: 'old eel' }).locator('visible=true').first().hover();
    const lit = () => page.locator('.screen .lit').allInnerTexts();
    await expect.poll(lit).toEqual(['old eel']);
    await page.close();
  });

  test('the EPUB folds the screens of the other Engine, and its prose is for the newest', async () => {
    const book = unzipSync(new Uint8Array(await readFile(file('epub'))));
    const $ = load(strFromU8(book['EPUB/two.xhtml'] ?? new Uint8Array()), { xml: true });
    const folded = $('#sizes details:has(.screen)');
    expect(folded.children('summary').text()).toBe('Engine 28');
    expect(folded.text()).toContain('narwhal');
    expect($('p:contains("Of ")').html()).not.toContain('<a');
    expect($('#sizes .on').text()).toBe('Engine 29 · differs on Engine 28');
    expect($('.measured').first().text().trim()).toBe('30MB');
    expect($('.plot').length).toBe(1);
    expect(
      $('.aside .label')
        .map((_, label) => $(label).text())
        .get(),
    ).toContain('Engine 28');
  });
});

test('the search finds what the newest Engine prints, not what others print', async () => {
  const page = await open();
  await page.keyboard.press('Control+k');
  await page.locator('.search input').fill('squid');
  await page.locator('.search li').first().getByText('squid').waitFor();
  await page.locator('.search input').fill('narwhal');
  await expect.poll(() => page.locator('.search li').count()).toBe(0);
});

test('a site whose lessons were recorded on one Engine offers no choice', async () => {
  const other = await copyProject('none');
  try {
    await other.addLesson('one', text, {
      same: ['Linux\r\n'],
      sizes: ['small 20MB\r\nbig 40MB\r\n', ''],
      gone: ['gone\r\n'],
    });
    expect(await other.build()).toEqual({ status: 0, output: '' });
    const $ = load(await readFile(join(other.root, 'dist/lessons/one/index.html'), 'utf8'));
    expect($('.engine, [data-for], [data-engine]').length).toBe(0);
    const labels = $('.aside .label').map((_, label) => $(label).text());
    expect(labels.get()).toEqual(['Engine 28', 'Engine 29', 'Another Engine']);
  } finally {
    await other.remove();
  }
});

test('pasted text is compared with the screens of all Engines, the chosen one first', async () => {
  const page = await open();
  await page.locator('#sizes .compare').click();
  await page
    .locator('.pasted textarea')
    .fill('$ docker images\nsmall 20MB\nbig 40MB\nnarwhal, old eel\nthe end\n');
  const answer = page.locator('.pasted output');
  await expect.poll(() => answer.innerText()).toBe(PASTED_WORDS.en.engine(['28']));
  await choose(page, '28');
  const { soFar, part } = PASTED_WORDS.en;
  await expect.poll(() => answer.innerText()).toBe(`${soFar}\n\n${part}`);
  await page.context().close();
});

test.each([
  ['wide', WIDE],
  ['wide, dark', { ...WIDE, colorScheme: 'dark' as const }],
  ['phone', PHONE],
])('axe finds no fault, whichever Engine is chosen: %s', async (_name, options) => {
  const page = await open('lessons/two/', { ...options, bypassCSP: true });
  for (const engine of ['29', '28']) {
    await choose(page, engine);
    expect(await axeFaults(page), engine).toEqual([]);
  }
  // A page that is wider than the window would scroll sideways.
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
});
