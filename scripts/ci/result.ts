import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { ID } from '../../src/core/lesson/id.ts';
import { CiError } from './error.ts';

const id = z.string().regex(ID);

const change = z.literal([
  'missing',
  'stale',
  'damaged',
  'new',
  'edited',
  'source',
  'follows',
  'shares',
  'drift',
]);

const resultSchema = z.object({
  status: z.number().int(),
  lessons: z.array(z.object({ lesson: id, result: z.string().regex(/^[a-z ]+$/) })),
  steps: z.array(
    z.object({
      lesson: id,
      step: id,
      file: z.string(),
      line: z.number().int(),
      change,
      /** What changed of the text that masks hide; a line for each. */
      masked: z.array(z.string()).optional(),
      /** Lines of a unified diff. */
      difference: z.array(z.string()).optional(),
    }),
  ),
  failures: z.array(
    z.object({
      lesson: id,
      status: z.number().int(),
      step: z.string().optional(),
      file: z.string().optional(),
      line: z.number().int().optional(),
      title: z.string(),
      screen: z.string().optional(),
      /** Lines of a unified diff. */
      difference: z.array(z.string()).optional(),
      log: z.string().optional(),
    }),
  ),
  problems: z.array(z.object({ file: z.string(), line: z.number().int(), title: z.string() })),
});

/** The output of `record --json`. It may come from another machine. */
export type Result = z.infer<typeof resultSchema>;

/**
 * Reads every `result.json` in a folder and merges them: each machine ran a share of the lessons.
 * @throws {CiError} if there is none, or one cannot be read
 */
export async function readResults(folder: string): Promise<Result> {
  const files = (await readdir(folder, { recursive: true }).catch(() => []))
    .filter((name) => /(^|[/\\])result\.json$/.test(name))
    .sort();
  if (files.length === 0)
    throw new CiError(`there is no result.json in ${folder}, so the run ended too early`);
  const results = await Promise.all(files.map((name) => readResult(join(folder, name))));
  return {
    status: worst(results.map(({ status }) => status)),
    lessons: results.flatMap(({ lessons }) => lessons),
    steps: results.flatMap(({ steps }) => steps),
    failures: results.flatMap(({ failures }) => failures),
    // Each machine reads all lessons, so all report the same problems.
    problems: results[0]?.problems ?? [],
  };
}

async function readResult(file: string): Promise<Result> {
  try {
    return resultSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new CiError(`${file} is not a valid result of a run: ${String(cause)}`, { cause });
  }
}

/** The worst status, in the order of `record`. An unknown status is worse than all others. */
function worst(statuses: readonly number[]): number {
  const order = [0, 10, 20, 30, 40, 130, 2];
  const rank = (status: number): number =>
    order.includes(status) ? order.indexOf(status) : order.length;
  return statuses.toSorted((a, b) => rank(b) - rank(a))[0] ?? 0;
}
