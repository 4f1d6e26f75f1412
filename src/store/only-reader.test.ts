import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What reads or writes files. */
const FILES = /from '(?:node:fs|node:fs\/promises)'/;
/** Names of the folders, and of files in them, as somebody would write them who opens one. */
const STORED = /['"`](?:content|recordings)(?:\/[^'"`]*)?['"`]|recordingPaths/g;

/** Who names such a folder, and means another one. */
const OTHERS: Readonly<Record<string, string>> = {
  'scripts/ci/patch.ts': 'paths in a commit',
  'scripts/export/html/file.ts': 'the recordings that a built site publishes',
  'scripts/export/workshop.ts': 'an attribute of HTML',
  'scripts/tools/author/move-lesson.ts': 'all texts of the project; the store writes them',
  'scripts/tools/bench/lessons.ts': 'a folder of recordings that is thrown away',
  'scripts/tools/bench/site/bare-site.ts': 'a site that knows nothing of recordings',
  'scripts/tools/fixtures/project.ts': 'author and recorder of projects that are thrown away',
};

test('nothing but the store opens lessons or recordings', () => {
  const found = globSync('{src,scripts}/**/*.{ts,mjs,astro}')
    .filter((file) => !file.startsWith('src/store/') && !file.endsWith('.test.ts'))
    .filter((file) => {
      const text = readFileSync(file, 'utf8');
      return FILES.test(text) && text.match(STORED) !== null;
    });
  // Also an exception that nobody needs any more is one too many.
  expect(found.sort()).toEqual(Object.keys(OTHERS));
});
