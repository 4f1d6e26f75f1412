import { setTimeout as sleep } from 'node:timers/promises';
import { openLabHost } from './index.ts';
import { isGone } from '../../src/process/owner.ts';

/** Milliseconds after which the cleanup is left to the next run, if the Engine does not answer. */
const LIMIT = 60_000;

setTimeout(() => process.exit(1), LIMIT).unref();
const [owner = ''] = process.argv.slice(2);
while (!isGone(owner)) await sleep(20);
// Opening a host removes what other processes have left. The last one to close stops the Engine.
await (await openLabHost(() => undefined)).close();
