import { resolve } from 'node:path';
import { foldersOf, placesOfLesson } from '../src/store/folders.ts';
import { readArguments, refuse } from './command/arguments.ts';
import { changeLesson } from './tools/move-lesson/change-lesson.ts';
import { idRefusal } from './tools/author/lesson-id.ts';
import { renaming } from './tools/move-lesson/move-lesson.ts';

const { positionals } = readArguments('rename-lesson');
const [old = '', id = ''] = positionals;
const refusal = idRefusal(id, foldersOf('').content);
if (refusal !== undefined) refuse('rename-lesson', refusal);
for (const taken of placesOfLesson('', id))
  refuse('rename-lesson', `the name ${id} is taken: ${taken} exists`);

process.exitCode = await changeLesson(old, (lesson) => renaming(resolve('.'), lesson, id));
