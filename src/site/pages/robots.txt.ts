import type { APIRoute } from 'astro';
import { absoluteLink } from '../links.ts';

/** Everybody may read everything. The sitemap is there where the site knows its own address. */
export const GET: APIRoute = ({ site }) => {
  const sitemap = site === undefined ? '' : `\nSitemap: ${absoluteLink('sitemap.xml', site)}\n`;
  return new Response(`User-agent: *\nAllow: /\n${sitemap}`, {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
