/** Where GitHub Pages shows a repository, as the build wants to know it. */
// A type, not an interface: it is listed by name and value.
export type SiteAddress = {
  readonly SITE_URL: string;
  readonly BASE_PATH: string;
};

/**
 * The address of a repository's pages.
 * @param repository `OWNER/NAME`
 * @param own the site's own address, where it has one
 */
export function siteAddress(repository: string, own: string | undefined): SiteAddress {
  if (own !== undefined && own !== '') {
    const { origin, pathname } = new URL(own);
    return { SITE_URL: origin, BASE_PATH: pathname };
  }
  const [owner = '', name = ''] = repository.toLowerCase().split('/');
  const host = `${owner}.github.io`;
  return { SITE_URL: `https://${host}`, BASE_PATH: name === host ? '/' : `/${name}/` };
}
