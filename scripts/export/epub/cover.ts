import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { escapeHtml } from '../../../src/core/screen/escape.ts';
import { longDay } from '../facts.ts';
import { lessonsOf, type LessonPage, type Workshop } from '../workshop.ts';

/** The size that reading apps recommend. */
const [WIDTH, HEIGHT] = [1600, 2560];
const [PAPER, INK, SIGNAL] = ['#f3f2ed', '#14191f', '#ff5a1f'];
const MARGIN = 120;
/** Boxes per row, and their height. */
const [ROW, BOX] = [4, 190];
const GAP = 20;

const FONTS = ['DejaVuSansCondensed-Bold.ttf', 'DejaVuSansCondensed.ttf', 'DejaVuSansMono.ttf'].map(
  (file) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`),
);

/** Draws the cover. The bytes are the same on every machine. */
export function coverPng(workshop: Workshop): Uint8Array {
  const picture = new Resvg(coverSvg(workshop), {
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: 'DejaVu Sans Condensed' },
  });
  return new Uint8Array(picture.render().asPng());
}

function coverSvg(workshop: Workshop): string {
  const { date, engines } = workshop.facts;
  const lessons = lessonsOf(workshop);
  const top = HEIGHT - 420 - Math.ceil(lessons.length / ROW) * (BOX + GAP);
  const text = (y: number, size: number, weight: number, line: string) =>
    `<text x="${MARGIN}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${INK}">${escapeHtml(line)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="DejaVu Sans Condensed">
<rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/><rect width="${WIDTH}" height="90" fill="${SIGNAL}"/>
<g transform="translate(${MARGIN - 14} 240) scale(8)"><path fill="${SIGNAL}" d="M2 3h20v7H2z"/><path fill="${INK}" d="M2 12.5h28v7H2zM2 22h28v7H2z"/></g>
${text(800, 190, 700, 'You Like')}${text(1000, 190, 700, 'Docker')}
${text(1130, 58, 400, 'A workshop in which every line')}${text(1206, 58, 400, 'of terminal output is real')}
${lessons.map((lesson, index) => box(lesson, index, top)).join('\n')}
<rect x="${MARGIN}" y="${HEIGHT - 400}" width="${WIDTH - 2 * MARGIN}" height="26" fill="${INK}"/>
${text(HEIGHT - 260, 44, 400, `Recorded on ${longDay(date)}`)}${text(HEIGHT - 196, 44, 400, `by Docker Engine ${engines.join(', ')}`)}
</svg>`;
}

function box({ html }: LessonPage, index: number, top: number): string {
  const width = (WIDTH - 2 * MARGIN - (ROW - 1) * GAP) / ROW;
  const x = MARGIN + (index % ROW) * (width + GAP);
  const y = top + Math.floor(index / ROW) * (BOX + GAP);
  const stencil = html('.opening .stencil').first().html() ?? '';
  return `<rect x="${x + 3}" y="${y + 3}" width="${width - 6}" height="${BOX - 6}" fill="none" stroke="${INK}" stroke-width="6"/><g transform="translate(${x + 40} ${y + 46}) scale(3.5)" fill="none" stroke="${INK}" stroke-width="5">${stencil}</g>`;
}
