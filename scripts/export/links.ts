import type { SitePage, Workshop } from './workshop.ts';

/** Where a link of the site leads in a file. */
export type Target =
  | { readonly kind: 'page'; readonly page: SitePage; readonly anchor: string }
  /** Out of the file. */
  | { readonly kind: 'address'; readonly href: string }
  /** To a page or a file of the site that is not in the file, and nobody knows where the site stands. */
  | { readonly kind: 'nowhere' };

/** Stands for the site's own origin; `.invalid` leads nowhere by definition (RFC 2606). */
const SITE = 'https://site.invalid';

/**
 * Follows a link.
 * @param from the page that it stands on
 * @param pages what the file holds
 */
export function follow(
  href: string,
  from: SitePage,
  pages: readonly SitePage[],
  { base, site }: Pick<Workshop, 'base' | 'site'>,
): Target {
  const url = new URL(href, `${SITE}${base}${from.path}`);
  if (url.origin !== SITE) return { kind: 'address', href: url.href };
  const path = url.pathname.slice(base.length);
  const page = pages.find((known) => known.path === path);
  if (page !== undefined)
    return { kind: 'page', page, anchor: decodeURIComponent(url.hash.slice(1)) };
  return site === undefined
    ? { kind: 'nowhere' }
    : { kind: 'address', href: new URL(path + url.search + url.hash, site).href };
}
