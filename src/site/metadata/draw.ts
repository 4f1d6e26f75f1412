import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

const FONTS = ['DejaVuSansCondensed-Bold.ttf', 'DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf'].map(
  (file) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`),
);

/** Renders an SVG picture as PNG with bundled fonts: the bytes are the same on every machine. */
export function drawPng(svg: string): Uint8Array<ArrayBuffer> {
  const picture = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: 'DejaVu Sans' },
  });
  return new Uint8Array(picture.render().asPng());
}
