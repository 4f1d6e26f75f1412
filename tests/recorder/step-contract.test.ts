import type { Lab } from '../../scripts/lab/index.ts';
import { writeSourceFile } from '../../scripts/recorder/run/lesson-run.ts';
import { startSession } from '../../scripts/recorder/run/session.ts';
import { labsOfThisFile } from '../support/recorder.ts';
import { testStepContract, type Place } from '../support/step-contract.ts';

/* The step runner in the recorder's lab. All sessions are in one lab. */

let opened: Promise<Lab> | undefined;

async function openLab(): Promise<Lab> {
  const host = await labsOfThisFile();
  return host.openLab({ lab: 'default', store: 'containerd', images: [] });
}

testStepContract(async (): Promise<Place> => {
  const lab = await (opened ??= openLab());
  return {
    session: () => startSession(lab, lab.tools),
    write: (file) => writeSourceFile(lab, file, 'a.mdx'),
    // Ends the bash of every session, and with it what a case has left open.
    close: async () => {
      await lab.run(['pkill', '-KILL', '-f', 'session.bash']);
    },
  };
});
