import { resolve } from 'node:path';
import { readArguments } from './command/arguments.ts';
import { changeLesson } from './tools/move-lesson/change-lesson.ts';
import { removal } from './tools/move-lesson/move-lesson.ts';

const { positionals } = readArguments('remove-lesson');
const [name = ''] = positionals;
process.exitCode = await changeLesson(name, (id) => removal(resolve('.'), id));
