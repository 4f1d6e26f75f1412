import { LabError } from '../error.ts';
import type { OnProgress } from '../model.ts';
import type { OuterEngine } from './model.ts';
import { privateEngine } from './private.ts';
import { reachableEngine } from './reachable.ts';

/**
 * The Engine that hosts the labs: a reachable one, or otherwise, for root on Linux, a private one.
 * @throws {LabError} if neither is available.
 */
export async function outerEngine(report: OnProgress, signal?: AbortSignal): Promise<OuterEngine> {
  const found = await reachableEngine(signal);
  if (typeof found !== 'string') return found;
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new LabError(
      `no Docker Engine can host a lab: ${found}. Root on Linux needs none: a private Engine ` +
        'is started',
      'start Docker Engine or Docker Desktop, set DOCKER_HOST to one, or run as root on Linux',
    );
  if (process.env['DOCKER_HOST']) report(`${found}; using a private one`);
  return privateEngine(report, signal);
}
