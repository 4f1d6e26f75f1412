import { fileURLToPath, pathToFileURL } from 'node:url';
import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import { workshopIntegration } from './src/site/integration.ts';
import { glossaryPlugin } from './src/site/markdown/glossary-plugin.ts';
import { lessonPlugin } from './src/site/markdown/lesson-plugin.ts';
import { headingIdsPlugin } from './src/site/markdown/heading-ids.ts';
import { rowsPlugin } from './src/site/markdown/rows-plugin.ts';
import { foldersOf } from './src/store/folders.ts';
import { glossaryTerms } from './src/store/reference.ts';

// Where the site will stand; without SITE_URL its pages have no canonical address.
const site = process.env.SITE_URL;
const base = process.env.BASE_PATH ?? '/';

// Lessons link the words of the glossary; translations are not linked to an English one.
const root = fileURLToPath(new URL('.', import.meta.url));
const lessons = `${pathToFileURL(foldersOf(root).content).href}/`;
const glossary = glossaryPlugin(
  () => glossaryTerms(root),
  (file) => file !== undefined && /^[^/]+\.mdx$/.test(file.href.replace(lessons, '')),
);

export default defineConfig({
  srcDir: './src/site',
  ...(site && { site }),
  base,
  trailingSlash: 'always',
  cacheDir: './.astro/cache',
  devToolbar: { enabled: false },
  // Editors read the schemas of the front matter that it writes; see CONTRIBUTING.md.
  experimental: { contentIntellisense: true },
  integrations: [mdx(), workshopIntegration()],
  markdown: {
    // Code is highlighted by the plugin, with class names: the policy below allows no style attributes.
    syntaxHighlight: false,
    processor: satteri({
      mdastPlugins: [headingIdsPlugin(), glossary, rowsPlugin(), lessonPlugin(base)],
    }),
  },
  build: { inlineStylesheets: 'never' },
  vite: {
    cacheDir: './.astro/vite',
    // Found by the first page that asks for it, it would load that page again.
    optimizeDeps: { include: ['asciinema-player'] },
    css: {
      postcss: {
        plugins: [
          {
            // The colours that the player brings: the site has a theme of its own, harbour.
            postcssPlugin: 'without-themes',
            Rule: (rule) => {
              if (/^\.asciinema-player-theme-(?!harbour)/.test(rule.selector)) rule.remove();
            },
          },
        ],
      },
    },
    // CommonJS: loaded by Node itself.
    ssr: { external: ['@xterm/headless', '@xterm/addon-unicode11'] },
    worker: {
      format: 'es',
      // What v86 asks for in Node alone.
      rolldownOptions: { external: [/^(node:)?(crypto|fs|fs\/promises|perf_hooks|url)$/] },
    },
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: {
        onLog(level, log, report) {
          // Astro's own marks on content modules: they mean nothing to a bundler.
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
  },
});
