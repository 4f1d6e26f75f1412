import { openLabHost } from '../scripts/lab/index.ts';

/** Holds the outer Engine while the tests run, so that not every command has to start and stop it. Installs it where it is missing. */
export default async function setup(): Promise<() => Promise<void>> {
  const host = await openLabHost((message) => process.stderr.write(`${message}\n`));
  return () => host.close();
}
