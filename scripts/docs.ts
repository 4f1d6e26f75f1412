import { readFileSync, writeFileSync } from 'node:fs';
import { foldersOf } from '../src/store/folders.ts';
import { readLessons } from '../src/store/lessons.ts';
import { readArguments } from './command/arguments.ts';
import { withCommandTable } from './tools/author/command-table.ts';
import { examplesOf } from './tools/author/examples.ts';
import {
  authoringReference,
  frontMatterJson,
  isExampleIn,
  withoutExamples,
} from './tools/author/reference.ts';

// Generates documentation and the editor schema from the source code and the lessons.

const { check } = readArguments('docs').values;

const { texts } = readLessons(foldersOf('').content);
const earlier = textOf('docs/authoring.md') ?? '';
const files = {
  'docs/authoring.md': authoringReference(
    examplesOf(texts, (option, example) => isExampleIn(earlier, option, example)),
  ),
  'docs/front-matter.schema.json': frontMatterJson(),
  'README.md': withCommandTable(textOf('README.md') ?? ''),
};
// `--check` prints which files are out of date, and writes nothing. It ignores examples whose
// lesson has changed, so that a change of a lesson does not require `npm run docs`.
for (const [file, text] of Object.entries(files)) {
  const now = textOf(file);
  if (now === text) continue;
  if (check && now !== undefined && withoutExamples(now) === withoutExamples(text)) continue;
  if (check) process.exitCode = 1;
  else writeFileSync(file, text);
  process.stdout.write(check ? `${file} is out of date: npm run docs\n` : `wrote ${file}\n`);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
