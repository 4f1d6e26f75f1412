import { GLYPHS } from '../components/stencil.ts';
import { escapeHtml } from '../../core/screen/escape.ts';

/** Content of a social card. */
export interface Card {
  readonly title: string;
  /** A lesson's code, in stencil letters. */
  readonly code?: string;
  /** A command, shown as typed. */
  readonly command: string;
}

/** The size of link previews (https://ogp.me, and what its consumers crop to). */
export const CARD = { width: 1200, height: 630 };

const [PAPER, INK, SIGNAL, TERMINAL, BRIGHT] = [
  '#f3f2ed',
  '#14191f',
  '#ff5a1f',
  '#0f161e',
  '#f6f8fa',
];
/** Maximum characters per line of the title, and of the command. */
const [LINE, COMMAND] = [20, 46];

/** A social card as SVG. */
export function cardSvg({ title, code, command }: Card): string {
  const lines = wrapped(title, code === undefined ? LINE + 6 : LINE).slice(0, 3);
  const text = lines
    .map(
      (line, index) =>
        `<text x="64" y="${238 + index * 88}" font-family="DejaVu Sans Condensed" font-weight="700" font-size="80" fill="${INK}">${escapeHtml(line)}</text>`,
    )
    .join('');
  const typed = command.length > COMMAND ? `${command.slice(0, COMMAND - 1)}…` : command;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CARD.width} ${CARD.height}" width="${CARD.width}" height="${CARD.height}">
<rect width="1200" height="630" fill="${PAPER}"/>
<g transform="translate(64 58) scale(2)"><path fill="${SIGNAL}" d="M2 3h20v7H2z"/><path fill="${INK}" d="M2 12.5h28v7H2zM2 22h28v7H2z"/></g>
<text x="144" y="106" font-family="DejaVu Sans Condensed" font-weight="700" font-size="36" fill="${INK}">You Like Docker</text>
${text}${code === undefined ? '' : stencil(code)}
<rect x="0" y="470" width="1200" height="160" fill="${TERMINAL}"/><rect x="0" y="470" width="1200" height="10" fill="${SIGNAL}"/>
<text x="64" y="568" font-family="DejaVu Sans Mono" font-weight="700" font-size="38" fill="${BRIGHT}" xml:space="preserve"><tspan fill="#ff9167">$ </tspan>${escapeHtml(typed)}</text>
</svg>`;
}

/** The code at the right edge, as on the lesson's box. */
function stencil(code: string): string {
  const scale = 5;
  const width = (code.length * 24 - 4) * scale;
  const glyphs = Array.from(
    code,
    (char, index) => `<path d="${GLYPHS[char] ?? ''}" transform="translate(${index * 24})"/>`,
  ).join('');
  return `<g transform="translate(${CARD.width - 64 - width} 58) scale(${scale})" fill="none" stroke="${INK}" stroke-width="5">${glyphs}</g>`;
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = [lines.at(-1), word].filter((part) => part !== undefined).join(' ');
    if (lines.length > 0 && longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
