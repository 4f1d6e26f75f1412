import { readFile } from 'node:fs/promises';
import { PDFDocument } from '@cantoo/pdf-lib';
import type { Page } from 'playwright-core';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { clock, TASK } from '../../src/core/lesson/agenda.ts';
import { openEngines } from '../../src/store/project.ts';
import { REPOSITORY_URL, useRealSite } from '../support/real-site.ts';

/* What a workshop in a room needs from the site. */

const site = useRealSite();
const { open } = site;

test('the link to the form for feedback knows lesson and language, with scripts more', async () => {
  const form = await readFile('.github/ISSUE_TEMPLATE/lesson.yml', 'utf8');
  const fields = (parse(form) as { body: { id: string }[] }).body.map(({ id }) => id);
  const asked = async (path: string, javaScriptEnabled: boolean, act = '') => {
    const page = await open(path, { javaScriptEnabled });
    if (act !== '') await page.locator(act).click();
    const link = page.locator('.finish [rel=external]');
    // What a browser does with the link is not the subject of the test.
    if (javaScriptEnabled) {
      await page.evaluate(() => addEventListener('click', (event) => event.preventDefault()));
      await link.click();
    }
    const { origin, pathname, searchParams } = new URL((await link.getAttribute('href')) ?? '');
    expect(origin + pathname).toBe(`${REPOSITORY_URL}/issues/new`);
    const { template, ...filled } = Object.fromEntries(searchParams);
    expect(template).toBe('lesson.yml');
    expect(fields).toEqual(expect.arrayContaining(Object.keys(filled)));
    return filled;
  };
  expect(await asked('lessons/run/', false)).toEqual({ lesson: 'run', language: 'en' });
  expect(await asked('es/lessons/run/', false)).toEqual({ lesson: 'run', language: 'es' });
  const [engine] = await openEngines(site.root);
  const run = { lesson: 'run', language: 'en', engine };
  expect(await asked('lessons/run/#name', true)).toEqual({ ...run, step: 'name' });
  const played = await asked('lessons/run/#name', true, '#first-run .play');
  expect(played).toEqual({ ...run, step: 'first-run' });
});

test('the agendas last three hours and a day, and a teacher makes another one', async () => {
  const page = await open('teach/');
  const rowsOf = (table: string) =>
    page.locator(`${table} tbody tr`).evaluateAll((rows) =>
      rows.map((row) => ({
        kind: row.getAttribute('class'),
        start: row.querySelector('th')?.textContent ?? '',
        minutes: Number(row.querySelector('td:last-child')?.textContent),
        lesson: row.querySelector('a')?.pathname ?? '',
      })),
    );
  for (const [id, end] of [
    ['three-hours', 12 * 60],
    ['day', 17 * 60],
  ] as const) {
    let now = 9 * 60;
    const rows = await rowsOf(`[aria-labelledby=${id}]`);
    for (const { start, minutes } of rows) {
      expect(start).toBe(clock(now));
      now += minutes;
    }
    expect(now).toBe(end);
    expect(rows.filter(({ kind }) => kind === 'lesson').length).toBeGreaterThan(3);
    expect(rows.at(-1)?.kind).toBe('left');
  }

  const kit = page.locator('main [rel=external]', { hasText: 'docs/kit.md' });
  expect(await kit.getAttribute('href')).toBe(`${REPOSITORY_URL}/blob/main/docs/kit.md`);

  // The times are those of the lessons.
  const [, first] = (await rowsOf('.own')).filter(({ kind }) => kind === 'lesson');
  const lesson = await open(first?.lesson.slice(1) ?? '');
  const facts = await lesson.locator('.opening .facts').textContent();
  expect(facts).toContain(`${(first?.minutes ?? 0) - TASK} with typing`);

  await page.locator('.own [name=start]').fill('13:30');
  await page.locator('.own [value=compose]').check();
  await page.locator('.own [value=setup]').uncheck();
  const changed = await rowsOf('.own');
  expect(changed[0]?.start).toBe('13:30');
  const over = page.locator('.own [role=status]');
  expect(await over.textContent()).toContain('minutes too long');
  const { pathname, search } = new URL(page.url());
  expect(search).toMatch(/^\?start=13:30&lessons=run,.*,compose$/);
  // In another browser, the address gives the same agenda, which prints on a page of its own.
  const other = await open(`${pathname.slice(1)}${search}`);
  await other.locator('.own tbody tr').first().waitFor();
  expect(await other.locator('.own tbody').innerHTML()).toBe(
    await page.locator('.own tbody').innerHTML(),
  );
  expect((await PDFDocument.load(await other.pdf({ format: 'A4' }))).getPageCount()).toBe(1);
  await page.getByRole('button', { name: 'Take what fits' }).click();
  expect(await over.textContent()).toBe('');
  expect(new URL(page.url()).search).toBe('?start=13:30');
});

test('participants see the command of the first lesson, and the images of the core path', async () => {
  const page = await open('es/teach/participants/', { javaScriptEnabled: false });
  expect(await page.locator('.step .cmd').first().textContent()).toContain('docker version');
  const home = page.locator('.step', { hasText: 'docker pull' });
  expect(await home.locator('.cmd').allTextContents()).toContain('docker pull debian');
  expect(await page.locator('main a[href^="/es/lessons/setup/#"]').count()).toBeGreaterThan(2);
});

test("over plain HTTP, participants copy commands with the teacher's address", async () => {
  const block = (page: Page) => page.locator('.step', { hasText: 'load.sh' });
  const placeholder = 'http://ADDRESS:8000';
  const commands = (address: string) => [
    `curl -O ${address}/images/load.sh`,
    `sh load.sh ${address}`,
  ];
  const here = await open('teach/participants/');
  expect(await block(here).locator('kbd').allTextContents()).toEqual(commands(placeholder));
  expect(await here.locator('main').textContent()).toContain(`For ${placeholder}, type`);

  // Browsers trust localhost. A name in the network gets no secure context.
  const address = 'http://teacher.example';
  const context = await site.browser.newContext();
  try {
    await context.route(`${address}/**`, (route) =>
      route.continue({ url: route.request().url().replace(`${address}/`, site.url) }),
    );
    const page = await context.newPage();
    await page.goto(`${address}/teach/participants/`);
    expect(await block(page).locator('kbd').allTextContents()).toEqual(commands(address));
    expect(await page.locator('main').textContent()).not.toContain('ADDRESS');
    const [curl = ''] = commands(address);
    await page.getByRole('button', { name: `Copy the command ${curl}` }).click();
    await block(page).getByRole('button', { name: 'copied' }).waitFor();
  } finally {
    await context.close();
  }
});

test('next to the agendas is what to do without the Internet', async () => {
  const page = await open('es/teach/', { javaScriptEnabled: false });
  const agendas = await page.locator('.given').first().textContent();
  expect(agendas).toMatch(
    /sin Internet, los pasos con docker pull de «.+» se ven como grabaciones/,
  );
});
