import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { plainFile, type MadeLesson } from './made-lessons.ts';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }\n',
  'astro.config.mjs': `import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';

export default defineConfig({ integrations: [mdx()], markdown: { syntaxHighlight: false } });
`,
  'src/content.config.ts': `import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const lessons = defineCollection({
  loader: glob({ base: 'content', pattern: '*.mdx' }),
  schema: z.object({ title: z.string(), description: z.string() }),
});
export const collections = { lessons };
`,
  'src/pages/index.astro': `---
import { getCollection } from 'astro:content';
const lessons = await getCollection('lessons');
---
<html lang="en"><head><title>Lessons</title></head><body><ul>
{lessons.map(({ id, data }) => <li><a href={\`/lessons/\${id}/\`}>{data.title}</a></li>)}
</ul></body></html>
`,
  'src/pages/lessons/[lesson].astro': `---
import { getCollection, render } from 'astro:content';
export async function getStaticPaths() {
  const lessons = await getCollection('lessons');
  return lessons.map((entry) => ({ params: { lesson: entry.id }, props: { entry, lessons } }));
}
const { entry, lessons } = Astro.props;
const { Content } = await render(entry);
---
<html lang="en"><head><title>{entry.data.title}</title></head><body>
<nav><ul>{lessons.map(({ id, data }) => <li><a href={\`/lessons/\${id}/\`}>{data.title}</a></li>)}</ul></nav>
<main data-pagefind-body><h1>{entry.data.title}</h1><Content /></main>
</body></html>
`,
  'build.ts': `import { build } from 'astro';
import { close, createIndex } from 'pagefind';

await build({ logLevel: 'error' });
const { index } = await createIndex();
await index?.addDirectory({ path: 'dist' });
await index?.writeFiles({ outputPath: 'dist/pagefind' });
await close();
`,
};

/** The least that Astro needs to show the same lessons, in a folder of its own: a list of all, and a search index. */
export async function bareSite(lessons: readonly MadeLesson[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'you-like-docker-bare-'));
  await Promise.all(
    ['content', 'src/pages/lessons'].map((name) => mkdir(join(root, name), { recursive: true })),
  );
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(root, name), text);
  for (const lesson of lessons)
    await writeFile(join(root, 'content', `${lesson.id}.mdx`), plainFile(lesson));
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
  return root;
}
