import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

const FONTS = ['DejaVuSansCondensed-Bold.ttf', 'DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf'].map(
  (file) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`),
);

/**
 * Renders an SVG picture as PNG with bundled fonts, so that the bytes are the same on every
 * machine.
 * @param width width of the PNG in pixels; that of the picture if absent
 */
export function drawPng(svg: string, width?: number): Uint8Array<ArrayBuffer> {
  const picture = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: 'DejaVu Sans' },
    ...(width !== undefined && { fitTo: { mode: 'width', value: width } }),
  });
  return new Uint8Array(picture.render().asPng());
}

/**
 * Combines PNG pictures of one icon in several sizes into an ICO file
 * (https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)).
 * @param icons each at most 256 pixels wide
 */
export function toIco(
  icons: readonly { readonly size: number; readonly png: Uint8Array }[],
): Uint8Array<ArrayBuffer> {
  const [headerSize, entrySize] = [6, 16];
  const header = new DataView(new ArrayBuffer(headerSize + entrySize * icons.length));
  header.setUint16(2, 1, true); // an icon, not a cursor
  header.setUint16(4, icons.length, true);
  let offset = header.byteLength;
  icons.forEach(({ size, png }, index) => {
    const at = headerSize + entrySize * index;
    header.setUint8(at, size % 256); // 0 stands for 256
    header.setUint8(at + 1, size % 256);
    header.setUint16(at + 4, 1, true); // color planes
    header.setUint16(at + 6, 32, true); // bits per pixel
    header.setUint32(at + 8, png.length, true);
    header.setUint32(at + 12, offset, true);
    offset += png.length;
  });
  const file = new Uint8Array(offset);
  file.set(new Uint8Array(header.buffer));
  let at = header.byteLength;
  for (const { png } of icons) {
    file.set(png, at);
    at += png.length;
  }
  return file;
}
