/**
 * The address of a repository's GitHub Pages, as the environment variables that the build reads.
 * @param repository `OWNER/NAME`
 * @param custom the custom address of the site, if it has one
 */
export function siteAddress(repository: string, custom: string | undefined) {
  if (custom !== undefined && custom !== '') {
    const { origin, pathname } = new URL(custom);
    return { SITE_URL: origin, BASE_PATH: pathname };
  }
  const [owner = '', name = ''] = repository.toLowerCase().split('/');
  const host = `${owner}.github.io`;
  return { SITE_URL: `https://${host}`, BASE_PATH: name === host ? '/' : `/${name}/` };
}
