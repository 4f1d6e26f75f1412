import { buildSite } from '../site/build.ts';

/* Builds the site into the folder that the first argument names. */

await buildSite({ stale: 'show', outDir: process.argv[2] ?? '' });
