import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'cheerio';
import type { Page } from 'playwright-core';
import type { Asked } from './search-queries.ts';

/** What the search says of a query. */
export interface Answered {
  readonly status: string;
  /** Addresses of the results, best first. */
  readonly links: readonly string[];
}

/** Enters each query in the search of a page, as if it were pasted. */
export async function askAll(page: Page, queries: readonly string[]): Promise<Answered[]> {
  // The scripts of a page are ready when its players are.
  await page.locator('.play').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.locator('.search input').waitFor();
  return page.evaluate(async (all) => {
    const input = document.querySelector<HTMLInputElement>('.search input');
    const status = document.querySelector('.search [role=status]');
    if (input === null || status === null) throw new Error('there is no search');
    // No key is pressed, so there is nothing for the search to wait for.
    const later = window.setTimeout.bind(window);
    Object.assign(window, { setTimeout: (work: () => void) => later(work) });
    const answers = [];
    for (const query of all) {
      const answered = new Promise((resolve) => {
        new MutationObserver((_changes, observer) => {
          observer.disconnect();
          resolve(undefined);
        }).observe(status, { childList: true });
      });
      input.value = query;
      input.dispatchEvent(new Event('input'));
      await answered;
      const links = document.querySelectorAll<HTMLAnchorElement>('.search li a');
      answers.push({
        status: status.textContent,
        links: Array.from(links, (link) => link.getAttribute('href') ?? ''),
      });
    }
    return answers;
  }, queries);
}

/**
 * Names the section in which a result stands, as the queries name theirs: `run#names`; the address
 * itself if it is one of a page of reference.
 * @param dist the built site
 * @param language folder of a translation, such as `es/`
 */
export function sectionReader(dist: string, language = '') {
  const sections = new Map<string, ReadonlyMap<string, string>>();
  return async (address: string): Promise<string> => {
    const [, file, id = ''] =
      /^(?:#|\/(?:es\/)?(?:lessons\/)?)_?([\w-]+)(?:[/#.]+(.*))?$/.exec(address) ?? [];
    if (file === undefined) return address;
    if (!sections.has(file)) sections.set(file, await sectionsOf(dist, language, file));
    const wanted = decodeURIComponent(id);
    return `${file}#${sections.get(file)?.get(wanted) ?? wanted}`;
  };
}

/** The section that each step of a lesson stands in. */
async function sectionsOf(dist: string, language: string, lesson: string) {
  const path = join(dist, language, 'lessons', lesson, 'index.html');
  const html = await readFile(path, 'utf8').catch(() => '');
  const $ = load(html);
  let section = '';
  const found = new Map<string, string>();
  for (const element of $('article').find('h2[id], h3[id], .step[id]').get()) {
    const id = $(element).attr('id') ?? '';
    if (!$(element).is('.step')) section = id;
    found.set(id, section);
  }
  return found;
}

/** Queries whose answer is not among the first three results, each with what stands there. */
export async function missed(
  asked: readonly Asked[],
  answers: readonly Answered[],
  sectionOf: (address: string) => Promise<string>,
): Promise<string[]> {
  const all = asked.map(async ([query, ...wanted], index) => {
    const links = answers[index]?.links.slice(0, 3) ?? [];
    const found = await Promise.all(links.map((link) => sectionOf(link)));
    return found.some((each) => wanted.includes(each)) ? [] : [`${query}: ${found.join(', ')}`];
  });
  return (await Promise.all(all)).flat();
}
