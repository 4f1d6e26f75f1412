import type { Suite } from './suites.ts';

/** Which packages of Debian the browser lab is made of; their dependencies follow. Versions are in the lock. */

/** The i386 packages of this release are the last that Debian builds for a processor that v86 can be. */
export const RELEASE = 'trixie';
export const ARCHITECTURE = 'i386';
export const ARCHIVE = 'http://deb.debian.org/debian';

/** Where packages come from: of one that several have, the newest version counts. */
export const SUITES: readonly Suite[] = [
  { archive: ARCHIVE, name: RELEASE },
  { archive: ARCHIVE, name: `${RELEASE}-updates` },
  { archive: 'http://deb.debian.org/debian-security', name: `${RELEASE}-security` },
];

/** The Engine, and the programs with which lessons look at it; as in `scripts/lab/images/default/packages`. */
export const SYSTEM = [
  'docker.io',
  'docker-cli',
  'busybox-static',
  'crun',
  'iptables',
  'iproute2',
  'procps',
  'less',
  'tree',
  'file',
  'net-tools',
];

/**
 * Dependencies that are left out. The first group configures a service manager, which the guest has none of; the
 * others are read by nothing that runs in it.
 */
export const LEFT_OUT = [
  'adduser',
  'init-system-helpers',
  'libapparmor1',
  'perl',
  'sysvinit-utils',
];

export const MACHINE = ['linux-source-6.12', 'seabios'];
