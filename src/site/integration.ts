import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { publishRecordings } from '../store/published.ts';
import { failuresFile } from '../store/failures.ts';
import { writeSitemap } from './metadata/sitemap.ts';
import { formatProblem } from '../core/lesson/problem.ts';
import { foldersOf } from '../store/folders.ts';
import { LessonError, projectProblems } from '../store/project.ts';
import { forgetBuild } from '../store/once-for-build.ts';
import { writeSearchIndex } from './search-index.ts';
import { hasVm, publishVm } from '../browser-lab/build/publish.ts';

/**
 * The workshop's Astro integration. Before a build, it checks all lessons; after the build, it
 * publishes the recordings and writes the search index and the sitemap. During development, it
 * reloads the page when a recording has changed; Vite itself serves the recordings and the lab.
 */
export function workshopIntegration(): AstroIntegration {
  let root = '';
  let home: URL | undefined;
  return {
    name: 'workshop',
    hooks: {
      'astro:config:setup': ({ config, injectRoute }) => {
        if (!hasVm(fileURLToPath(config.root))) return;
        for (const [pattern, file] of [
          ['/offline-worker.js', 'offline-script.ts'],
          ['/port-frame.html', 'port-frame.ts'],
        ] as const)
          injectRoute({
            pattern,
            entrypoint: new URL(`../browser-lab/build/${file}`, import.meta.url),
          });
      },
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root);
        home =
          config.site === undefined
            ? undefined
            : new URL(config.base.replace(/\/?$/, '/'), config.site);
      },
      'astro:build:start': async () => {
        forgetBuild();
        const problems = await projectProblems(root);
        if (problems.length > 0)
          throw new LessonError(problems, problems.map(formatProblem).join('\n\n'));
      },
      'astro:build:done': async ({ dir, logger }) => {
        await publishRecordings(root, fileURLToPath(dir));
        if (hasVm(root)) await publishVm(root, fileURLToPath(dir));
        logger.info(`search: ${await writeSearchIndex(fileURLToPath(dir))} sections`);
        if (home !== undefined)
          logger.info(`sitemap: ${await writeSitemap(fileURLToPath(dir), home)} pages`);
      },
      'astro:server:setup': ({ server }) => {
        const { content, recordings } = foldersOf(root);
        const folders = [content, recordings, failuresFile(root)];
        server.watcher.add(folders);
        let reload: NodeJS.Timeout | undefined;
        server.watcher.on('all', (_event, file) => {
          if (!folders.some((folder) => file.startsWith(folder))) return;
          // A recorder replaces many files at once: reload once, when it is done.
          clearTimeout(reload);
          reload = setTimeout(() => server.ws.send({ type: 'full-reload' }), 100);
        });
      },
    },
  };
}
