import {
  MachineTerminal,
  SLOWDOWN,
  startMachineSession,
  writeSourceFile,
} from '../../../scripts/browser-lab/lessons/terminal.ts';
import { Machine } from '../../../scripts/browser-lab/machine.ts';
import { testStepContract, type Place } from '../../support/step-contract.ts';

/* The step runner in the emulated machine of the browser lab. */

testStepContract(async (): Promise<Place> => {
  const machine = await Machine.open();
  const terminal = new MachineTerminal(machine);
  return {
    session: () => startMachineSession(machine, terminal),
    write: (file) => writeSourceFile(machine, file),
    slowdown: SLOWDOWN,
    close: () => machine.end(),
  };
});
