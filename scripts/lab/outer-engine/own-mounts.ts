/**
 * The command line that runs a command in a mount namespace of its own (unshare(1), mount_namespaces(7)). What it mounts
 * is gone with its last process, also where that is killed. mmdebstrap mounts the host's /dev, /proc and /sys below the
 * folder that it fills, and a later `rm -r` of that folder must not reach them.
 */
export function withOwnMounts(command: readonly string[]): readonly [string, ...string[]] {
  return ['unshare', '--mount', '--propagation', 'private', '--', ...command];
}
