import type { APIRoute } from 'astro';
import { absoluteLink } from '../links.ts';

/** Allows everything. Includes the sitemap if the site's address is known. */
export const GET: APIRoute = ({ site }) => {
  const sitemap = site === undefined ? '' : `\nSitemap: ${absoluteLink('sitemap.xml', site)}\n`;
  return new Response(`User-agent: *\nAllow: /\n${sitemap}`);
};
