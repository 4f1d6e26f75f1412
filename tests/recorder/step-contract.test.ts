import { openLabHost, type Lab } from '../../scripts/lab/index.ts';
import { writeSourceFile } from '../../scripts/recorder/run/lesson-run.ts';
import { startSession } from '../../scripts/recorder/run/session.ts';
import { testStepContract, type Place } from '../support/step-contract.ts';

/* The step runner in the recorder's lab. */

testStepContract(async (): Promise<Place> => {
  const host = await openLabHost(() => undefined);
  const lab: Lab = await host.openLab({ lab: 'default', store: 'containerd', images: [] });
  return {
    session: () => startSession(lab, lab.tools),
    write: (file) => writeSourceFile(lab, file, 'a.mdx'),
    close: () => host.close(),
  };
});
