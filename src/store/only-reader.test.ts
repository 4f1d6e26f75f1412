import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Imports of modules that read or write files. */
const FILES = /from '(?:node:fs|node:fs\/promises)'/;
/** Names of the folders and of files in them, as code that opens one would write them. */
const STORED = /['"`](?:content|recordings)(?:\/[^'"`]*)?['"`]|recordingPaths/g;

/** Files that use such a name for something else. */
const OTHERS: Readonly<Record<string, string>> = {
  'scripts/ci/patch.ts': 'paths in a commit',
  'scripts/export/html/file.ts': 'the recordings that a built site publishes',
  'scripts/export/kit/images.ts': 'the kind of an entry in an archive',
  'scripts/export/workshop.ts': 'an attribute of HTML',
  'scripts/tools/bench/lessons.ts': 'a temporary folder of recordings',
  'scripts/tools/bench/site/bare-site.ts': 'a site without recordings',
  'scripts/tools/fixtures/project.ts': 'temporary projects',
  'scripts/tools/move-lesson/move-lesson.ts': 'all texts of the project; the store writes them',
};

test('only the store opens lessons or recordings', () => {
  const found = globSync('{src,scripts}/**/*.{ts,mjs,astro}')
    .filter((file) => !file.startsWith('src/store/') && !file.endsWith('.test.ts'))
    .filter((file) => {
      const text = readFileSync(file, 'utf8');
      return FILES.test(text) && text.match(STORED) !== null;
    });
  // Unused exceptions are errors as well.
  expect(found.sort()).toEqual(Object.keys(OTHERS));
});
