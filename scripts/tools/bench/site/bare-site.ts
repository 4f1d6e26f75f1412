import { cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cutPage, type CutPage } from './cut-page.ts';
import { bareFile, type MadeLesson } from './made-lessons.ts';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }\n',
  'astro.config.mjs': `import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';

export default defineConfig({
  srcDir: './src/site',
  integrations: [mdx()],
  trailingSlash: 'always',
  build: { inlineStylesheets: 'never' },
  markdown: { syntaxHighlight: false },
  vite: { build: { assetsInlineLimit: 0 } },
});
`,
  'src/site/content.config.ts': `import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const lessons = defineCollection({
  loader: glob({ base: 'content', pattern: '*.mdx' }),
  schema: z.object({ title: z.string(), description: z.string() }),
});
export const collections = { lessons };
`,
  'src/site/components/Html.astro': `---
const { of } = Astro.props;
---
<Fragment set:html={of} />
`,
  'src/site/pages/lessons/[lesson].astro': `---
import { getCollection, render } from 'astro:content';
import { readFileSync } from 'node:fs';
import Html from '../../components/Html.astro';
import '../../styles/sheets/lesson.css';
export async function getStaticPaths() {
  const lessons = await getCollection('lessons');
  return lessons.map((entry) => ({ params: { lesson: entry.id }, props: { entry } }));
}
const { entry } = Astro.props;
const { Content } = await render(entry);
const { head, before, after, end } = JSON.parse(readFileSync(\`frames/\${entry.id}.json\`, 'utf8'));
---
<!doctype html>
<html lang="en" data-base="/">
  <head><Fragment set:html={head} /></head>
  <body><Fragment set:html={before} /><article class="prose" data-pagefind-body><Content components={{ Html }} /><Fragment set:html={after} /></article><Fragment set:html={end} /><script>
    import '../../client/page.ts';
  </script></body>
</html>
`,
  'build.ts': `import { build } from 'astro';
import { close, createIndex } from 'pagefind';

await build({ logLevel: 'error' });
const { index } = await createIndex({ excludeSelectors: ['.step > figcaption', '.step > .foot'] });
await index?.addDirectory({ path: 'dist' });
await index?.writeFiles({ outputPath: 'dist/pagefind' });
await close();
`,
};

/** Folders of this project with the files that a page loads. */
const LOADED = ['core', 'browser-lab', 'site/client', 'site/styles', 'site/i18n'];

/**
 * Creates an Astro site with the same lesson pages that does not use recordings. Prose is Markdown;
 * everything that this project generates (the frame, the list of lessons, each terminal) is
 * included as finished HTML. Styles, scripts and linked files are the same; there are no other
 * pages.
 * @param project folder of the built project
 */
export async function bareSite(lessons: readonly MadeLesson[], project: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'you-like-docker-bare-'));
  const folders = [
    'content',
    'frames',
    'public/lessons',
    'src/site/pages/lessons',
    'src/site/components',
  ];
  for (const folder of folders) await mkdir(join(root, folder), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(root, name), text);
  for (const folder of LOADED)
    await cp(join(project, 'src', folder), join(root, 'src', folder), { recursive: true });
  const built = join(project, 'dist');
  await cp(join(built, 'recordings'), join(root, 'public/recordings'), { recursive: true });
  for (const lesson of lessons) {
    const { terminals, opening, ...frame } = cutPage(await readPage(built, lesson.id));
    await writeFile(
      join(root, 'content', `${lesson.id}.mdx`),
      bareFile(lesson, opening, terminals),
    );
    await writeFile(join(root, 'frames', `${lesson.id}.json`), JSON.stringify(frame));
    const markdown = `lessons/${lesson.id}.md`;
    await cp(join(built, markdown), join(root, 'public', markdown));
  }
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
  return root;
}

/**
 * Checks that the lesson pages of two built sites are the same except for the names of their style
 * sheets and scripts.
 * @throws {Error} naming the first page that differs
 */
export async function sameLessonPages(ours: string, bare: string): Promise<void> {
  for (const id of await readdir(join(bare, 'lessons'))) {
    if (id.endsWith('.md')) continue;
    const [here, there] = [await readPage(ours, id), await readPage(bare, id)].map(comparable);
    if (here === undefined || here !== there)
      throw new Error(`the page of ${id} differs between the bare site and this site`);
  }
}

function comparable(html: string): string {
  const { opening, terminals, ...frame }: CutPage = cutPage(html);
  const article = /<article[^]*<\/article>/.exec(html)?.[0] ?? '';
  // Astro keeps the line feeds between the blocks of Markdown.
  return JSON.stringify([opening, terminals, frame, article]).replaceAll(/(?:\\n)+(?=<)/g, '');
}

function readPage(dist: string, lesson: string): Promise<string> {
  return readFile(join(dist, 'lessons', lesson, 'index.html'), 'utf8');
}
