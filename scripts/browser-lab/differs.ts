import type { VmDifference } from '../../src/browser-lab/format/manifest.ts';

/**
 * Every way in which the browser lab differs from an Engine as Docker ships it, in words for those
 * who type into it.
 */
export const DIFFERS: readonly VmDifference[] = [
  {
    what: 'The computer is emulated: one 32-bit processor, 256 MB of memory. Its network reaches only this page, which answers as the registry, as Debian’s archive and as the name server.',
    why: 'It runs inside this page. It can pull only the images that this site has, and what needs much memory or another processor does not run.',
  },
  {
    what: 'The Engine, the docker command and Buildx are those that Debian testing builds for i386, the version of the recordings; all other programs are those of Debian 13.',
    why: 'Docker ships no Engine for 32-bit processors of this kind.',
  },
  {
    what: 'When the docker command asks Buildx for its name and version, which it does before each build, a script of this project answers. Everything else is done by Buildx itself.',
    why: 'The answer is always the same, and starting Buildx for it takes the emulated processor seconds. The script is /usr/libexec/docker/cli-plugins/docker-buildx.',
  },
  {
    what: 'The docker command and Buildx have the widths of all characters in their files. As Debian builds them, they calculate these tables at each start.',
    why: 'That takes half a second of each command. The tables are read from the running programs, which are the same otherwise.',
  },
  {
    what: 'The Engine waits up to a minute for a build that its client asks for. As Debian builds it, it waits 3 or 6 seconds.',
    why: 'On the emulated processor, that was too short for the first build, which failed with “no such job”.',
  },
  {
    what: 'The layers of the images that are there from the start are on the computer’s disk, with an overlay for changes on top.',
    why: 'containerd would unpack them into memory. They have the same content and the same digests.',
  },
  {
    what: 'crun starts containers whose program is looked up in PATH. runc starts all others, and those that crun cannot start.',
    why: 'The emulated processor needs a second less for each container. The script that chooses is /usr/sbin/runc; some errors of `docker exec` are in crun’s words.',
  },
  {
    what: 'apt knows only the few packages that lessons install, and takes their list without a signature.',
    why: 'The list of all packages has 55 MB, and only Debian could sign a shorter one. The page checks the hash of each file.',
  },
  {
    what: 'No seccomp profile, no AppArmor: containers are kept apart by namespaces, control groups and capabilities alone.',
    why: 'The whole computer is already inside the browser’s own sandbox, and the profile has to be compiled for each container.',
  },
  {
    what: 'The Engine adds no rules to the table `raw` (DOCKER_INSECURE_NO_IPTABLES_RAW).',
    why: 'They keep other computers from the addresses of containers, and here there are none.',
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
