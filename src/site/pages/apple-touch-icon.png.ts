import type { APIRoute } from 'astro';
import { drawPng } from '../metadata/draw.ts';
import { iconSvg } from '../metadata/icon.ts';

/** For home screens, in the size that Apple requires. */
export const GET: APIRoute = () =>
  new Response(drawPng(iconSvg(6), 180), { headers: { 'content-type': 'image/png' } });
