import { setTimeout as sleep } from 'node:timers/promises';
import { openLabHost } from './index.ts';
import { isGone } from '../../src/process/owner.ts';

/** Should an Engine not answer, it is left to the next run; in milliseconds. */
const LIMIT = 60_000;

setTimeout(() => process.exit(1), LIMIT).unref();
const [owner = ''] = process.argv.slice(2);
while (!isGone(owner)) await sleep(20);
// Whoever opens a host takes away what others have left, and the last one to close it ends the Engine.
await (await openLabHost(() => undefined)).close();
