import { basename, join } from 'node:path';
import { formatProblem } from '../src/core/lesson/problem.ts';
import { addLesson } from '../src/store/lessons.ts';
import { parseLesson } from '../src/core/lesson/parse.ts';
import { readArguments } from './command/arguments.ts';
import { newLesson } from './tools/author/new-lesson.ts';

process.exitCode = main();

function main(): number {
  const { values, positionals } = readArguments('new-lesson');
  const [id = ''] = positionals;
  if (id !== basename(id)) return refuse(`${id} is no name of a lesson: it holds a slash`);
  if (/^[a-z]{2}$/.test(id))
    return refuse(
      `${id} is no name of a lesson: two letters name a language, whose translations are there`,
    );
  const file = join(values.content, `${id}.mdx`);
  const text = newLesson(id);
  // Also an id that no lesson can have is found by the one who reads lessons.
  const [problem] = parseLesson(text, file).problems;
  if (problem !== undefined) return refuse(formatProblem(problem));
  if (!addLesson(values.content, id, text))
    return refuse(`${file} is there already: it was left as it is`);
  process.stdout.write(
    `${file}\n  npm run record -- ${id}   plays it\n  npm run dev                plays it each time that you save it\n`,
  );
  return 0;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}
