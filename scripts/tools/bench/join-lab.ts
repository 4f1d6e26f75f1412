/**
 * Records the quick commands in a running lab, as a separate process: `join-lab.ts LAB`.
 */
import { openLabHost } from '../../lab/index.ts';
import { startSession } from '../../recorder/run/session.ts';
import { typeQuick } from './ours.ts';

const host = await openLabHost(() => undefined);
const session = await startSession(host.joinLab(process.argv[2] ?? ''));
await typeQuick(session);
session.end();
await host.close();
process.exit(0); // otherwise the terminal of the session stays open as long as the lab
