import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { readArguments, refuse, type Arguments } from './command/arguments.ts';
import { endStatus, onInterrupt, REPORT_IT } from './command/interrupt.ts';
import { startProgress } from './command/progress.ts';
import type { Engine } from '../src/core/recording/engines.ts';
import { readEngines } from '../src/store/engines.ts';
import { foldersOf } from '../src/store/folders.ts';
import { UsageError } from '../src/store/selection.ts';
import type { RecordOptions } from './recorder/options.ts';
import { record } from './recorder/record.ts';
import { annotations } from './recorder/report/annotations.ts';
import { requireWritable, writeReports, type ReportFiles } from './recorder/report/files.ts';
import { asJson } from './recorder/report/json.ts';
import { details, summary } from './recorder/report/text.ts';
import type { RecordResult } from './recorder/result.ts';
import { parseShard } from './recorder/shard.ts';
import { worst } from './recorder/status.ts';
import { WriteError } from '../src/store/write-error.ts';

const ENDED_EARLY =
  'the run was interrupted: no recording was changed; run it again to run all lessons';

const CUT_SHORT =
  'a report was not finished; the recordings and everything else are as printed above';

const DEFAULT = foldersOf('');

const args = readArguments('record');
const progress = startProgress();
/** Whether the recordings are complete, so that only reports are still to be written. */
let isRecorded = false;
const signal = onInterrupt(progress.print, () => {
  if (!isRecorded) return undefined;
  progress.print(CUT_SHORT);
  return 1;
});
const status = await main();
// A removed lab can leave a connection open forever, so exit explicitly.
process.stdout.write('', () => process.exit(status));

async function main(): Promise<number> {
  try {
    const { options, json, files } = optionsOf(args);
    requireWritable(files);
    const result = await record(options);
    progress.done();
    printResult(result);
    if (result.unwritten !== undefined) progress.print(refusalText(result.unwritten));
    // An interrupt may come even after everything is written.
    if (result.status === 130) progress.print(ENDED_EARLY);
    else isRecorded = true;
    process.stdout.write(`${json ? asJson(result) : summary(result)}\n`);
    const refused = await writeReports(result, files);
    refused.map(refusalText).forEach(progress.print);
    const status = refused.length > 0 ? worst([result.status, 1]) : result.status;
    return status === 130 ? endStatus(signal) : status;
  } catch (error) {
    if (signal.aborted && !isRecorded) {
      progress.print(ENDED_EARLY);
      return endStatus(signal);
    }
    if (error instanceof UsageError || error instanceof WriteError)
      progress.print(refusalText(error));
    else progress.print(`this is a bug in the recorder: ${inspect(error)}\n${REPORT_IT}`);
    if (isRecorded) progress.print(CUT_SHORT);
    return error instanceof UsageError ? 2 : 1;
  }
}

function refusalText({ message, hint }: UsageError | WriteError): string {
  return `${message}\n  to fix:   ${hint}`;
}

function printResult(result: RecordResult): void {
  const texts = details(result);
  if (process.env['GITHUB_ACTIONS'] !== 'true') {
    texts.forEach(progress.print);
    return;
  }
  // The runner must not interpret lines of a screen as workflow commands, so they are disabled
  // until the token.
  const token = randomUUID();
  for (const line of [`::stop-commands::${token}`, ...texts, `::${token}::`]) progress.print(line);
  annotations(result).forEach(progress.print);
}

function optionsOf({ values, positionals }: Arguments<'record'>): {
  options: RecordOptions;
  json: boolean;
  files: ReportFiles;
} {
  const recordings = resolve(values.recordings ?? DEFAULT.recordings);
  const shard = values.shard === undefined ? undefined : parseShard(values.shard);
  if (values.shard !== undefined && shard === undefined)
    refuse('record', `--shard ${values.shard} is not valid: write it as I/N, such as 1/3`);
  return {
    json: values.json,
    files: {
      ...(values.report !== undefined && { html: fromCaller(values.report) }),
      ...(values.junit !== undefined && { junit: fromCaller(values.junit) }),
    },
    options: {
      content: resolve(values.content),
      recordings,
      // With another folder of lessons, keep the recordings of the lessons in this project.
      keepsOthers:
        values.recordings === undefined && resolve(values.content) !== resolve(DEFAULT.content),
      names: positionals,
      all: values.all,
      check: values.check,
      jobs: values.jobs,
      ...(values.engine !== undefined && { engine: engineOf(values.engine, recordings) }),
      ...(shard && { shard }),
      report: progress.report,
      signal,
    },
  };
}

function engineOf(name: string, recordings: string): Engine {
  const engines = readEngines(recordings);
  const known = engines.map((engine) => engine.name).join(', ') || 'none';
  return (
    engines.find((engine) => engine.name === name) ??
    refuse('record', `there is no Engine ${name} in recordings/engines.json, only: ${known}`)
  );
}

/** Resolves a path from the caller's folder: npm runs the command in the folder of the project. */
function fromCaller(path: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: caller = '.' } = process.env;
  return resolve(script === 'record' ? caller : '.', path);
}
