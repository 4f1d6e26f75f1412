import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
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
