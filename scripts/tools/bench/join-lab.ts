/**
 * A process of its own that records the quick commands in a lab that is up: `join-lab.ts LAB`.
 */
import { openLabHost } from '../../lab/index.ts';
import { startSession } from '../../recorder/run/session.ts';
import { typeQuick } from './ours.ts';

const host = await openLabHost(() => undefined);
const session = await startSession(host.joinLab(process.argv[2] ?? ''));
await typeQuick(session);
session.end();
await host.close();
process.exit(0); // the session's terminal would stay open as long as the lab
