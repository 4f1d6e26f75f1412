/* eslint-disable no-console -- the command line of `npm run lab` */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { cleanLabs, type Lab, LabError, openLabHost, type Store } from './lab/index.ts';

const USAGE = `npm run lab                        a shell inside the lab that lessons are played in
npm run lab -- --lab machines      another lab: a folder of scripts/lab/images
npm run lab -- --store overlay2    with Docker's own image store instead of containerd's
npm run lab -- --lock              writes down which versions the lab image has
npm run lab -- --clean             removes all that labs keep between runs
Commands can come through a pipe: echo 'docker version' | npm run lab`;
const STORES: readonly string[] = ['containerd', 'overlay2'] satisfies Store[];
/** What the shell's Engine already holds. */
const IMAGES = ['debian', 'busybox'];
/** Exit statuses, the same as those of `npm run record`. */
const STATUS = { usage: 2, labFailed: 40 };

const report = (message: string): void => console.error(`lab: ${message}`);
const signal = onInterrupt(report);

const status = await main(process.argv.slice(2)).catch(failure);
// A lab that was removed can leave a connection open for ever: that is no reason to stay.
process.stdout.write('', () => process.exit(status));

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    console.error(options);
    return STATUS.usage;
  }
  if (options.help) console.log(USAGE);
  else if (options.clean) await cleanLabs(report);
  else return inLab(options.lab, options.lock ? undefined : options.store);
  return 0;
}

interface Options {
  readonly lab: string;
  readonly store: Store;
  readonly lock: boolean;
  readonly clean: boolean;
  readonly help: boolean;
}

/** @returns the options, or what is wrong with them. */
function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        lab: { type: 'string', default: 'default' },
        store: { type: 'string', default: 'containerd' },
        lock: { type: 'boolean', default: false },
        clean: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (STORES.includes(values.store)) return { ...values, store: values.store as Store };
    return `There is no store ${values.store}: it is one of ${STORES.join(', ')}.\n${USAGE}`;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${USAGE}`;
  }
}

/** Opens a shell in that lab with that store; without one only locks the image's versions. */
async function inLab(name: string, store: Store | undefined): Promise<number> {
  const host = await openLabHost(report, signal);
  try {
    if (!store) {
      report(`wrote ${await host.lock(name)}`);
      return 0;
    }
    const lab = await host.openLab({ lab: name, store, images: IMAGES });
    return await (process.stdin.isTTY ? shell(lab) : script(lab));
  } finally {
    await host.close();
  }
}

async function shell(lab: Lab): Promise<number> {
  const { engine, store } = lab.facts;
  report(`Docker Engine ${engine}, ${store} store. Everything in here is gone after \`exit\``);
  const { stdin, stdout } = process;
  const terminal = await lab.terminal({
    cmd: ['bash'],
    env: [`TERM=${process.env['TERM'] ?? 'xterm'}`, 'LANG=C.UTF-8', 'TZ=UTC'],
    cwd: '/root',
    cols: stdout.columns,
    rows: stdout.rows,
  });
  stdin.setRawMode(true).on('data', (keys: Buffer) => terminal.input(keys));
  stdout.on('resize', () => void terminal.resize(stdout.columns, stdout.rows));
  terminal.output.pipe(stdout, { end: false });
  const interrupted = once(signal, 'abort').then(() => endStatus(signal));
  try {
    return await Promise.race([terminal.exited, interrupted]);
  } finally {
    stdin.setRawMode(false).pause();
  }
}

/** Without a keyboard: bash reads its commands from standard input, and prints without a terminal. */
async function script(lab: Lab): Promise<number> {
  const bash = await lab.pipe(['bash']);
  process.stdin.pipe(bash.stdin);
  bash.stdout.pipe(process.stdout);
  bash.stderr.pipe(process.stderr);
  const interrupted = once(signal, 'abort').then(() => endStatus(signal));
  const status = await Promise.race([bash.exited, interrupted]);
  process.stdin.unpipe().pause();
  return status;
}

function failure(error: unknown): number {
  if (signal.aborted) return endStatus(signal);
  if (!(error instanceof LabError)) throw error;
  if (error.log) console.error(error.log);
  console.error(`lab: ${error.message}.\nTo fix it: ${error.hint}.`);
  return STATUS.labFailed;
}
