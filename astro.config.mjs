import { fileURLToPath, pathToFileURL } from 'node:url';
import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import { otherEngines } from './src/site/engines.ts';
import { workshopIntegration } from './src/site/integration.ts';
import { glossaryPlugin } from './src/site/markdown/glossary-plugin.ts';
import { lessonPlugin } from './src/site/markdown/lesson-plugin.ts';
import { headingIdsPlugin } from './src/site/markdown/heading-ids.ts';
import { notesPlugin } from './src/site/markdown/notes-plugin.ts';
import { quotesPlugin } from './src/site/markdown/quotes-plugin.ts';
import { rowsPlugin } from './src/site/markdown/rows-plugin.ts';
import { foldersOf } from './src/store/folders.ts';
import { openEngines } from './src/store/project.ts';
import { glossaryTerms } from './src/store/reference.ts';

// The origin of the published site; without SITE_URL, pages have no canonical address.
const site = process.env.SITE_URL;
const base = process.env.BASE_PATH ?? '/';

// Lessons link to the glossary; translations do not, since the glossary is in English.
const root = fileURLToPath(new URL('.', import.meta.url));
const lessons = `${pathToFileURL(foldersOf(root).content).href}/`;
const glossary = glossaryPlugin(
  () => glossaryTerms(root),
  (file) => file !== undefined && /^[^/]+\.mdx$/.test(file.href.replace(lessons, '')),
);

/** What `@engines` in a style sheet selects. */
const others = otherEngines(await openEngines(root));

/**
 * Replaces Vite's function that loads the style sheets of a script before the script: our scripts
 * load theirs themselves (`src/site/client/styles.ts`), and every page would carry it.
 */
const withoutPreload = {
  name: 'without-preload',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'client',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null,
  generateBundle(_options, bundle) {
    for (const { fileName, isDynamicEntry, viteMetadata } of Object.values(bundle))
      if (isDynamicEntry && viteMetadata?.importedCss.size > 0)
        this.error(`${fileName} imports a style sheet, which is not loaded: import it with ?url`);
  },
};

export default defineConfig({
  srcDir: './src/site',
  ...(site && { site }),
  base,
  trailingSlash: 'always',
  cacheDir: './.astro/cache',
  devToolbar: { enabled: false },
  // Generates front matter schemas for editors; see CONTRIBUTING.md.
  experimental: { contentIntellisense: true },
  integrations: [mdx(), workshopIntegration()],
  markdown: {
    // The lesson plugin highlights code, with class names: the policy forbids style attributes.
    syntaxHighlight: false,
    processor: satteri({
      mdastPlugins: [
        notesPlugin(),
        quotesPlugin(),
        headingIdsPlugin(),
        glossary,
        rowsPlugin(),
        lessonPlugin(base),
      ],
    }),
  },
  build: { inlineStylesheets: 'never' },
  vite: {
    cacheDir: './.astro/vite',
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              // Small modules that the script of every page and what it loads later share:
              // together, they are one request.
              codeSplitting: {
                groups: [
                  {
                    name: 'shared',
                    test: /client\/(?:element|for-reader|styles|words)\.ts$|styles\/player\.css/,
                  },
                ],
              },
            },
          },
        },
      },
    },
    // If Vite discovered it only when a page requests it, that page would be reloaded.
    optimizeDeps: { include: ['asciinema-player'] },
    css: {
      postcss: {
        plugins: [
          {
            postcssPlugin: 'engines',
            AtRule: {
              engines: (rule, { Rule }) => {
                const { nodes, source } = rule;
                if (others === '') rule.remove();
                else rule.replaceWith(new Rule({ selector: others, nodes, source }));
              },
            },
          },
          {
            // Removes the player's themes: the site has its own, harbour.
            postcssPlugin: 'without-themes',
            Rule: (rule) => {
              if (/^\.asciinema-player-theme-(?!harbour)/.test(rule.selector)) rule.remove();
            },
          },
        ],
      },
    },
    // CommonJS packages, loaded by Node.
    ssr: { external: ['@xterm/headless', '@xterm/addon-unicode11'] },
    worker: {
      format: 'es',
      // Modules that v86 requires only in Node.
      rolldownOptions: { external: [/^(node:)?(crypto|fs|fs\/promises|perf_hooks|url)$/] },
    },
    plugins: [withoutPreload],
    build: {
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: {
        onLog(level, log, report) {
          // Ignore Astro's directives in content modules, which have no meaning for the bundler.
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
  },
});
