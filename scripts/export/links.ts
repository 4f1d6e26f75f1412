import type { SitePage, Workshop } from './workshop.ts';

export type Target =
  | { readonly kind: 'page'; readonly page: SitePage; readonly anchor: string }
  /** Outside the file. */
  | { readonly kind: 'address'; readonly href: string }
  /** A page or file that is not in this file, while the address of the site is unknown. */
  | { readonly kind: 'nowhere' };

/** Placeholder for the origin of the site; `.invalid` is reserved (RFC 2606). */
const SITE = 'https://site.invalid';

/**
 * Resolves a link.
 * @param from the page with the link
 * @param pages all pages of the file
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
