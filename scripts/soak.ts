import { resolve } from 'node:path';
import { foldersOf } from '../src/store/folders.ts';
import { readArguments } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { record } from './recorder/record.ts';
import { details, summary } from './recorder/report/text.ts';

const [runs = '20'] = readArguments('soak').positionals;
const print = (line: string): void => void process.stderr.write(`soak: ${line}\n`);
const signal = onInterrupt(print);
const status = await main();
// A removed lab can leave a connection open forever, so exit explicitly.
process.stdout.write('', () => process.exit(status));

async function main(): Promise<number> {
  const sum = { lessons: 0, changed: 0, failed: 0, again: 0 };
  let isSteady = true;
  for (let number = 1; number <= Number(runs); number++) {
    const start = performance.now();
    const how = { names: [], all: true, check: true, jobs: 2, report: () => undefined, signal };
    const result = await record({ ...foldersOf(resolve('.')), ...how });
    if (signal.aborted) return endStatus(signal);
    details(result).forEach(print);
    if (result.status === 2) return 2;
    isSteady &&= result.status === 0;
    for (const { changes, failure } of result.lessons) {
      sum.lessons++;
      sum.changed += changes.length;
      if (failure !== undefined) sum.failed++;
    }
    sum.again += result.triedAgain.length;
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    print(`run ${number} of ${runs}, ${seconds} s: ${summary(result)}`);
  }
  process.stdout.write(
    `runs: ${runs}, lessons run: ${sum.lessons}, steps changed: ${sum.changed}, ` +
      `lessons failed: ${sum.failed}, lessons tried again: ${sum.again}\n`,
  );
  return isSteady ? 0 : 1;
}
