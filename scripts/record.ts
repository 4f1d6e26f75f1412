import { resolve } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { endStatus, onInterrupt } from './interrupt.ts';
import { startProgress } from './progress.ts';
import { UsageError } from './record/lessons.ts';
import { record, type RecordOptions } from './record/record.ts';
import { asJson, details, summary } from './record/report.ts';
import { WriteError } from './record/write-error.ts';

const USAGE = `npm run record -- [LESSON[#STEP]…] [options]: plays what is missing or stale, and writes the recordings
  --all             play also what is up to date
  --check           write nothing; exit 10 where a recording is missing, stale or drifted
  --content DIR     a folder of lessons instead of content/lessons
  --recordings DIR  a folder of recordings instead of recordings
  --jobs N          play N lessons at once (1 if absent)
  --json            one JSON summary on stdout`;

const ENDED_EARLY = 'the run was ended early: no recording was changed; run it again to play all';

const progress = startProgress();
const signal = onInterrupt(progress.print);
process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const { options, json } = readArguments();
    const result = await record(options);
    progress.done();
    for (const text of details(result, options.check)) progress.print(text);
    // An interrupt may still come when all is written.
    if (result.status === 130) progress.print(ENDED_EARLY);
    process.stdout.write(`${json ? asJson(result) : summary(result)}\n`);
    return result.status === 130 ? endStatus(signal) : result.status;
  } catch (error) {
    if (signal.aborted) {
      progress.print(ENDED_EARLY);
      return endStatus(signal);
    }
    if (error instanceof UsageError || error instanceof WriteError)
      progress.print(`${error.message}\n  to mend:  ${error.hint}`);
    else progress.print(`this is a mistake in the recorder: ${inspect(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function readArguments(): { options: RecordOptions; json: boolean } {
  const { values, positionals } = parse();
  const jobs = Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1)
    throw new UsageError(`--jobs ${values.jobs} is no number of jobs`, 'use a whole number from 1');
  return {
    json: values.json,
    options: {
      content: resolve(values.content),
      recordings: resolve(values.recordings),
      names: positionals,
      all: values.all,
      check: values.check,
      jobs,
      report: progress.report,
      signal,
    },
  };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        all: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        content: { type: 'string', default: 'content/lessons' },
        recordings: { type: 'string', default: 'recordings' },
        jobs: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), USAGE);
  }
}
