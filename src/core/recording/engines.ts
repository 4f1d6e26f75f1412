import { z } from 'astro/zod';
import { faultsOf } from './faults.ts';

/** An Engine with which lessons are recorded besides the reference Engine. */
export interface Engine {
  /** Its major version. */
  readonly name: string;
  /** An image that has it, such as `docker:29.7.2-dind`. */
  readonly image: string;
}

const ENGINES = z.record(z.string().regex(/^\d+$/), z.string().min(1));

/**
 * Parses `recordings/engines.json`: the images of Engines by major version.
 * @returns the newest Engine first
 * @throws {Error} if it is damaged; the message names the field
 */
export function parseEngines(text: string): Engine[] {
  const { success, data, error } = ENGINES.safeParse(JSON.parse(text));
  if (!success) throw new Error(`not a list of Engines: ${faultsOf(error)}`);
  return Object.entries(data)
    .map(([name, image]) => ({ name, image }))
    .sort((a, b) => Number(b.name) - Number(a.name));
}

/** Encodes the file, one line for each Engine. */
export function encodeEngines(engines: readonly Engine[]): string {
  const images = Object.fromEntries(engines.map(({ name, image }) => [name, image]));
  return `${JSON.stringify(images, undefined, 2)}\n`;
}

/** The major version of an Engine's version, such as 28 of `28.5.2+dfsg4`. */
export function majorOf(version: string): string {
  return /^\d+/.exec(version)?.[0] ?? version;
}
