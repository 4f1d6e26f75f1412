import { site as address } from 'astro:config/server';
import type { APIRoute } from 'astro';
import { stepsOf } from '../../../core/lesson/model.ts';
import { cardSvg, type Card } from '../../metadata/card.ts';
import { drawPng } from '../../metadata/draw.ts';
import { openLesson } from '../../../store/project.ts';
import { translationEntries, workshop } from '../../workshop.ts';
import { PROJECT } from '../../project.ts';

/**
 * A social card for each lesson, and one for all other pages. They are linked only by absolute
 * addresses.
 */
export async function getStaticPaths() {
  if (address === undefined) return [];
  const site: Card = {
    title: 'A Docker workshop in which every line is real',
    command: 'docker run -it debian bash',
  };
  const places = (await workshop()).flatMap((part) => part.places);
  const translations = await translationEntries();
  const lessons = places.map(async ({ entry, code }) => {
    const { lesson } = await openLesson(PROJECT, entry.id);
    const first = stepsOf(lesson).find(({ options }) => !options.hide);
    const command = first?.commands[0]?.lines[0] ?? 'docker run';
    // A translation has its own card, with its title.
    const own = translations.filter(({ id }) => id.split('/')[1] === entry.id);
    return [entry, ...own].map(({ id, data: { title } }) => ({
      params: { card: id.replace('/', '-') },
      props: { card: { title, code, command } satisfies Card },
    }));
  });
  return [
    { params: { card: 'site' }, props: { card: site } },
    ...(await Promise.all(lessons)).flat(),
  ];
}

export const GET: APIRoute<{ card: Card }> = ({ props }) =>
  new Response(drawPng(cardSvg(props.card)), { headers: { 'content-type': 'image/png' } });
