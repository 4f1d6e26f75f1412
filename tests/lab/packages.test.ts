import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { installPackages } from '../../scripts/lab/outer-engine/packages.ts';

/**
 * Holds a lock as apt does (fcntl(2), which Node has not), tells so, and lets go of it at the end
 * of its input.
 */
const HOLD = `
  use Fcntl;
  my ($file) = @ARGV;
  open(my $lock, '+>>', $file) or die $!;
  my $wanted = pack('s s x4 q q l x4', F_WRLCK, 0, 0, 0, 0);
  fcntl($lock, F_SETLKW, $wanted) or die $!;
  $| = 1;
  print "held\\n";
  <STDIN>;`;

test.each([
  ['the lists', '/var/lib/apt/lists/lock'],
  ['dpkg', '/var/lib/dpkg/lock-frontend'],
])('packages are installed once another program lets go of %s', async (_, lock) => {
  const holder = spawn('perl', ['-e', HOLD, lock], { stdio: ['pipe', 'pipe', 'inherit'] });
  const released = once(holder, 'exit');
  await once(holder.stdout, 'data');
  let told = 0;
  // It is there already: nothing changes on this machine.
  await installPackages(['bash'], (line) => {
    if (!line.includes(lock)) return;
    told++;
    holder.stdin.end();
  });
  expect(told).toBe(1);
  await released;
});

test('two installations at once wait for each other', async () => {
  const installations = ['hostname', 'sed', 'grep'].map((name) =>
    installPackages([name], () => undefined),
  );
  const results = await Promise.allSettled(installations);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
});
