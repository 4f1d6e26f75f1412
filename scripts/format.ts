import { readArguments } from './command/arguments.ts';
import { runScript } from './tools/vitest.ts';

readArguments('format');
process.exitCode = await runScript(['prettier/bin/prettier.cjs', '--write', '.']);
