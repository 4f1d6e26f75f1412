import type { Lab } from '../../lab/index.ts';
import { startSession } from '../../recorder/run/session.ts';
import { QUICK, timedScript } from './commands.ts';
import { typeQuick } from './ours.ts';
import { asciinema, bareBash, bareBashInner, expectPeer } from './peers.ts';
import { run } from './process.ts';
import { medians, timed } from './rounds.ts';
import { duration, ratio, type Table } from './table.ts';

/** Command prefix that runs a script of the project with this Node, as `npm run` does. */
export const SCRIPT = [process.execPath, 'scripts/command/run.mjs'] as const;

const ROUNDS = 15;
/** asciinema takes seconds, with little variance. */
const SLOW_ROUNDS = 3;

/** Compares the quick commands in bare bash, the peers, and the recorder in an open lab. */
export async function quickCommands(lab: Lab, folder: string): Promise<Table> {
  const expecting = expectPeer(folder);
  const session = await startSession(lab, lab.tools);
  const took = await medians(ROUNDS, {
    bash: bareBash,
    bashInner: bareBashInner,
    bashInLab: () => bashInLab(lab),
    expect: expecting.whole,
    expectInner: expecting.inner,
    ours: async () =>
      (await run([...SCRIPT, 'scripts/tools/bench/join-lab.ts', lab.id])).milliseconds,
    oursInner: () => timed(() => typeQuick(session)),
  });
  session.end();
  const { slow } = await medians(SLOW_ROUNDS, { slow: asciinema(folder) });

  const row = (name: string, whole: number | undefined, inner: number, innerBase: number) => [
    name,
    duration(inner),
    ratio(inner, innerBase),
    ...(whole === undefined ? ['', ''] : [duration(whole), ratio(whole, took.bash)]),
  ];
  return {
    title: `${QUICK.length} quick commands`,
    head: ['', 'inner', '× bash', 'whole process', '× bash'],
    rows: [
      row('bare bash, on this machine', took.bash, took.bashInner, took.bashInner),
      row('`expect`, on this machine', took.expect, took.expectInner, took.bashInner),
      row('`asciinema rec` for each, on this machine', slow, slow, took.bashInner),
      row('bare bash, in the lab', undefined, took.bashInLab, took.bashInLab),
      row('You Like Docker, in the lab', took.ours, took.oursInner, took.bashInLab),
    ],
  };
}

async function bashInLab(lab: Lab): Promise<number> {
  const { stderr } = await lab.run(['bash', '--norc'], timedScript(QUICK));
  return Number(stderr) / 1000;
}
