import { resolve } from 'node:path';
import { readArguments } from './command/arguments.ts';
import { changeLesson } from './tools/author/change-lesson.ts';
import { removal } from './tools/author/move-lesson.ts';

const { positionals } = readArguments('remove-lesson');
const [name = ''] = positionals;
process.exitCode = await changeLesson(name, (id) => removal(resolve('.'), id));
