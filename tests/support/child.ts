import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts a process that holds a lab or an Engine. */
export function childWith(script: string, env: Record<string, string> = {}): ChildProcess {
  const imports = `
    import { openLabHost } from './scripts/lab/index.ts';
    import { ownLabels } from './scripts/lab/labels.ts';`;
  return spawn(process.execPath, ['--input-type=module', '--eval', imports + script], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** The first line that a process prints. */
export async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the child has no stdout');
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the child ended')));
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [
    string,
  ];
  return line;
}
