import { expect, test } from 'vitest';
import { CHECK_BEFORE } from '../../src/core/lesson/task.ts';
import { axeFaults } from '../support/browser.ts';
import { useRealSite } from '../support/real-site.ts';
import { openNewest } from '../support/site-page.ts';

/* The task of a lesson: its check, its hints, and its solution. */

const site = useRealSite();
const { address, open } = site;
const LESSON = 'lessons/run/';

async function command(): Promise<string> {
  const { steps } = await openNewest(site.root, 'run');
  const lines = steps.get(CHECK_BEFORE)?.step.commands.flatMap((one) => one.lines) ?? [];
  return `${lines.join('\n')}\n`;
}

test('the check is copied as one command, with the keyboard, and tells what it answered', async () => {
  const page = await open(LESSON, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy the check' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await command());
  expect(await page.locator('.check samp').allTextContents()).toEqual([
    'Still missing: a file `letters` in this folder',
    'Done: nothing is missing.',
  ]);
  expect(await page.locator('.turn').innerText()).not.toContain('no-input');
});

test('hints come one by one before the solution, and everything is open to axe', async () => {
  const page = await open(LESSON, { bypassCSP: true });
  const folds = page.locator('.turn :is(.hint, .solution) > summary');
  expect(await folds.allInnerTexts()).toEqual(['Hint', 'Hint', 'Solution']);
  for (const fold of await folds.all()) {
    await fold.focus();
    await page.keyboard.press('Enter');
  }
  await page.locator('.check summary').click();
  expect(await page.locator('.turn details:not([open])').count()).toBe(
    await page.locator('.turn .about').count(),
  );
  expect(await axeFaults(page)).toEqual([]);
});

test('without JavaScript, the command can be read, and hints and the solution open', async () => {
  const context = await site.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address(LESSON));
  for (const fold of await page.locator('.turn summary').all())
    if (await fold.isVisible()) await fold.click();
  expect(`${await page.locator('.check code').last().innerText()}\n`).toBe(await command());
  expect(await page.locator('.hint').last().innerText()).toContain('terminal');
  expect(await page.locator('#solution .screen').isVisible()).toBe(true);
  await context.close();
});

test('on paper, hints and the solution stand at the end, with links both ways, and go back', async () => {
  const page = await open(LESSON);
  const before = await page.locator('article').innerHTML();
  await page.evaluate(() => {
    addEventListener('beforeprint', () => {
      const last = document.querySelector('article > :last-child');
      const links = document.querySelectorAll<HTMLAnchorElement>('.turn a, #_solution > p > a');
      const resolve = [...links].filter(({ hash }) => ['#your-turn', '#_solution'].includes(hash));
      const folds = [...(last?.querySelectorAll(':scope > details') ?? [])];
      const printed = {
        folds: folds.map(({ className }) => className),
        links: resolve.map((link) => [link.text, document.querySelector(link.hash)?.tagName]),
      };
      Object.assign(window, { printed });
    });
  });
  const pdf = await page.pdf();
  expect(pdf.length).toBeGreaterThan(1000);
  expect(await page.evaluate(() => (window as unknown as { printed: unknown }).printed)).toEqual({
    folds: ['hint', 'hint', 'solution'],
    links: [
      ['Hint, Solution', 'SECTION'],
      ['Your turn', 'ASIDE'],
    ],
  });
  await page.locator('.turn .solution').waitFor();
  expect(await page.locator('article').innerHTML()).toBe(before);
});
