import type { Container, Exec, ExecCreateOptions } from 'dockerode';
import type { Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Demux } from './demux.ts';
import { asLabError } from './error.ts';
import type { LabPipe, LabTerminal, RunResult, TerminalOptions } from './model.ts';

const LAB_ENDED = 'the lab has ended';
const NOT_RESIZED = "the width of the lab's terminal could not be changed";
/** Replaces ^P^Q, which would detach from the lab but is meant for the Engine in the lab. */
const NO_DETACHING = Array<string>(8).fill('ctrl-^').join(',');

/**
 * Starts a process on a pseudo-terminal in a container.
 * @throws {LabError} if the container or its Engine is gone. A missing program is not an error: the
 *   process exits with 126 or 127.
 */
export async function openTerminal(
  container: Container,
  { cmd, env, cwd, cols, rows }: TerminalOptions,
): Promise<LabTerminal> {
  const { exec, stream } = await attach(container, {
    Cmd: [...cmd],
    Env: [...env],
    WorkingDir: cwd,
    Tty: true,
    DetachKeys: NO_DETACHING,
    ConsoleSize: [rows, cols],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  return {
    input: (bytes) => void stream.write(bytes),
    output: stream,
    resize: async (width, height) => {
      await exec.resize({ w: width, h: height }).catch((cause: unknown) => {
        throw asLabError(cause, NOT_RESIZED);
      });
    },
    exited: quiet(statusAfter(exec, stream)),
  };
}

/** Runs a process in a container to its end. */
export async function runIn(
  container: Container,
  cmd: readonly string[],
  input?: string | Buffer,
): Promise<RunResult> {
  const pipe = await openPipe(container, cmd, input !== undefined);
  if (input !== undefined) pipe.stdin.end(input);
  const [status, stdout, stderr] = await Promise.all([
    pipe.exited,
    text(pipe.stdout),
    text(pipe.stderr),
  ]);
  return { status, stdout, stderr };
}

/** Starts a process in a container, with a pipe for each of its streams. */
export async function openPipe(
  container: Container,
  cmd: readonly string[],
  withInput = true,
): Promise<LabPipe> {
  const { exec, stream } = await attach(container, {
    Cmd: [...cmd],
    Tty: false,
    AttachStdin: withInput,
    AttachStdout: true,
    AttachStderr: true,
  });
  const demux = new Demux();
  stream.pipe(demux);
  // End the output if the connection breaks, so that nothing waits for the rest.
  stream.on('close', () => demux.end());
  const exited = quiet(statusAfter(exec, demux));
  return { stdin: stream, stdout: demux.stdout, stderr: demux.stderr, exited };
}

/** The raw connection of a process, still paused so that no byte is lost before it is read. */
async function attach(
  container: Container,
  options: ExecCreateOptions & { Tty: boolean },
): Promise<{ exec: Exec; stream: Duplex }> {
  try {
    const exec = await container.exec(options);
    const stream = await exec.start({ hijack: true, stdin: true, Tty: options.Tty });
    // The exit status shows errors of this stream. Without a listener, they would end this process.
    stream.on('error', () => undefined);
    return { exec, stream };
  } catch (cause) {
    throw asLabError(cause, LAB_ENDED);
  }
}

/** The exit status, once all of the output has been read. */
async function statusAfter(exec: Exec, output: Readable | Demux): Promise<number> {
  const isReadable = 'read' in output;
  await finished(output, { readable: isReadable, writable: !isReadable }).catch(() => undefined);
  for (let wait = 1; ; wait = Math.min(2 * wait, 50)) {
    // The output can end a moment before the Engine knows the status.
    const { Running, ExitCode } = await exec.inspect().catch((cause: unknown) => {
      throw asLabError(cause, LAB_ENDED);
    });
    if (!Running && ExitCode !== null) return ExitCode;
    await sleep(wait);
  }
}

/** Prevents an unhandled rejection if nothing awaits a promise. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
