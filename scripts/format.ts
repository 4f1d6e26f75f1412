import { readArguments } from './command/arguments.ts';
import { runScript } from './tools/vitest.ts';

readArguments('format');
const { status } = await runScript(['prettier/bin/prettier.cjs', '--write', '.']);
process.exitCode = status;
