import { stepsOf, type Lesson, type Step } from '../../../src/core/lesson/model.ts';
import {
  briefFault,
  BROWSER_SCHEMA,
  type BrowserResult,
  type SkipReason,
  type TriedStep,
} from '../../../src/core/run/browser-result.ts';
import { lessonMasks } from '../../../src/core/recording/masks.ts';
import { sourceHashes } from '../../../src/core/recording/source-hash.ts';
import { compareResult, isDone } from '../../../src/core/run/comparison.ts';
import { commandAfter, runStep } from '../../../src/core/run/run-step.ts';
import type { ComparedResult, StepFault } from '../../../src/core/run/step-result.ts';
import { imagesCommand, withTag } from '../../../src/browser-lab/format/control.ts';
import type { VmManifest } from '../../../src/browser-lab/format/manifest.ts';
import type { OnProgress } from '../../lab/index.ts';
import { Machine } from '../machine.ts';
import { MachineTerminal, SLOWDOWN, startMachineSession, writeSourceFile } from './terminal.ts';

/** Milliseconds in which a machine gets the images of a lesson. */
const PREPARE = 300_000;

/** Messages of programs without a network: Go's resolver and dialer, glibc, busybox. */
const NO_NETWORK =
  /dial (tcp|udp)|no such host|network is unreachable|temporary failure (in name resolution|resolving)|could not resolve host|bad address/i;

/**
 * Finds which steps of a lesson run in the browser lab. As for a reader, each step is run after all
 * earlier steps that run there.
 * @param recorded committed result of each step, by id
 * @param lab hash of the inputs of the browser lab
 */
export async function tryLesson(
  lesson: Lesson,
  recorded: ReadonlyMap<string, ComparedResult>,
  lab: string,
  report: OnProgress,
): Promise<BrowserResult> {
  const refused = new Map<string, SkipReason>();
  const steps = stepsOf(lesson);
  // Each round leaves out the steps that failed in earlier rounds, until all others run.
  while (refused.size < steps.length) {
    const failed = await runOnce(lesson, recorded, refused, report);
    for (const [id, why] of failed) refused.set(id, why);
    if (failed.size === 0) break;
  }
  const hashes = await sourceHashes(lesson);
  const outcome = ({ id }: Step): TriedStep => {
    const why = refused.get(id);
    const source = hashes.get(id) ?? '';
    return why === undefined ? { source, runs: true } : { source, runs: false, why };
  };
  return {
    schema: BROWSER_SCHEMA,
    lab,
    steps: Object.fromEntries(steps.map((step) => [step.id, outcome(step)])),
  };
}

/**
 * Runs a lesson once in a fresh machine. The run ends after a step that leaves no prompt.
 * @returns why steps did not run, by id
 */
async function runOnce(
  lesson: Lesson,
  recorded: ReadonlyMap<string, ComparedResult>,
  without: ReadonlyMap<string, SkipReason>,
  report: OnProgress,
): Promise<Map<string, SkipReason>> {
  const failed = new Map<string, SkipReason>();
  const machine = await Machine.open();
  const missing = missingOf(lesson, machine.manifest);
  if (missing !== undefined) {
    await machine.end();
    return new Map(stepsOf(lesson).map(({ id }) => [id, missing]));
  }
  const terminal = new MachineTerminal(machine);
  try {
    const session = await startMachineSession(machine, terminal);
    const images = imagesCommand(machine.manifest.images, lesson.frontMatter.images);
    if (images !== undefined) await machine.console.ask(images, PREPARE);
    for (const block of lesson.blocks) {
      if (block.kind === 'file') {
        await writeSourceFile(machine, block);
        continue;
      }
      if (without.has(block.id)) continue;
      report(`${lesson.id}: ${block.id}`);
      const next = commandAfter(stepsOf(lesson), block.id);
      const result = await runStep(block, session, { next, slowdown: SLOWDOWN });
      const { fault } = result;
      const known = recorded.get(block.id) ?? { screen: '', commands: [] };
      if (fault === undefined || isDone(compareResult(result, known, lessonMasks(lesson))))
        continue;
      failed.set(block.id, reason(fault, result.screen));
      // Without a prompt, nothing can be typed. The next round leaves out this step.
      if (fault.kind === 'ended' || session.openProgram !== undefined) break;
    }
    session.end();
    return failed;
  } finally {
    await machine.end();
  }
}

function missingOf({ frontMatter }: Lesson, manifest: VmManifest): SkipReason | undefined {
  const { lab, images: wanted } = frontMatter;
  if (lab !== 'default') return { kind: 'programs' };
  const tags = Object.keys(manifest.registry.tags);
  const absent = wanted.filter((image) => !tags.includes(`library/${withTag(image)}`));
  return absent.length === 0 ? undefined : { kind: 'images', images: absent };
}

function reason(fault: StepFault, screen: string): SkipReason {
  return NO_NETWORK.test(screen) ? { kind: 'network' } : briefFault(fault);
}
