/** Marks, in the list beside a lesson, the section that is being read. */
export function followSections(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.sections a')];
  const headings = links.flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading === null ? [] : [{ link, heading }];
  });
  if (headings.length === 0) return;
  const look = () => {
    // The last heading above the upper third of the window.
    const line = innerHeight / 3;
    const here = headings.findLast(({ heading }) => heading.getBoundingClientRect().top < line);
    for (const { link } of headings)
      if (link === here?.link) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
  };
  const observer = new IntersectionObserver(look, { rootMargin: '0px 0px -66% 0px' });
  for (const { heading } of headings) observer.observe(heading);
}
