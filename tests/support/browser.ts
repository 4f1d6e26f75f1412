import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

export { openBrowser } from '../../scripts/site/browser.ts';

/** What a page did that it must not do. */
export interface Faults {
  readonly violations: string[];
  readonly errors: string[];
  readonly foreign: string[];
}

/**
 * Watches a page from before its first load: policy violations, errors, requests to other origins.
 */
export async function watchFaults(page: Page, origin: string): Promise<Faults> {
  const faults: Faults = { violations: [], errors: [], foreign: [] };
  await page.exposeFunction('reportViolation', (text: string) => faults.violations.push(text));
  await page.addInitScript(reportViolations);
  page.on('console', (message) => {
    if (message.type() === 'error') faults.errors.push(message.text());
  });
  page.on('pageerror', (error) => faults.errors.push(error.message));
  page.on('request', (request) => {
    if (isForeign(request.url(), origin)) faults.foreign.push(request.url());
  });
  return faults;
}

/**
 * Runs in the page: hands each policy violation to the `reportViolation` that its watcher exposes.
 */
export function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    const report = (window as unknown as { reportViolation: (text: string) => void })
      .reportViolation;
    report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
}

/** Whether a request leaves the site. */
export function isForeign(address: string, origin: string): boolean {
  const url = new URL(address);
  return url.origin !== new URL(origin).origin && !['data:', 'blob:'].includes(url.protocol);
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * The rules of axe that the page breaks, each with the elements that break it. The page's context
 * must bypass its policy.
 * @param rules the rules to check; if absent, all that axe checks by default, and the sizes of
 *   targets
 */
export async function axeFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  // A page names what scrolls once it is laid out, in another language once its words are loaded.
  // If it never does, axe says so.
  const isNamed = () =>
    [...document.querySelectorAll('pre, table')].every(
      (block) =>
        block.scrollWidth <= block.clientWidth ||
        block.hasAttribute('tabindex') ||
        !block.checkVisibility(),
    );
  await page.waitForFunction(isNamed, undefined, { timeout: 2000 }).catch(() => undefined);
  return page.evaluate(async (only) => {
    interface Found {
      readonly violations: readonly { id: string; nodes: readonly { html: string }[] }[];
    }
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<Found> };
    };
    const { violations } = await axe.run(
      // Collecting what passes would take half of the time.
      {
        resultTypes: ['violations'],
        // By default, axe does not check what WCAG 2.2 has added.
        rules: { 'target-size': { enabled: true } },
        ...(only && { runOnly: { type: 'rule', values: only } }),
      },
    );
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }, rules);
}

/**
 * Opens all addresses in three pages at once, and checks each: much of what a browser is asked for
 * is waiting. Loading another address costs half of what a new page costs.
 * @param open opens an empty page; its context is closed afterwards
 */
export async function visitAll(
  open: () => Promise<Page>,
  addresses: Iterable<string>,
  check: (page: Page, address: string) => Promise<void>,
): Promise<void> {
  const waiting = [...addresses];
  const visit = async () => {
    const page = await open();
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      await page.goto(address);
      await check(page, address);
    }
    return page;
  };
  const pages = await Promise.all([visit(), visit(), visit()]);
  for (const page of pages) await page.context().close();
}

/**
 * Listens as a screen reader does: to what is added to live regions. If a region is switched off
 * and on, it may not announce what comes next.
 * @returns reads everything that was announced
 */
export async function listen(page: Page): Promise<() => Promise<string>> {
  const heard = await page.evaluateHandle(() => {
    const lines: string[] = [];
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        const region = (target as Element).closest('[aria-live], [role=log], [role=status]');
        if (region === null) continue;
        if (type === 'attributes') lines.push('switched');
        for (const { textContent } of addedNodes) lines.push(textContent ?? '');
      }
    }).observe(document.body, { childList: true, subtree: true, attributeFilter: ['aria-live'] });
    return lines;
  });
  return () => heard.evaluate((lines) => lines.join('\n'));
}
