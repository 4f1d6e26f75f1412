import type { BrowserContextOptions, FrameLocator, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMIT, Reader } from '../../../scripts/tools/fixtures/reader.ts';
import { axeFaults, watchFaults, type Faults } from '../../support/browser.ts';
import { openFirefox, watchFirefox } from '../../support/firefox.ts';
import { echoLesson, useLabSite } from '../../support/lab-site.ts';

/* What listens in the machine, in a pane of the page. */

const BASE = '/workshop/';
const CALM = { violations: [], errors: [], foreign: [] };
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A small site with everything that the pane has to show, and a page that tries to get out. */
const FILES = {
  'index.html': `<!doctype html><title>Tea house</title><link rel="stylesheet" href="/css/main.css">
<h1>Tea house</h1><img src="pixel.png" alt="a pixel"><p style="color: rgb(4, 5, 6)">Welcome.</p>
<p><a href="menu/">Menu</a> <a href="#end">End</a></p>
<form method="post" action="cgi-bin/order"><label>Tea <input name="tea" value="grün"></label>
<button name="cup" value="big">Order</button></form>
<form action="/cgi-bin/order"><label>Find <input name="q"></label></form><p id="end">The end.</p>`,
  'css/main.css': '@import "more.css"; h1 { color: rgb(1, 2, 3) }',
  'css/more.css': 'h1 { background: url(../pixel.png); letter-spacing: 3px }',
  'menu/index.html': `<title>Menu</title><h1>Menu</h1><a href="..">Home</a><script></script>
<form method="post" action="../cgi-bin/order" enctype="multipart/form-data">
<input type="hidden" name="dish" value="cake"><button>Upload</button></form>`,
  'cgi-bin/order': `#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\\r\\n\\r\\n<title>Order</title><p>%s %s' \\
  "$REQUEST_METHOD" "$QUERY_STRING$(cat)"`,
  'hostile.html': `<title>Hostile</title><base target="_top">
<meta http-equiv="refresh" content="0; url=https://example.com/refresh">
<link rel="dns-prefetch" href="https://example.com/"><link rel="preconnect" href="https://example.com">
<link rel="stylesheet" href="https://example.com/style.css">
<style>@import 'https://example.com/a.css'; body { background: url(https://example.com/b.png) }</style>
<script>document.title = 'It ran'; fetch('https://example.com/'); top.location = '/';</script>
<img src="x" onerror="document.title = 'It ran'"><img src="https://example.com/c.png" alt="">
<img srcset="https://example.com/d.png 1x" alt=""><video poster="https://example.com/e.png"></video>
<svg><image href="https://example.com/f.png" /><script>document.title = 'It ran'</script></svg>
<iframe src="https://example.com/frame" srcdoc="<script>top.location = '/'</script>"></iframe>
<object data="https://example.com/object"></object><embed src="https://example.com/embed">
<a href="javascript:document.title='It ran'">Run</a> <a href="https://example.com/">Away</a>
<form action="https://example.com/form" method="post" target="_top"><button>Send</button></form>`,
};

const site = useLabSite({
  base: BASE,
  lessons: [echoLesson('ports')],
});

const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

async function visit(options = WIDE): Promise<{ reader: Reader; faults: Faults }> {
  const page = await (await site.browser.newContext(options)).newPage();
  const faults = await watchFaults(page, site.url);
  await page.goto(site.address('lessons/ports/'));
  const reader = new Reader(page);
  await reader.openDocker();
  page.setDefaultTimeout(60_000);
  return { reader, faults };
}

/** The commands that write files into the folder `www`. */
function writing(files: Readonly<Record<string, string | Buffer>>): string[] {
  return Object.entries(files).map(([path, content]) => {
    const packed = Buffer.from(content).toString('base64');
    return `mkdir -p $(dirname www/${path}); echo ${packed} | base64 -d > www/${path}`;
  });
}

/** The port is published before the server listens. */
const SERVE =
  'chmod +x www/cgi-bin/order; docker run -d --name web -p 127.0.0.1:8080:80 ' +
  '-v $PWD/www:/www busybox sh -c "sleep 2; exec httpd -f -h /www"';

async function serve(reader: Reader): Promise<void> {
  const files = { ...FILES, 'pixel.png': Buffer.from(PIXEL, 'base64') };
  for (const command of writing(files)) await reader.types(command);
  await reader.types(SERVE);
}

describe('what a published port serves', () => {
  let reader: Reader;
  let faults: Faults;
  let pane: Locator;
  let inside: FrameLocator;
  beforeAll(async () => {
    ({ reader, faults } = await visit());
    pane = reader.page.getByRole('region', { name: 'What listens in the machine' });
    inside = pane.frameLocator('iframe');
    await serve(reader);
  });
  afterAll(() => reader.page.context().close());

  const address = () => pane.getByRole('textbox', { name: 'Address' });
  const enter = async (typed: string) => {
    await address().fill(typed);
    await address().press('Enter');
  };
  const says = (text: string | RegExp) => pane.getByRole('status').filter({ hasText: text });

  test('is offered at most 3 s after the command, and a press shows it', async () => {
    const offer = reader.page.getByRole('button', { name: 'Look at localhost:8080' });
    await offer.waitFor({ timeout: 3000 });
    await offer.click();
    await inside.getByRole('heading', { name: 'Tea house' }).waitFor();
    expect(await address().inputValue()).toBe('http://localhost:8080/');
    expect(await pane.locator('iframe').getAttribute('title')).toBe('Tea house');
    expect(await pane.locator('iframe').getAttribute('sandbox')).toBe('allow-scripts allow-forms');
    await expect
      .poll(() => reader.page.evaluate(() => (document.activeElement as HTMLElement).title))
      .toBe('Tea house');
  });

  test('has its styles and images', async () => {
    const style = await inside.getByRole('heading').evaluate((heading) => {
      const { color, letterSpacing, backgroundImage } = getComputedStyle(heading);
      return { color, letterSpacing, background: backgroundImage.slice(0, 21) };
    });
    expect(style).toEqual({
      color: 'rgb(1, 2, 3)',
      letterSpacing: '3px',
      background: 'url("data:image/png;b',
    });
    const welcome = inside.getByText('Welcome.');
    expect(await welcome.evaluate((text) => getComputedStyle(text).color)).toBe('rgb(4, 5, 6)');
    const image = inside.getByRole('img', { name: 'a pixel' });
    await expect
      .poll(() => image.evaluate((pixel) => (pixel as HTMLImageElement).naturalWidth))
      .toBe(1);
  });

  test('has links that work, also with the keyboard, and Back', async () => {
    await inside.getByRole('link', { name: 'Menu' }).focus();
    await reader.page.keyboard.press('Enter');
    await inside.getByRole('heading', { name: 'Menu' }).waitFor();
    expect(await address().inputValue()).toBe('http://localhost:8080/menu/');
    await says('scripts of this page do not run').waitFor();
    await inside.getByRole('link', { name: 'Home' }).click();
    await inside.getByRole('heading', { name: 'Tea house' }).waitFor();
    for (const [name, disabled] of [
      ['Menu', false],
      ['Tea house', true],
    ] as const) {
      await pane.getByRole('button', { name: 'Back' }).click();
      await inside.getByRole('heading', { name }).waitFor();
      expect(await pane.getByRole('button', { name: 'Back' }).isDisabled()).toBe(disabled);
    }
  });

  test('gets what its forms send', async () => {
    await inside.getByRole('button', { name: 'Order' }).click();
    await inside.getByText('POST tea=gr%C3%BCn&cup=big').waitFor();
    await pane.getByRole('button', { name: 'Back' }).click();
    await inside.getByRole('textbox', { name: 'Find' }).fill('green tea');
    await reader.page.keyboard.press('Enter');
    await inside.getByText('GET q=green+tea').waitFor();
    expect(await address().inputValue()).toBe('http://localhost:8080/cgi-bin/order?q=green+tea');
    await enter('localhost:8080/menu/');
    await inside.getByRole('button', { name: 'Upload' }).click();
    await inside.getByText(/POST -[^]*form-data; name="dish"\s+cake/).waitFor();
  });

  test('is loaded again by Reload, and by another address', async () => {
    await reader.types("echo '<h1>New</h1>' > www/new.html");
    await enter('localhost:8080/new.html');
    await inside.getByRole('heading', { name: 'New' }).waitFor();
    await reader.types("echo '<h1>Newer</h1>' > www/new.html");
    await pane.getByRole('button', { name: 'Reload' }).click();
    await inside.getByRole('heading', { name: 'Newer' }).waitFor();
  });

  test('may be a text or an image', async () => {
    await enter('localhost:8080/css/main.css');
    await inside.getByText('@import "more.css"').waitFor();
    await enter('http://127.0.0.1:8080/pixel.png');
    await inside.locator('img[src^="data:image/png"]').waitFor();
  });

  test('does not get out of the pane', async () => {
    await enter('localhost:8080/hostile.html');
    await inside.getByRole('link', { name: 'Away' }).waitFor();
    await inside.getByRole('link', { name: 'Run' }).click();
    await says('javascript:').waitFor();
    await inside.getByRole('link', { name: 'Away' }).click();
    await says('https://example.com/ is not in this machine').waitFor();
    await inside.getByRole('link', { name: 'Away' }).click({ button: 'middle' });
    await inside.getByRole('button', { name: 'Send' }).click();
    await says('https://example.com/form is not in this machine').waitFor();
    expect(await pane.locator('iframe').getAttribute('title')).toBe('Hostile');
    expect(reader.page.url()).toBe(site.address('lessons/ports/'));
    expect(reader.page.context().pages()).toHaveLength(1);
    // Chromium reports `onerror` when the page is parsed, before the attribute is removed.
    expect([...new Set(faults.violations)]).toEqual(['script-src-attr inline ']);
    expect(faults.foreign).toEqual([]);
  });

  test('would reach nothing even if its scripts ran', async () => {
    const frame = reader.page.frames().find((each) => each.url().endsWith('/port-frame.html'));
    const reached = await frame?.evaluate(async (home) => {
      const tries: Record<string, () => unknown> = {
        cookies: () => document.cookie,
        setCookie: () => (document.cookie = 'a=b'),
        localStorage: () => localStorage.length,
        sessionStorage: () => sessionStorage.length,
        indexedDB: () =>
          new Promise((resolve, reject) => {
            const request = indexedDB.open('a');
            request.onsuccess = resolve;
            request.onerror = () => reject(new Error());
          }),
        caches: () => caches.keys(),
        parent: () => parent.document,
        top: () => top?.document.title,
        topAddress: () => String(top?.location.href),
        site: () => fetch(home),
        opaque: () => fetch(home, { mode: 'no-cors' }),
        other: () => fetch('https://example.com/', { mode: 'no-cors' }),
        worker: () =>
          new Promise((resolve, reject) => {
            const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
            worker.onmessage = resolve;
            worker.onerror = () => reject(new Error());
          }),
        serviceWorker: () => navigator.serviceWorker.register(home),
        script: () => {
          const script = document.createElement('script');
          script.text = "document.body.id = 'ran'";
          document.body.append(script);
          if (document.body.id !== 'ran') throw new Error();
        },
        image: () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = () => reject(new Error());
            image.src = `${home}favicon.svg`;
          }),
        popup: () => open('https://example.com/') ?? Promise.reject(new Error()),
        leave: () => {
          if (top !== null) top.location.href = 'https://example.com/';
        },
      };
      navigator.sendBeacon('https://example.com/');
      const names: string[] = [];
      for (const [name, attempt] of Object.entries(tries))
        try {
          await attempt();
          names.push(name);
        } catch {
          // It is kept from that.
        }
      return names;
    }, site.url);
    expect(reached).toEqual([]);
    expect(faults.foreign).toEqual([]);
    expect(reader.page.url()).toBe(site.address('lessons/ports/'));
    // Nor does it show another page instead: the pane then ends it.
    await frame?.evaluate(() => void (location.href = 'https://example.com/'));
    await says('could not be loaded').waitFor();
    expect(await pane.locator('iframe').count()).toBe(0);
    expect(faults.foreign).toEqual([]);
    await pane.getByRole('button', { name: 'Reload' }).click();
    await inside.getByRole('link', { name: 'Away' }).waitFor();
  });

  test('is no longer offered once the container is gone, and then nothing answers', async () => {
    await reader.types('docker rm -f web');
    await reader.page
      .getByRole('button', { name: 'Look at localhost:8080' })
      .waitFor({ state: 'detached', timeout: 3000 });
    await pane.getByRole('button', { name: 'Reload' }).click();
    await says('Nothing answers at http://localhost:8080/hostile.html.').waitFor();
    expect(await pane.locator('iframe').isVisible()).toBe(false);
  });

  test('may speak another protocol than HTTP; Close returns to the terminal', async () => {
    await reader.types(
      `docker run -d --name other -p 6379:7 busybox nc -ll -p 7 -e ` +
        `sh -c 'while read -r line && [ "\${#line}" -gt 1 ]; do :; done; echo -ERR'`,
    );
    await reader.page.getByRole('button', { name: 'Look at localhost:6379' }).click();
    await says('does not answer with HTTP').waitFor();
    await pane.getByRole('button', { name: 'Close' }).click();
    expect(await pane.count()).toBe(0);
    await expect.poll(() => reader.page.locator(':focus').textContent()).toBe('localhost:6379');
    expect(await reader.types('echo here')).toBe('here');
  });
});

test('the pane has no fault that axe knows, and fits a phone', async () => {
  const { reader } = await visit({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    colorScheme: 'dark',
    bypassCSP: true,
  });
  const { page } = reader;
  await serve(reader);
  await page.getByRole('button', { name: 'Look at localhost:8080' }).tap();
  const pane = page.getByRole('region', { name: 'What listens in the machine' });
  await pane.frameLocator('iframe').getByRole('heading', { name: 'Tea house' }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const { width, height } = (await pane.locator('iframe').boundingBox()) ?? {};
  expect(width).toBe(390);
  expect(height).toBeGreaterThan(500);
  await pane.getByRole('button', { name: 'Close' }).tap();
  expect(await page.locator('.lab-screen').isVisible()).toBe(true);
  await page.context().close();
});

/** Little to type: under load, Firefox takes minutes to type what Chromium gets. */
const FIREFOX_FILES = {
  'index.html': `<link rel="stylesheet" href="/main.css"><h1>Tea</h1><p style="color: red">Hot.</p>
<img src="leaf.svg" alt="a leaf"><a href="menu.html">Menu</a>`,
  'leaf.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
  'menu.html': `<form method="post" action="cgi-bin/order"><input name="tea" value="grün">
<button name="cup" value="big">Order</button></form>`,
  'main.css': 'h1 { color: rgb(1, 2, 3); background: url(leaf.svg) }',
  'cgi-bin/order': FILES['cgi-bin/order'],
};

test('in Firefox, the pane shows a page, its links and its forms', async () => {
  const firefox = await openFirefox();
  const { page } = firefox;
  page.setDefaultTimeout(LIMIT);
  const isPrinted = (end: string) =>
    Array.from(document.querySelectorAll('.xterm-rows > div')).some((row) =>
      row.textContent.startsWith(end),
    );
  try {
    const faults = await watchFirefox(page, site.url);
    await page.goto(site.address('lessons/ports/'));
    await page.locator('[data-vm]').click();
    await page.waitForSelector('.lab[data-state="running"]');
    await page.focus('.xterm-helper-textarea');
    for (const [index, command] of [...writing(FIREFOX_FILES), SERVE].entries()) {
      await page.keyboard.type(`${command}; echo end $((${index})) $?\n`);
      await page.waitForFunction(isPrinted, {}, `end ${index} 0`);
    }
    await page.locator('.lab-ports button').click();
    const handle = await page.waitForSelector('.lab-pane iframe');
    const frame = await handle?.contentFrame();
    const heading = await frame?.waitForSelector('h1');
    const color = await heading?.evaluate((each) => getComputedStyle(each).color);
    expect(color).toBe('rgb(1, 2, 3)');
    await frame?.locator('a').click();
    await frame?.locator('button').click();
    await frame?.waitForSelector('::-p-text(POST tea=gr%C3%BCn&cup=big)');
    expect(faults).toEqual(CALM);
  } finally {
    await firefox.close();
  }
});
