import { root, site as address } from 'astro:config/server';
import { fileURLToPath } from 'node:url';
import type { APIRoute } from 'astro';
import { stepsOf } from '../../lesson/model.ts';
import { cardSvg, type Card } from '../../machines/card.ts';
import { drawPng } from '../../machines/draw.ts';
import { openLesson } from '../../recordings.ts';
import { workshop } from '../../workshop.ts';

/** A social card for each lesson, and one for all other pages. They are linked by absolute addresses only. */
export async function getStaticPaths() {
  if (address === undefined) return [];
  const site: Card = {
    title: 'A Docker workshop in which every line is real',
    command: 'docker run -it debian bash',
  };
  const places = (await workshop()).flatMap((part) => part.places);
  const lessons = places.map(async ({ entry, code }) => {
    const { lesson } = await openLesson(fileURLToPath(root), entry.id);
    const first = stepsOf(lesson).find(({ options }) => !options.hide);
    const command = first?.commands[0]?.lines[0] ?? 'docker run';
    const card: Card = { title: entry.data.title, code, command };
    return { params: { card: entry.id }, props: { card } };
  });
  return [{ params: { card: 'site' }, props: { card: site } }, ...(await Promise.all(lessons))];
}

export const GET: APIRoute<{ card: Card }> = ({ props }) =>
  new Response(drawPng(cardSvg(props.card)), { headers: { 'content-type': 'image/png' } });
