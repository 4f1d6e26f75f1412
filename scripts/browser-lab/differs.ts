import type { VmDifference } from '../../src/browser-lab/format/manifest.ts';

/**
 * Every way in which the browser lab differs from an Engine as Docker ships it, in words for those
 * who type into it.
 */
export const DIFFERS: readonly VmDifference[] = [
  {
    what: 'The computer is emulated: one 32-bit processor, 256 MB of memory, no network beyond its own containers.',
    why: 'It runs inside this page. Nothing can be pulled, and what needs much memory or another processor does not run.',
  },
  {
    what: 'The Engine and all programs are those that Debian 13 builds for i386.',
    why: 'Docker ships no Engine for 32-bit processors of this kind; the recordings were made with a newer one.',
  },
  {
    what: 'Images are kept by the overlay2 driver, not in containerd’s store; docker build is the classic builder, not BuildKit.',
    why: 'Each of the two is one more large program that the emulated processor would have to start.',
  },
  {
    what: 'Containers are started by crun instead of runc.',
    why: 'crun is written in C and starts in a fraction of the instructions.',
  },
  {
    what: 'A small program of this project tells the Engine which network namespace a container has; by itself the Engine starts its own 66 MB program once more for that. A second one puts it into each container’s config.json and then becomes crun.',
    why: 'It saves more than a hundred million instructions for each container. Both are in the source, scripts/browser-lab/hook.',
  },
  {
    what: 'No seccomp profile, no AppArmor: containers are kept apart by namespaces, control groups and capabilities alone.',
    why: 'The whole computer is already inside the browser’s own sandbox, and the profile has to be compiled for each container.',
  },
  {
    what: 'No IPv6.',
    why: 'Setting it up for each container takes time, and nothing outside can be reached either way.',
  },
  {
    what: 'Go’s garbage collector runs seldom (GOGC), its preemption signals are off (GODEBUG).',
    why: 'Both save instructions; `env` shows the variables.',
  },
  {
    what: 'The debian image has no manual pages and translations; the computer’s own programs are from the same files.',
    why: 'What is on the disk has to be fetched before it can be read.',
  },
];
