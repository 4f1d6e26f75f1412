import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes to a recordings folder, the only place that does. A lesson's files are replaced together: the
 * new folder is made beside the recordings, then takes the place of the old one. One recorder writes at
 * a time; what a killed one left behind is mended by the next.
 */
export class RecordingsWriter {
  private readonly recordings: string;
  private readonly staging: string;

  private constructor(recordings: string, staging: string) {
    this.recordings = recordings;
    this.staging = staging;
  }

  /**
   * Takes the lock, waiting for another recorder of the same folder to finish.
   * @param waiting called once, with the process id of the other one
   */
  static async open(
    recordings: string,
    waiting: (pid: number) => void,
    signal: AbortSignal,
  ): Promise<RecordingsWriter> {
    const staging = join(dirname(recordings), `.${basename(recordings)}-staging`);
    mkdirSync(staging, { recursive: true });
    await takeLock(join(staging, 'lock'), waiting, signal);
    const writer = new RecordingsWriter(recordings, staging);
    writer.mend();
    return writer;
  }

  /** Replaces the recordings of one lesson by these files. */
  replace(lesson: string, files: ReadonlyMap<string, string>): void {
    const fresh = join(this.staging, 'new', lesson);
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(fresh, name), text);
    mkdirSync(this.recordings, { recursive: true });
    const [current, old] = [join(this.recordings, lesson), join(this.staging, 'old', lesson)];
    mkdirSync(dirname(old), { recursive: true });
    if (existsSync(current)) renameSync(current, old);
    renameSync(fresh, current);
    rmSync(old, { recursive: true, force: true });
  }

  /** Removes the recordings of a lesson that is gone. */
  remove(lesson: string): void {
    rmSync(join(this.recordings, lesson), { recursive: true, force: true });
  }

  close(): void {
    rmSync(this.staging, { recursive: true, force: true });
  }

  /** A recorder that was killed between two renames left the old recordings of one lesson in the staging folder. */
  private mend(): void {
    const old = join(this.staging, 'old');
    for (const lesson of existsSync(old) ? readdirSync(old) : []) {
      const current = join(this.recordings, lesson);
      if (!existsSync(current)) renameSync(join(old, lesson), current);
    }
    rmSync(old, { recursive: true, force: true });
    rmSync(join(this.staging, 'new'), { recursive: true, force: true });
  }
}

const LOCK_POLL = 250;

async function takeLock(
  path: string,
  waiting: (pid: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let said = false;
  for (;;) {
    signal.throwIfAborted();
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(existsSync(path) ? readFileSync(path, 'utf8') : 0);
    if (!isRunning(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!said) waiting(holder);
    said = true;
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL));
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
