import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveSite } from '../../../scripts/site/build.ts';
import { axeFaults, listen, watchFaults } from '../../support/browser.ts';
import { useLabSite } from '../../support/lab-site.ts';
import { freePort } from '../../../scripts/tools/fixtures/project.ts';
import { LIMIT, Reader } from '../../../scripts/tools/fixtures/reader.ts';

/* A Docker of the reader's own: the built site with the real machine, in a real browser. */

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
/** It starts with both images of the saved state. */
const LESSON = 'lessons/small-images/';
import type { StepInBrowser } from '../../../src/core/run/browser-result.ts';

const CALM = { violations: [], errors: [], foreign: [] };

/** Steps as lessons have them, each of which comes out in its own way. */
const OWN_LESSON = `---
title: In my tab
description: For a test.
images: [busybox, debian]
---

\`\`\`dockerfile file="Dockerfile"
FROM busybox
CMD echo from a file
\`\`\`

\`\`\`console build expect="sha256:"
$ docker build -q -t mine .
\`\`\`

\`\`\`console run
$ docker run --rm mine
\`\`\`

\`\`\`console status exit=3
$ docker run --rm busybox sh -c 'exit 3'
\`\`\`

\`\`\`console inside expect="Linux"
$ docker run --rm -it busybox sh
# uname
# exit
\`\`\`

\`\`\`console stop until="PING" keys="^C"
$ docker run --rm busybox ping 127.0.0.1
\`\`\`

\`\`\`console wrong expect="something else"
$ echo this
\`\`\`

\`\`\`console pull
$ docker pull alpine
\`\`\`

<YourTurn>

Write yes into a file.

\`\`\`check
test -e yes.txt # a file \`yes.txt\`
grep -q yes yes.txt # a yes in it
[ "$HOME" = /root ] # the environment of the reader
docker image inspect busybox # an image named \`busybox\`
\`\`\`

<Hint>Print it.</Hint>

<Hint>Into a file.</Hint>

\`\`\`console no wrong="a yes" undo="rm yes.txt"
$ echo no > yes.txt
\`\`\`

\`\`\`console nothing wrong="a file"
$ echo yes
\`\`\`

<Solution>

\`\`\`console solution
$ echo yes > yes.txt
\`\`\`

</Solution>

</YourTurn>
`;

const RECORDED = {
  build: [`sha256:${'0'.repeat(64)}\r\n`],
  run: ['from a file\r\n'],
  status: [''],
  inside: ['', 'Linux\r\n', ''],
  stop: ['PING 127.0.0.1\r\n'],
  wrong: ['something else\r\n'],
  pull: ['Pulling from library/alpine\r\n'],
  solution: [''],
};

const RUNS: Record<string, StepInBrowser> = {
  ...Object.fromEntries(Object.keys(RECORDED).map((step) => [step, { runs: true }])),
  pull: { runs: false, why: { kind: 'network' } },
};

const site = useLabSite({
  real: true,
  lessons: [{ id: 'in-my-tab', source: OWN_LESSON, recorded: RECORDED, results: RUNS }],
});

async function visit(
  path: string,
  options: BrowserContextOptions | BrowserContext = DESKTOP,
): Promise<Reader> {
  const context = 'newPage' in options ? options : await site.browser.newContext(options);
  const reader = new Reader(await context.newPage());
  await reader.page.goto(site.address(path));
  return reader;
}

describe('on a lesson', () => {
  let reader: Reader;
  let faults: Awaited<ReturnType<typeof watchFaults>>;

  beforeAll(async () => {
    const page = await (await site.browser.newContext(DESKTOP)).newPage();
    reader = new Reader(page);
    faults = await watchFaults(page, site.url);
    await page.goto(site.address(LESSON));
    await reader.openDocker();
  });
  afterAll(() => reader.page.context().close());

  test('a press gives a prompt', async () => {
    expect(await reader.screen()).toMatch(/^\$\s*$/);
    expect(await reader.types('pwd')).toBe('/root/workshop');
  });

  test('containers run', async () => {
    expect(await reader.types('docker run --rm busybox echo hi')).toBe('hi');
    expect(await reader.types('docker images')).toMatch(/^busybox\s+latest\s/m);
  });

  test('an image is built of a Dockerfile', async () => {
    await reader.types(
      "mkdir b; printf 'FROM busybox\\nRUN echo made > /made\\nCMD cat /made\\n' > b/Dockerfile",
    );
    expect(await reader.types('docker build -q -t made b')).toMatch(/^sha256:[0-9a-f]{64}$/m);
    expect(await reader.types('docker run --rm made')).toBe('made');
  });

  test('a port is published', async () => {
    await reader.types('docker run -d --name web -p 8080:80 busybox sh -c "httpd -f -h /etc"');
    expect(await reader.types('busybox wget -q -O - localhost:8080/group')).toContain('root:x:0:');
  });

  test('containers of a network find each other by name, and ps lists them', async () => {
    await reader.types(
      'docker network create net && docker run -d --name db --network net busybox sleep 900',
    );
    expect(await reader.types('docker run --rm --network net busybox ping -c 1 db')).toContain(
      '1 packets received',
    );
    expect(await reader.types("docker ps -a --format '{{.Names}} {{.State}}'")).toBe(
      'db running\nweb running',
    );
  });

  test('text has any color that a program asks for, without a style attribute', async () => {
    const typed = String.raw`printf '\e[38;2;255;200;100m%s\e[0m\n' amber`;
    expect(await reader.types(typed)).toBe('amber');
    const amber = reader.page.locator('.xterm-rows span', { hasText: /^amber$/ });
    expect(await amber.evaluate((span) => getComputedStyle(span).color)).toBe('rgb(255, 200, 100)');
  });

  test('the page stays smooth, keeps to its policy and asks nobody else', async () => {
    const longest = await reader.longestTask(async () => {
      await reader.types('docker run --rm busybox seq 2000');
      await reader.types('docker images');
    });
    expect(longest).toBeLessThan(50);
    expect(faults).toEqual(CALM);
  });

  test('the shell hears of the size of the terminal', async () => {
    const size = () => reader.types('stty size');
    const before = await size();
    await reader.page.getByRole('button', { name: 'Taller' }).click();
    await expect.poll(size, { timeout: LIMIT }).not.toBe(before);
  });

  test('Escape goes to the shell; twice, it leaves the terminal, and the shell never hears of it', async () => {
    await reader.page.locator('.xterm-helper-textarea').focus();
    await reader.page.keyboard.type(`read -rsn1 key; printf '<%q>\\n' "$key"\n`);
    await reader.page.keyboard.press('Escape');
    await expect.poll(() => reader.screen(), { timeout: LIMIT }).toContain(String.raw`<$'\E'>`);
    await reader.page.keyboard.press('Escape');
    await reader.page.keyboard.press('Escape');
    await expect(reader.page.locator(':focus').textContent()).resolves.toBe('Fold');
    await reader.page.keyboard.press('Enter');
    expect(await reader.page.locator('.lab-screen').isVisible()).toBe(false);
    await reader.page.keyboard.press('Enter');
    expect(await reader.page.locator('.lab-screen').isVisible()).toBe(true);
    // To bash, Escape and p together mean something else.
    expect(await reader.types('pwd')).toBe('/root/workshop');
  });

  test('what is selected is copied, and what is pasted is typed', async () => {
    await reader.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await reader.types('echo copy-me');
    const row = reader.page.locator('.xterm-rows > div', { hasText: /^copy-me/ });
    const { x = 0, y = 0, height = 0 } = (await row.boundingBox()) ?? {};
    await reader.page.mouse.dblclick(x + 20, y + height / 2);
    await reader.page.keyboard.press('Control+c');
    await expect
      .poll(() => reader.page.evaluate(() => navigator.clipboard.readText()))
      .toBe('copy-me');
    await reader.page.evaluate(() => navigator.clipboard.writeText('echo pasted'));
    await reader.page.locator('.xterm-helper-textarea').focus();
    await reader.page.keyboard.press('Control+v');
    await expect.poll(() => reader.screen(), { timeout: LIMIT }).toContain('$ echo pasted');
    await reader.page.keyboard.press('Control+c');
  });

  test('the page says what runs, and in what it differs', async () => {
    await reader.page.getByRole('button', { name: 'What runs here' }).click();
    const about = reader.page.getByRole('dialog', { name: 'What runs here' });
    const said = await about.textContent();
    const version = await about.locator('dt:text-is("engine") + dd').textContent();
    expect(said).toContain('busybox:latest');
    const licences = about.getByRole('link', { name: 'Licences and source code' });
    expect(await licences.getAttribute('target')).toBe('_blank');
    const page = await fetch((await licences.evaluate((link) => link.getAttribute('href'))) ?? '');
    expect(await page.text()).toContain('https://snapshot.debian.org/package/docker.io/');
    await about.getByRole('button', { name: 'Close' }).click();
    expect(await reader.types("docker version --format '{{.Server.Version}}'")).toBe(version);
  });

  test('a reset takes back all that was done', async () => {
    await reader.page.getByRole('button', { name: 'Reset' }).click();
    await reader.page.locator('.lab-status', { hasText: 'Reset to the initial state.' }).waitFor();
    expect(await reader.types('docker ps -aq; ls')).toBe('');
    expect(await reader.types('docker run --rm busybox echo again')).toBe('again');
  });
});

describe('a second visit', () => {
  test('works without a network', async () => {
    const own = await serveSite({ port: await freePort(), root: site.root });
    const context = await site.browser.newContext(DESKTOP);
    const address = new URL(LESSON, own.url).href;
    const first = new Reader(await context.newPage());
    await first.page.goto(address);
    await first.openDocker();
    await first.page.getByRole('button', { name: 'Keep for offline' }).click();
    await first.page.locator('.lab-status', { hasText: 'works offline' }).waitFor();
    await first.page.close();
    await own.close();

    const second = new Reader(await context.newPage());
    await second.page.goto(address);
    await second.openDocker();
    expect(await second.types('docker run --rm debian cat /etc/debian_version')).toMatch(/^13/);
    await second.types('docker rmi busybox');
    expect(await second.types('docker run --rm busybox echo pulled')).toMatch(/^pulled$/m);
    await context.close();
  });
});

describe('to a screen reader', () => {
  test.each(['light', 'dark'] as const)(
    'the open panel has no fault that axe knows: %s',
    async (colorScheme) => {
      const reader = await visit(LESSON, { ...DESKTOP, colorScheme, bypassCSP: true });
      await reader.openDocker();
      expect(await axeFaults(reader.page)).toEqual([]);
      await reader.types('echo heard');
      await expect
        .poll(() => reader.page.locator('.xterm-accessibility').textContent(), { timeout: LIMIT })
        .toContain('heard');
      await reader.page.context().close();
    },
  );

  test('each line of output, and that a reset is done, is announced once', async () => {
    const reader = await visit(LESSON, DESKTOP);
    await reader.openDocker();
    const heard = await listen(reader.page);
    await reader.types('for n in 1 2 3; do echo line $((n + 40)); sleep 2; done');
    await expect.poll(heard, { timeout: LIMIT }).toContain('line 43');
    await reader.page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(heard, { timeout: LIMIT }).toContain('Reset to the initial state.');
    const all = await heard();
    for (const line of ['line 41', 'line 42', 'line 43', 'Reset to'])
      expect(all.split(line)).toHaveLength(2);
    expect(all).not.toContain('switched');
    await reader.page.context().close();
  });
});

describe('on a phone', () => {
  test('there are keys that its keyboard lacks', async () => {
    const reader = await visit(LESSON, PHONE);
    await reader.openDocker();
    await reader.page.locator('.xterm-helper-textarea').focus();
    await reader.page.keyboard.type('sleep 600\n');
    await reader.page.getByRole('button', { name: 'Ctrl' }).tap();
    await reader.page.keyboard.type('c');
    await expect.poll(() => reader.screen(), { timeout: LIMIT }).toMatch(/\^C\n\$\s*$/);
    await reader.page.getByRole('button', { name: 'Up' }).tap();
    await expect.poll(() => reader.screen(), { timeout: LIMIT }).toMatch(/\$ sleep 600\s*$/);
    expect(await reader.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await reader.page.context().close();
  });
});

describe('where it cannot start at once', () => {
  test('a reader who saves data is asked first, and told the size', async () => {
    const page = await (await site.browser.newContext(DESKTOP)).newPage();
    await page.addInitScript(() =>
      Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
    );
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    await page.goto(site.address(LESSON));
    await page.locator('[data-vm]').click();
    await page.locator('.lab-message', { hasText: /loads \d+\.\d MB/ }).waitFor();
    expect(fetched.filter((url) => /\.(zst|wasm)/.test(url))).toEqual([]);
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await page.locator('.lab').count()).toBe(0);
    await page.context().close();
  });

  test('a browser without WebAssembly is told so', async () => {
    const page = await (await site.browser.newContext(DESKTOP)).newPage();
    await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'));
    await page.goto(site.address(LESSON));
    await page.locator('[data-vm]').click();
    await page.locator('.lab [role="alert"]', { hasText: 'no WebAssembly' }).waitFor();
    await page.context().close();
  });
});

describe('where something goes wrong', () => {
  const STATE = /\/state[^/]*$/;
  /** What the worker that keeps pages asks for passes by the routes of a test. */
  const ROUTED = { ...DESKTOP, serviceWorkers: 'block' } as const;

  test('a reader who ends it while it loads has no machine, and may open another', async () => {
    const reader = await visit(LESSON);
    const { page } = reader;
    const end = page.getByRole('button', { name: 'End', exact: true });
    /** Those in which machines run. */
    const workers = () => page.workers().filter((worker) => worker.url().includes('/_astro/main'));
    await page.locator('[data-vm]').click();
    await end.click();
    expect(await page.locator('.lab').count()).toBe(0);
    await page.locator('[data-vm]').click();
    await page.locator('.lab-status', { hasText: /^Loading/ }).waitFor();
    expect(workers()).toHaveLength(1);
    await end.click();
    expect(await page.locator('.lab').count()).toBe(0);
    await expect.poll(workers).toEqual([]);
    await reader.openDocker();
    expect(await page.locator('.lab').count()).toBe(1);
    expect(workers()).toHaveLength(1);
    expect(await reader.types('echo here')).toBe('here');
    await page.context().close();
  });

  test('a machine that could not be loaded is, by a reset, and then runs steps', async () => {
    const context = await site.browser.newContext(ROUTED);
    let isDown = true;
    await context.route(STATE, (route) => (isDown ? route.abort() : route.continue()));
    const { page } = await visit('lessons/in-my-tab/', context);
    await page.getByRole('button', { name: 'Run in my tab: status' }).click();
    await page.locator('.lab [role="alert"]', { hasText: 'could not be fetched' }).waitFor();
    isDown = false;
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('.lab[data-state="running"]').waitFor();
    await page.getByRole('button', { name: 'Run in my tab: status' }).click();
    await page.locator('#status .outcome[data-kind="done"]').waitFor();
    await context.close();
  });

  test('a reset while a step is run ends it, and the next one can be run', async () => {
    const reader = await visit('lessons/in-my-tab/');
    const { page } = reader;
    await reader.openDocker();
    await page.getByRole('button', { name: 'Run in my tab: run' }).click();
    await page.locator('.lab-status', { hasText: 'build' }).waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('.lab-status', { hasText: 'Reset to the initial state.' }).waitFor();
    await page.getByRole('button', { name: 'Run in my tab: run' }).click();
    await page.locator('#run .outcome').waitFor();
    expect(await page.locator('.outcome').allTextContents()).toEqual(['Just as recorded.']);

    // What one machine added to the page does not stay for the next one.
    await page.getByRole('button', { name: 'End', exact: true }).click();
    expect(await page.getByRole('button', { name: 'Check now' }).count()).toBe(0);
    await reader.openDocker();
    const checks = page.getByRole('button', { name: 'Check now' });
    await expect.poll(() => checks.count()).toBe(1);
    await page.context().close();
  });

  test('what cannot be kept for offline is said, and the machine goes on', async () => {
    const context = await site.browser.newContext(ROUTED);
    const reader = await visit(LESSON, context);
    await reader.openDocker();
    let left = 20;
    await context.route(/\.img\.zst$/, (route) => (left-- > 0 ? route.continue() : route.abort()));
    await reader.page.getByRole('button', { name: 'Keep for offline' }).click();
    await reader.page.locator('.lab-status', { hasText: 'Not everything can be stored' }).waitFor();
    expect(await reader.types('echo still here')).toBe('still here');
    await context.close();
  });
});

describe('steps of a lesson', () => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await visit('lessons/in-my-tab/');
  });
  afterAll(() => reader.page.context().close());

  const step = (id: string) => reader.page.locator(`#${id}`);
  const run = async (id: string) => {
    await reader.page.getByRole('button', { name: `Run in my tab: ${id}` }).click();
    const verdict = step(id).locator('.outcome');
    await verdict.waitFor({ timeout: LIMIT });
    return {
      text: await verdict.textContent(),
      done: await step(id).locator('.done').getAttribute('aria-pressed'),
    };
  };

  test('a step opens the lab, is run after the steps before it, and is done', async () => {
    expect(await run('run')).toEqual({ text: 'Just as recorded.', done: 'true' });
    expect(await step('build').locator('.outcome').count()).toBe(0);
  });

  test.each(['status', 'inside', 'stop'])('%s fits', async (id) => {
    expect(await run(id)).toMatchObject({ done: 'true' });
  });

  test('a step that does not run there has no button, and says why once the lab is open', async () => {
    const button = reader.page.getByRole('button', { name: 'Run in my tab: pull' });
    expect(await button.count()).toBe(0);
    expect(await step('pull').locator('.not-here').textContent()).toMatch(
      /Not in your tab\..*internet/,
    );
  });

  test('what does not fit is shown, and not done', async () => {
    const { text, done } = await run('wrong');
    expect(done).toBe('false');
    expect(text).toContain('The screen should show "something else".');
    expect(text).toContain('+ this');
  });

  test('the check of a task runs by itself after each command, and does not show', async () => {
    const box = reader.page.locator('.check');
    await box.scrollIntoViewIfNeeded();
    const says = (answer: string) => box.locator('.outcome', { hasText: answer }).waitFor();
    await reader.types('mkdir -p elsewhere && cd elsewhere && echo no > yes.txt');
    await says('Still missing: a yes in it');
    await reader.types('rm yes.txt');
    await says('Still missing: a file `yes.txt`');
    await box.getByRole('button', { name: 'Check now' }).click();
    expect(await step('solution').locator('.done').getAttribute('aria-pressed')).toBe('false');
    await reader.types('echo yes > yes.txt');
    await says('Done: nothing is missing.');
    expect(await step('solution').locator('.done').getAttribute('aria-pressed')).toBe('true');
    expect(await reader.screen()).not.toContain('missing');
  });
});
