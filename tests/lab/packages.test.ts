import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { installPackages } from '../../scripts/lab/outer-engine/packages.ts';

/**
 * Holds a lock as apt does, with fcntl(2), which Node does not have. Prints a line when it has the
 * lock, and releases it at the end of its input.
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
])('packages are installed once another program releases the lock of %s', async (_, lock) => {
  const holder = spawn('perl', ['-e', HOLD, lock], { stdio: ['pipe', 'pipe', 'inherit'] });
  const released = once(holder, 'exit');
  await once(holder.stdout, 'data');
  let reported = 0;
  // It is already installed: nothing changes on this machine.
  await installPackages(['bash'], (line) => {
    if (!line.includes(lock)) return;
    reported++;
    holder.stdin.end();
  });
  expect(reported).toBe(1);
  await released;
});

test('two installations at once wait for each other', async () => {
  const installations = ['hostname', 'sed'].map((name) => installPackages([name], () => undefined));
  const results = await Promise.allSettled(installations);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});
