import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, openBrowser, watchFaults } from '../support/browser.ts';
import { fence, npmRunRecord, run, Workshop, type Ran } from '../support/recorder.ts';

/* One real run with every kind of problem, and each report of it. */

/** Put together only on the screen, so that the lesson's own text contains no secret. */
const TOKEN = 'a1B2'.repeat(9);
const SHOW_TOKEN = "$ echo ghp_$(printf 'a1B2%.0s' 1 2 3 4 5 6 7 8 9)";

const HOSTILE = [
  String.raw`$ printf '\033[31mred \033[1;42mgreen\033[0m <script>alert(1)</script> <img src=x onerror=alert(2)>\n'`,
  String.raw`$ printf '\033]8;;javascript:alert(3)\033\\link\033]8;;\033\\ "q" &amp; \342\200\256rev\n'`,
  String.raw`$ printf '%s\n' '::error::boo' '##[error]boo' ']]>' "n $((617 * 2)) end"`,
];
const MASKED = "masks: { run: { pattern: 'run-[0-9]+', why: a number made up } }";

const LESSONS: readonly [id: string, body: string, frontMatter?: string][] = [
  ['drift', `Before \`<it>\` & **all**:\n\n${fence('hostile', ...HOSTILE)}\nAfter it.`],
  ['edited', fence('two', '$ seq 30', '$ echo old word') + fence('after', '$ echo after')],
  ['masked', fence('random', '$ echo run-$RANDOM'), MASKED],
  ['allowed', fence('token secret-ok="made for this lesson"', SHOW_TOKEN)],
];
const BROKEN: readonly [id: string, body: string, frontMatter?: string][] = [
  ['new', fence('one', '$ echo new')],
  [
    'status',
    [fence('fine', '$ true'), fence('bad', '$ ls /no-such'), fence('never', '$ true')].join('\n'),
  ],
  ['expected', fence('bad expect="nine"', '$ seq 8', SHOW_TOKEN)],
  ['hangs', fence('bad timeout=1s', '$ sleep 100')],
  ['ended', fence('bad', '$ exit')],
  ['secret', fence('bad', '$ echo first', SHOW_TOKEN)],
  ['wiped', fence('bad', SHOW_TOKEN, '$ clear')],
  ['no-secret', fence('bad secret-ok="none at all"', '$ true')],
  ['unused-mask', fence('fine', '$ true'), MASKED],
];

const workshop = new Workshop();
const [html, xml] = [
  join(workshop.folder, 'out/report.html'),
  join(workshop.folder, 'out/junit.xml'),
];
let browser: Browser;
let ran: Ran;

beforeAll(async () => {
  browser = await openBrowser();
  for (const lesson of LESSONS) workshop.write(...lesson);
  expect(await workshop.recordHere({ once: true, jobs: 2 })).toMatchObject({ status: 0 });
  // Pretend that another Engine has printed something else.
  for (const name of ['hostile.cast', 'hostile.txt']) {
    const path = join(workshop.recordings, 'drift', name);
    writeFileSync(path, readFileSync(path, 'utf8').replace('n 1234 end', 'n 4321 end'));
  }
  workshop.edit('edited', 'old word', 'new word');
  writeFileSync(join(workshop.recordings, 'edited/left.txt'), 'over\n');
  for (const lesson of BROKEN) workshop.write(...lesson);
  ran = await workshop.record(
    ['--check', '--all', '--jobs', '2', '--report', html, '--junit', xml, '--json'],
    { GITHUB_ACTIONS: 'true' },
  );
});
afterAll(async () => {
  await browser.close();
  workshop.remove();
});

/** The output about the result, without parts that differ in each run. */
const printed = () =>
  ran.stderr
    .slice(ran.stderr.indexOf('::stop-commands::'))
    .replaceAll(workshop.content, 'lessons')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'TOKEN')
    .replace(/n \d{4} end/g, 'n NNNN end');

test('the terminal shows the place of each problem, what it is, and how to fix it', async () => {
  expect(ran.status).toBe(30);
  await expect(printed()).toMatchFileSnapshot('golden/report.txt');
});

test('no line of a screen can be taken for a workflow command, and each problem has an annotation', () => {
  const [shown = '', commands = ''] = printed().split('\n::TOKEN::\n');
  expect(shown.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([
    '::stop-commands::TOKEN',
  ]);
  const places = Array.from(
    commands.matchAll(/^::error file=lessons\/([\w-]+)\.mdx,line=(\d+),title=[^:,]*::[^:]/gm),
    ([, lesson]) => lesson,
  );
  expect(places.sort()).toEqual(['drift', 'edited', 'edited', ...BROKEN.map(([id]) => id)].sort());
});

test('JSON on stdout contains the same', () => {
  const json = JSON.parse(ran.stdout) as {
    steps: { lesson: string; change: string; difference?: string[] }[];
    failures: { lesson: string; step?: string; status: number }[];
  };
  expect(json.steps.map(({ lesson, change }) => `${lesson} ${change}`).sort()).toEqual([
    'drift drift',
    'edited edited',
    'edited follows',
    'new new',
  ]);
  expect(json.steps.find(({ lesson }) => lesson === 'edited')?.difference).toContain('+new word');
  expect(json.failures).toHaveLength(8);
  expect(json.failures).toContainEqual(
    expect.objectContaining({ lesson: 'hangs', step: 'bad', status: 30 }),
  );
});

test('no report shows the secret', () => {
  for (const text of [
    ran.stderr,
    ran.stdout,
    readFileSync(xml, 'utf8'),
    readFileSync(html, 'utf8'),
  ])
    expect(text).not.toContain(TOKEN);
  expect(ran.stderr).toContain('[secret]');
});

test('JUnit XML has a case for each step, and conforms to both schemas', async () => {
  const page = await browser.newPage();
  const suites = await page.evaluate(
    (text) => {
      const { documentElement: root } = new DOMParser().parseFromString(text, 'application/xml');
      return Array.from(root.children, (suite) => ({
        attributes: suite.getAttributeNames().sort().join(' '),
        inside: [...new Set(Array.from(suite.children, ({ tagName }) => tagName))].join(' '),
        name: suite.getAttribute('name'),
        counts: ['tests', 'failures', 'errors', 'skipped'].map((name) =>
          Number(suite.getAttribute(name)),
        ),
        cases: Array.from(suite.querySelectorAll('testcase'), (test) => ({
          step: `${test.getAttribute('classname')}#${test.getAttribute('name')}`,
          time: test.getAttribute('time'),
          result: test.firstElementChild?.tagName ?? 'ok',
          type: test.firstElementChild?.getAttribute('type'),
          text: test.textContent.trim(),
        })),
      }));
    },
    readFileSync(xml, 'utf8'),
  );
  await page.close();
  expect(suites.map(({ name }) => name).sort()).toEqual(
    [...LESSONS, ...BROKEN].map(([id]) => id).sort(),
  );
  for (const { attributes, inside } of suites) {
    expect(attributes).toBe(
      'errors failures hostname id name package skipped tests time timestamp',
    );
    expect(inside).toBe('properties testcase system-out system-err');
  }
  const status = suites.find(({ name }) => name === 'status');
  expect(status?.counts).toEqual([3, 1, 0, 1]);
  expect(status?.cases.map(({ step, result }) => `${step} ${result}`)).toEqual([
    'status#fine ok',
    'status#bad failure',
    'status#never skipped',
  ]);
  const types = suites
    .flatMap(({ cases }) => cases)
    .map(({ step, type }) => `${step} ${type ?? ''}`);
  for (const type of ['hangs#bad time-out', 'drift#hostile drift', 'edited#left.txt left over'])
    expect(types).toContain(type);
  const edited = suites.find(({ name }) => name === 'edited');
  expect(edited?.cases.map(({ step, result }) => `${step} ${result}`)).toEqual([
    'edited#two failure',
    'edited#after ok',
    'edited#left.txt failure',
  ]);
  const drift = suites.find(({ name }) => name === 'drift')?.cases[0];
  expect(drift?.text).toMatch(/\| -n \d+ end\n *\| \+n \d+ end/);
  expect(Number(drift?.time)).toBeGreaterThan(0);
});

describe('the page', () => {
  const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, isMobile: true };

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(pathToFileURL(html).href);
    return page;
  }

  test('shows each change before and after, and marks only what changed', async () => {
    const page = await open();
    const edited = page.locator('#edited\\.two');
    expect(await edited.locator('del').allTextContents()).toEqual(['old', 'old']);
    expect(await edited.locator('ins').allTextContents()).toEqual(['new', 'new']);
    expect(await edited.locator('summary').allTextContents()).toEqual(
      Array(2).fill('27 lines without a change'),
    );
    const drift = page.locator('#drift\\.hostile');
    for (const mark of await drift.locator('del, ins').allTextContents())
      expect(mark).toMatch(/^\d{4}$/);
    expect(await drift.locator('.prose').allTextContents()).toEqual([
      'Before <it> & all:',
      'After it.',
    ]);
    expect(await page.locator('#masked\\.random').count()).toBe(0);
    expect(await page.locator('#status\\.bad pre.message').textContent()).toContain('/no-such');
    await page.context().close();
  });

  test('shows screens in the colors that were printed', async () => {
    const page = await open();
    const look = (word: string) =>
      page
        .locator('#drift\\.hostile .screen')
        .getByText(word, { exact: true })
        .evaluateAll((parts) =>
          parts.map((part) => {
            const { color, backgroundColor, fontWeight } = getComputedStyle(part);
            return { color, backgroundColor, fontWeight };
          }),
        );
    // Entries 1, of the text, and 2, of the background, in `src/core/screen/palette.ts`.
    const [before, after, ...more] = await look('red');
    expect(before?.color).toBe('rgb(255, 123, 110)');
    expect(after).toEqual(before);
    expect(more).toEqual([]);
    expect(await look('green')).toEqual(
      Array(2).fill(
        expect.objectContaining({ backgroundColor: 'rgb(119, 214, 138)', fontWeight: '700' }),
      ),
    );
    await page.context().close();
  });

  test.each<[string, BrowserContextOptions, boolean]>([
    ['side by side on a desktop', { viewport: { width: 1280, height: 800 } }, true],
    ['one below the other on a phone', PHONE, false],
  ])('has before and after %s', async (_, options, beside) => {
    const page = await open(options);
    for (const id of ['drift.hostile', 'edited.two']) {
      const places = await page.locator(`[id="${id}"] figure`).evaluateAll((figures) =>
        figures.map((figure) => {
          const { left, right, top, bottom } = figure.getBoundingClientRect();
          return { left, right, top, bottom };
        }),
      );
      const [was, now] = places;
      if (was === undefined || now === undefined) throw new Error(`${id} has no two figures`);
      expect(places, id).toHaveLength(2);
      expect(now.left >= was.right, id).toBe(beside);
      expect(now.top === was.top, id).toBe(beside);
      expect(now.top >= was.bottom, id).toBe(!beside);
      expect(now.left === was.left, id).toBe(!beside);
    }
    await page.context().close();
  });

  test('is inert: what a screen printed is text, and nothing is loaded or run', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults = await watchFaults(page, pathToFileURL(html).href);
    await page.goto(pathToFileURL(html).href);
    expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
    expect(await page.locator('script, img, link, iframe, [style], [onerror]').count()).toBe(0);
    expect(
      await page
        .locator('a')
        .evaluateAll(
          (links) => links.filter((link) => !link.getAttribute('href')?.startsWith('#')).length,
        ),
    ).toBe(0);
    const shown = await page.locator('#drift\\.hostile .now').textContent();
    expect(shown).toContain('<script>alert(1)</script> <img src=x onerror=alert(2)>');
    expect(shown).toContain(String.raw`link "q" &amp; \u202erev`);
    const policy = await page.locator('meta[http-equiv]').getAttribute('content');
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'$/,
    );
    // The policy lets the page's own style through.
    const ground = await page
      .locator('.screen')
      .first()
      .evaluate((e) => getComputedStyle(e).backgroundColor);
    expect(ground).toBe('rgb(15, 22, 30)');
    await context.close();
  });

  test.each<[string, BrowserContextOptions]>([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['a phone', { ...PHONE, colorScheme: 'dark' }],
  ])('is accessible: %s', async (_, options) => {
    const page = await open({ ...options, bypassCSP: true });
    await page
      .locator('details')
      .evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
    await page.context().close();
  });
});

test('if the report cannot be written, nothing is run', async () => {
  const { status, stderr } = await npmRunRecord(['--report', '/dev/null/report.html']);
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /\/dev\/null\/report\.html cannot be written: .*\n {2}to fix: {3}name another file/,
  );
});

test('the path of a report is relative to the folder in which the command is called', async () => {
  const command = ['npm', 'run', '--silent', 'record', '--', '--report', 'report.test.ts/r.html'];
  const { stderr } = await run(command, { cwd: import.meta.dirname });
  expect(stderr).toContain(`${import.meta.filename}/r.html cannot be written`);
});

test('lessons that cannot be read are in each report', async () => {
  const other = new Workshop();
  try {
    other.write('wrong', fence('one wide', '$ true'));
    const report = join(other.folder, 'r.html');
    const junit = join(other.folder, 'j.xml');
    const { status, stderr } = await other.record(['--report', report, '--junit', junit], {
      GITHUB_ACTIONS: 'true',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^::error file=.*wrong\.mdx,line=7,title=there is no step option wide::/m,
    );
    expect(readFileSync(report, 'utf8')).toContain('there is no step option wide');
    expect(readFileSync(junit, 'utf8')).toMatch(/<error type="invalid lesson"/);
  } finally {
    rmSync(other.folder, { recursive: true });
  }
});
