import type { APIRoute } from 'astro';
import { drawPng, toIco } from '../metadata/draw.ts';
import { iconSvg } from '../metadata/icon.ts';

/** For browsers without support for SVG icons. */
export const GET: APIRoute = () => {
  const icons = [16, 32, 48].map((size) => ({ size, png: drawPng(iconSvg(0), size) }));
  return new Response(toIco(icons), { headers: { 'content-type': 'image/x-icon' } });
};
