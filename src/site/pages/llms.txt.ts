import type { APIRoute } from 'astro';
import { absoluteLink } from '../links.ts';
import { workshop } from '../workshop.ts';

/** The workshop for language models, in the form of https://llmstxt.org. */
export const GET: APIRoute = async ({ site }) => {
  const parts = (await workshop()).map(({ title, places }) => {
    const lessons = places.map(
      ({ entry: { id, data } }) =>
        `- [${data.title}](${absoluteLink(`lessons/${id}.md`, site)}): ${data.description}`,
    );
    return `## ${title}\n\n${lessons.join('\n')}`;
  });
  const more = [
    `- [All lessons in one file](${absoluteLink('llms-full.txt', site)})`,
    `- [Commands you know](${absoluteLink('commands/', site)}): the recorded help of every docker command that the lessons use`,
    `- [Cheat sheet](${absoluteLink('cheat-sheet/', site)}): the commands and options of the lessons, in a few words each`,
    `- [Error messages](${absoluteLink('errors/', site)}): what each means, what to do, and the step that shows it`,
    `- [Glossary](${absoluteLink('glossary/', site)})`,
  ];
  const text = [
    '# You Like Docker',
    '> A Docker workshop in which every line of terminal output is real: recorded from a Docker Engine, and recorded again whenever it may have changed.',
    'Each lesson is a Markdown file with its commands and the output that the Engine printed.',
    ...parts,
    `## More\n\n${more.join('\n')}`,
  ].join('\n\n');
  return new Response(`${text}\n`);
};
