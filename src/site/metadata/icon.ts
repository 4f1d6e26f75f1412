/** The logo on a background, for home screens and for browsers without SVG icons. */
export function iconSvg(margin: number): string {
  const size = 32 + margin * 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-margin} ${-margin} ${size} ${size}"><rect x="${-margin}" y="${-margin}" width="${size}" height="${size}" fill="#f3f2ed"/><path fill="#ff5a1f" d="M2 3h20v7H2z"/><path fill="#14191f" d="M2 12.5h28v7H2zM2 22h28v7H2z"/></svg>`;
}
