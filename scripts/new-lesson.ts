import { join } from 'node:path';
import { addLesson } from '../src/store/lessons.ts';
import { readArguments } from './command/arguments.ts';
import { idRefusal } from './tools/author/lesson-id.ts';
import { newLesson } from './tools/author/new-lesson.ts';

process.exitCode = main();

function main(): number {
  const { values, positionals } = readArguments('new-lesson');
  const [id = ''] = positionals;
  const file = join(values.content, `${id}.mdx`);
  const refusal = idRefusal(id, values.content);
  if (refusal !== undefined) return refuse(refusal);
  if (!addLesson(values.content, id, newLesson(id)))
    return refuse(`${file} already exists; it was not changed`);
  process.stdout.write(
    `${file}\n  npm run record -- ${id}   runs it\n` +
      '  npm run dev                runs it each time you save it\n',
  );
  return 0;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}
