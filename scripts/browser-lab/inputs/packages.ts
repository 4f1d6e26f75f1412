import type { Suite } from './suites.ts';

/** Debian packages of the browser lab, without dependencies. The lock has their versions. */

/** The last release with i386 packages for a CPU that v86 can emulate. */
export const RELEASE = 'trixie';
export const ARCHITECTURE = 'i386';
export const ARCHIVE = 'http://deb.debian.org/debian';

/** Sources of packages. If several have a package, the newest version is used. */
export const SUITES: readonly Suite[] = [
  { archive: ARCHIVE, name: RELEASE },
  { archive: ARCHIVE, name: `${RELEASE}-updates` },
  { archive: 'http://deb.debian.org/debian-security', name: `${RELEASE}-security` },
  // The Engine of recorded lessons; see `scripts/lab/recipe/build/fetch.sh`. The C library of
  // RELEASE is new enough for its programs.
  {
    archive: ARCHIVE,
    name: 'forky',
    only: ['containerd', 'docker-buildx', 'docker-cli', 'docker.io', 'runc', 'tini-static'],
  },
];

/** The Engine, and programs that lessons use, as in `scripts/lab/images/default/packages`. */
export const SYSTEM = [
  'docker.io',
  'docker-cli',
  'docker-buildx',
  'busybox-static',
  'runc',
  'crun',
  'iptables',
  'iproute2',
  'procps',
  'less',
  'tree',
  'file',
  'net-tools',
  'curl',
  'time',
  'nano',
  'ncdu',
];

/**
 * Dependencies that are left out. The first group configures a service manager, which the guest
 * does not have; nothing in the guest uses the others.
 */
export const LEFT_OUT = [
  'adduser',
  'init-system-helpers',
  'libapparmor1',
  'perl',
  'systemd',
  'sysvinit-utils',
];

/** Packages that are not installed in the guest: parts of the machine and of images. */
export const MACHINE = ['docker-registry', 'linux-source-6.12', 'seabios'];

/**
 * What containers and builds can install, with its dependencies, as in
 * `scripts/lab/images/default/served-packages`. The compiler and Java runtimes of that list are
 * left out: installed, each takes more memory than the guest has.
 */
export const SERVED = ['cowsay', 'curl', 'figlet', 'less', 'python3-minimal'];
