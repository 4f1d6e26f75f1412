import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { follow } from './links.ts';
import type { SitePage } from './workshop.ts';

const page = (id: string, path: string): SitePage => ({ id, path, title: id, html: load('') });
const run = page('run', 'lessons/run/');
const images = page('images', 'lessons/images/');
const at = (href: string, site?: string) =>
  follow(href, run, [run, images], { base: '/docs/', site });

test('links between pages of the file stay inside', () => {
  expect(at('../images/#pull')).toEqual({ kind: 'page', page: images, anchor: 'pull' });
  expect(at('/docs/lessons/images/')).toEqual({ kind: 'page', page: images, anchor: '' });
  expect(at('#na%C3%AFve')).toEqual({ kind: 'page', page: run, anchor: 'naïve' });
});

test('links to other pages need the address of the site', () => {
  const path = '/docs/recordings/run/a.txt';
  expect(at(path)).toEqual({ kind: 'nowhere' });
  const site = 'https://docker.example/docs/';
  expect(at(path, site)).toEqual({
    kind: 'address',
    href: 'https://docker.example/docs/recordings/run/a.txt',
  });
});

test('external links are kept', () => {
  const href = 'https://docs.docker.com/engine/#x';
  expect(at(href)).toEqual({ kind: 'address', href });
});
