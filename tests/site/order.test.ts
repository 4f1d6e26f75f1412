import { expect, test } from 'vitest';
import { useRealSite } from '../support/real-site.ts';
import { boxOf } from '../support/site-page.ts';

/* The core path, the deep dives beside it, and what moved from one lesson to another. */

const { address, open } = useRealSite();

test('the core path comes first, and deep dives lead back to it', async () => {
  const page = await open('');
  const ids = (selector: string) =>
    page
      .locator(`${selector} .box`)
      .evaluateAll((all) => all.map((box) => (box as HTMLElement).dataset['lesson'] ?? ''));
  const [path, dives] = [await ids('.path'), await ids('.hold')];
  expect(path.slice(0, 3)).toEqual(['setup', 'run', 'lifecycle']);
  expect(dives[0]).toBe('contexts');
  expect(await page.locator('[data-lesson="contexts"] .facts').innerText()).toMatch(
    /^after A2\s+\d+ min, \d+ with typing\s+Linux, as root$/,
  );

  // Next leads along the path and never into a deep dive.
  for (const [index, id] of path.entries()) {
    await page.goto(address(`lessons/${id}/`));
    const next = page.locator('.finish [rel=next]');
    expect(await next.evaluateAll((all) => all.map((a) => a.dataset['next']))).toEqual(
      path.slice(index + 1, index + 2),
    );
  }
  await page.goto(address('lessons/run/'));
  await page.locator('.deeper').getByText('Whose Engine is it?').click();
  await page.waitForURL(address('lessons/contexts/'));
  const [first] = await page.locator('.cmd').all();
  const facts = await boxOf(page, '.opening .facts');
  expect(facts.y + facts.height).toBeLessThan((await first?.boundingBox())?.y ?? 0);
  expect(await page.locator('.opening .facts').innerText()).toMatch(
    /A2 Run your first container[^]*with typing[^]*Linux, as root/,
  );
  await page.locator('.finish [rel=next]').click();
  await page.waitForURL(address('lessons/lifecycle/'));
});

test('what moved is linked from where it was, and its ticks follow', async () => {
  const page = await open('lessons/run/#context');
  const old = page.locator('#context');
  await old.waitFor();
  const kept = {
    version: 1,
    lessons: { run: { done: false, steps: ['context', 'pipe'] } },
    next: 'run',
  };
  await page.evaluate((text) => localStorage.setItem('progress', text), JSON.stringify(kept));
  await old.click();
  await page.waitForURL(address('lessons/contexts/#context'));
  const tick = page.locator('#context .done');
  await expect.poll(() => tick.getAttribute('aria-pressed')).toBe('true');
  await page.locator('#context-back .done').click();
  const stored = () => page.evaluate(() => localStorage.getItem('progress') ?? '');
  expect(JSON.parse(await stored())).toEqual({
    version: 1,
    lessons: {
      run: { done: false, steps: ['pipe'] },
      contexts: { done: false, steps: ['context', 'context-back'] },
    },
    next: 'contexts',
  });
});
