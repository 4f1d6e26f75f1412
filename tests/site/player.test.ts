import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { watchFaults } from '../support/browser.ts';
import { PHONE, useRealSite, WIDE } from '../support/real-site.ts';
import { boxOf, isFocused, plain, playToEnd } from '../support/site-page.ts';

/* The player of a step, and the progress of a reader. */

const site = useRealSite();
const { open, openWithClock } = site;

describe('the player', () => {
  test('is controlled by the keyboard: Space, arrow keys, Escape', async () => {
    const page = await open('lessons/run/');
    const play = page.locator('#first-run .play');
    await play.focus();
    await page.keyboard.press('Enter');
    const toggle = page.locator('#first-run .toggle');
    await toggle.waitFor();
    await page.keyboard.press('Space');
    await expect.poll(() => toggle.textContent()).toBe('Resume');
    const now = page.locator('#first-run [data-now]');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => now.getAttribute('aria-label')).toMatch(/^Command 2: cat/);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => now.getAttribute('aria-label')).toMatch(/^Command 1: docker run/);
    const text = page.locator('#first-run .ap-term-text');
    await expect.poll(async () => plain(await text.textContent())).toBe('$');
    await page.keyboard.press('Escape');
    await page.locator('#first-run .screen').waitFor({ state: 'visible' });
    expect(await isFocused(play)).toBe(true);
  });

  test.each([
    ['on a wide screen', WIDE],
    ['on a phone', PHONE],
  ])(
    'moves nothing on the page, and has letters of a readable size: %s',
    async (_name, options) => {
      const page = await openWithClock('lessons/run/', options);
      const step = page.locator('#first-run');
      await step.locator('.play').waitFor();
      await step.evaluate((element) => element.scrollIntoView());
      const layout = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('main *:not(.step *)')].map((element) => {
            const { top, height } = element.getBoundingClientRect();
            return `${top} ${height}`;
          }),
        );
      const before = await layout();
      await step.locator('.play').click();
      const text = step.locator('.ap-term-text');
      const typed = async () => {
        await page.clock.runFor(100);
        return plain(await text.textContent());
      };
      await expect.poll(typed, { timeout: 20_000, interval: 10 }).toContain('$dock');
      expect(await layout(), 'playing').toEqual(before);
      const size = await text.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
      expect(size).toBeGreaterThanOrEqual(13);
      const speed = step.locator('select');
      if (await speed.isVisible()) await speed.selectOption('4');
      else for (let command = 0; command < 3; command++) await page.keyboard.press('ArrowRight');
      expect(await layout(), 'at another speed, or another command').toEqual(before);
      await playToEnd(page, step);
      expect(await layout(), 'at the end').toEqual(before);
      await step.locator('.play').click();
      expect(await layout(), 'closed').toEqual(before);
    },
  );

  test('keeps typed text in view if the terminal is wider than the screen', async () => {
    const page = await openWithClock('lessons/contexts/', PHONE);
    const long = page.locator('#second-engine');
    await long.locator('.play').click();
    const stage = long.locator('.stage');
    await long.locator('.ap-line[data-typed]').first().waitFor();
    // How far the end of the text that was typed last is beyond the visible part of the terminal.
    const hidden = () =>
      stage.evaluate((element) => {
        const typed = element.querySelector('.ap-line[data-typed]:has(+ :not([data-typed]))');
        const text = typed?.lastElementChild?.firstChild;
        if (!(text instanceof Text)) return 0;
        const shown = document.createRange();
        shown.setStart(text, 0);
        shown.setEnd(text, text.data.trimEnd().length);
        return shown.getBoundingClientRect().right - element.getBoundingClientRect().right;
      });
    for (let look = 0; look < 20; look++) {
      await page.clock.runFor(100);
      expect(await hidden()).toBeLessThanOrEqual(0);
    }
  });

  test('shows a short command from its beginning: trailing blanks do not count', async () => {
    const page = await openWithClock('lessons/run/', PHONE);
    const step = page.locator('#first-run');
    await step.locator('.play').click();
    const typed = step.locator('.ap-line[data-typed]').first();
    await typed.waitFor();
    for (let look = 0; look < 15; look++) {
      expect(await step.locator('.stage').evaluate(({ scrollLeft }) => scrollLeft)).toBe(0);
      await page.clock.runFor(100);
    }
    expect((await typed.textContent())?.trim()).toMatch(/^\$ docker/);
  });

  test('scrolls down for text only, not for the empty row of the cursor', async () => {
    const page = await openWithClock('lessons/run/');
    const step = page.locator('#pipe');
    await step.locator('.play').click();
    await step.locator('select').selectOption('4');
    await playToEnd(page, step);
    const stage = step.locator('.stage');
    expect(await stage.evaluate((element) => getComputedStyle(element).overflowY)).toBe('hidden');
    expect(await stage.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  });

  test('has its controls and the focus in view when the keyboard opens it', async () => {
    const page = await open('lessons/run/', { viewport: { width: 1280, height: 800 } });
    await page.locator('#first-run .play').focus();
    const { y: foot } = await boxOf(page, '#first-run .foot');
    expect(foot).toBeGreaterThan(800);
    const read = await page.evaluate(() => scrollY);
    await page.keyboard.press('Enter');
    await page.locator('#first-run .toggle:focus').waitFor();
    const { y, height } = await boxOf(page, '#first-run .toggle');
    expect(y + height).toBeLessThanOrEqual(800);
    expect(await page.evaluate(() => scrollY)).toBe(read);
  });

  test('in forced colours, gives no text a colour of the system on its dark background', async () => {
    const page = await open('lessons/run/', { ...WIDE, forcedColors: 'active' });
    await page.locator('#first-run .play').click();
    await page.locator('#first-run .ap-line[data-typed]').first().waitFor();
    const highlighted = await page.evaluate(() =>
      [...CSS.highlights.values()].flatMap((highlight) => [...highlight]).map(String),
    );
    expect(highlighted).toEqual([]);
  });

  test('has controls that are large enough for a finger', async () => {
    const page = await open('lessons/run/', PHONE);
    const step = page.locator('#first-run');
    await step.locator('.copy').first().waitFor();
    const small = (selector: string) =>
      step.locator(selector).evaluateAll((controls) =>
        controls.flatMap((control) => {
          const { width, height } = control.getBoundingClientRect();
          const shown = control.checkVisibility({ visibilityProperty: true });
          return shown && Math.min(width, height) < 44 ? [control.outerHTML] : [];
        }),
      );
    expect(await small('.play, .try, .compare, .done, .copy')).toEqual([]);
    await step.locator('.play').click();
    await step.getByRole('slider').waitFor();
    expect(await small('.play, .done, .stage-bar :is(button, select, input)')).toEqual([]);
  });

  test('has one bar of controls, named after its step, and closes when another opens', async () => {
    const page = await open('lessons/run/#no-it');
    await page.locator('#first-run .play').click();
    await page.locator('#first-run .ap-player').waitFor();
    expect(await page.locator('.ap-control-bar').count()).toBe(0);
    const bar = page.getByRole('group', { name: 'Player of first-run' });
    expect(await bar.getByRole('slider', { name: 'Position' }).isVisible()).toBe(true);
    await page.locator('#no-it .play').click();
    await page.locator('#no-it .ap-player').waitFor();
    expect(await page.locator('.ap-player').count()).toBe(1);
    expect(await page.locator('#first-run .play').textContent()).toBe('Play');
  });

  test('highlights commands and marks like the text of the page', async () => {
    const page = await open('lessons/run/');
    const step = page.locator('#first-run');
    const wanted = await step
      .locator('.screen mark')
      .evaluateAll((marks) => marks.map((mark) => mark.textContent));
    await step.locator('.play').click();
    await step.getByRole('slider').waitFor();
    await step.getByRole('button', { name: 'Command 3: exit' }).click();
    const shown = (name: string) =>
      page.evaluate(
        (key) => [...(CSS.highlights.get(key) ?? [])].map((range) => (range as Range).toString()),
        `player-${name}`,
      );
    await expect.poll(() => shown('typed'), { timeout: 10_000 }).toContain('cat /etc/os-release');
    expect(await shown('prompt')).toContain('$ ');
    const marked = await shown('differs');
    expect(marked.length).toBeGreaterThan(1);
    expect(wanted).toEqual(expect.arrayContaining(marked));
  });

  test('jumps to a command, plays at another speed, and replays', async () => {
    const page = await open('lessons/run/');
    const step = page.locator('#first-run');
    await step.locator('.play').click();
    await step.locator('select').selectOption('4');
    await step.getByRole('button', { name: 'Command 3: exit' }).click();
    const toggle = step.locator('.toggle');
    await expect.poll(() => toggle.textContent(), { timeout: 10_000 }).toBe('Replay');
    await toggle.click();
    await expect.poll(() => toggle.textContent()).toBe('Pause');
  });
});

describe('progress', () => {
  test('of steps and lessons is kept, and shown in the lists from the first paint', async () => {
    const page = await open('lessons/images/');
    await page.locator('#pull .done').click();
    const mark = (lesson: string) =>
      page
        .locator(`:is([data-lesson="${lesson}"], [href$="/${lesson}/"]) .mark`)
        .evaluate((element) => getComputedStyle(element, '::before').content);
    expect(await mark('images')).toMatch(/^"1\/" .*|^"1\/\d+"$/);
    await page.locator('[data-finish]').click();
    expect(await mark('images')).toContain('✓');

    // Without the script of the page: the marks are shown by the head.
    await page.route('**/_astro/*.js', (route) => route.abort());
    await page.goto(site.url);
    expect(await mark('images')).toContain('✓');
    expect(await mark('cache')).toBe('none');
    expect(await page.locator('[data-lesson="dockerfile"] .go-on').isVisible()).toBe(true);
    expect(await page.getByText('Continue where you left off.').isVisible()).toBe(true);
  });

  test('includes a step whose recording was played to its end', async () => {
    const page = await openWithClock('lessons/run/#no-it');
    const step = page.locator('#no-it');
    expect(await step.locator('.done').getAttribute('aria-pressed')).toBe('false');
    await step.locator('.play').click();
    await step.getByRole('slider').waitFor();
    await playToEnd(page, step);
    expect(await step.locator('.done').getAttribute('aria-pressed')).toBe('true');
    expect(await step.locator('.done').innerText()).toContain('played to the end');
    const note = await boxOf(page, '#no-it .done .note');
    const bar = await boxOf(page, '#no-it .stage-bar');
    expect(note.y + note.height, 'covers no control').toBeLessThanOrEqual(bar.y);
    expect(await page.locator('[role=status]').textContent()).toContain('no-it is marked as done');
    await step.locator('.play').click();
    expect(await step.locator('.note').isVisible(), 'covers no line').toBe(false);
    await step.locator('.done').click();
    expect(await step.locator('.note').count()).toBe(0);
  });

  test('does not include a step that was skipped to its end', async () => {
    const page = await open('lessons/run/#no-it');
    const step = page.locator('#no-it');
    await step.locator('.play').click();
    await step.getByRole('slider').waitFor();
    await step.getByRole('button', { name: 'Next command' }).click();
    await step.getByRole('button', { name: 'Next command' }).click();
    await expect.poll(() => step.locator('.toggle').textContent()).toBe('Replay');
    expect(await step.locator('.done').getAttribute('aria-pressed')).toBe('false');
  });

  test('is exported, erased, and imported', async () => {
    const page = await open('lessons/run/');
    const faults = await watchFaults(page, site.url);
    await page.reload();
    await page.locator('#pipe .done').click();
    await page.goto(site.url);
    const panel = page.locator('[data-progress]');
    const status = panel.locator('[role=status]');
    await expect
      .poll(() => status.textContent())
      .toMatch(/^0 of \d+ lessons done, 1 steps? ticked\.$/);
    expect(await page.locator('[data-go-on]').getAttribute('href')).toContain('lessons/run/');

    const downloading = page.waitForEvent('download');
    await panel.locator('[data-export]').click();
    const file = await (await downloading).path();

    await panel.locator('[data-erase]').click();
    expect(await status.textContent()).toContain('1 step');
    await panel.locator('[data-erase]').click();
    expect(await status.textContent()).toBe('Erased.');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);

    await panel.locator('[data-import]').setInputFiles(file);
    await expect.poll(() => status.textContent()).toContain('1 step ticked');
    await writeFile(file, '{"version":1,"lessons":{"run\\"]{}":{"steps":[]}}}');
    await panel.locator('[data-import]').setInputFiles(file);
    await expect.poll(() => status.textContent()).toContain('not the id');
    expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
  });

  test('that is only partly readable loses no tick, and is not overwritten', async () => {
    const page = await open('lessons/run/');
    const kept = () =>
      page.evaluate(() => Object.fromEntries(Object.entries<string>(localStorage)));
    const odd = '{"version":1,"lessons":{"run":{"done":false,"steps":["-odd","pipe"]}}}';
    await page.evaluate((text) => localStorage.setItem('progress', text), odd);
    await page.reload();
    expect(await page.locator('#pipe .done').getAttribute('aria-pressed')).toBe('true');
    await page.locator('#rm .done').click();
    await page.locator('#help .done').click();
    const { progress = '', ...others }: Record<string, string> = await kept();
    expect(JSON.parse(progress)).toMatchObject({
      lessons: { run: { steps: ['pipe', 'rm', 'help'] } },
    });
    expect(Object.values(others)).toContain(odd);

    const later = '{"version":2}';
    await page.evaluate((text) => localStorage.setItem('progress', text), later);
    await page.reload();
    await page.locator('#rm .done').click();
    expect(Object.values(await kept())).toEqual(expect.arrayContaining([odd, later]));
    await page.goto(site.url);
    await page.locator('[data-erase]').click();
    await page.locator('[data-erase]').click();
    expect(await kept()).toEqual({});
  });
});
