import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readArguments, refuse } from './command/arguments.ts';
import { changeLesson } from './tools/author/change-lesson.ts';
import { idRefusal } from './tools/author/lesson-id.ts';
import { renaming } from './tools/author/move-lesson.ts';

const { positionals } = readArguments('rename-lesson');
const [old = '', id = ''] = positionals;
const refusal = idRefusal(id, 'content/lessons');
if (refusal !== undefined) refuse('rename-lesson', refusal);
for (const taken of [`content/lessons/${id}.mdx`, `recordings/${id}`])
  if (existsSync(resolve(taken))) refuse('rename-lesson', `the name ${id} is taken: by ${taken}`);

process.exitCode = await changeLesson(old, (lesson) => renaming(resolve('.'), lesson, id));
