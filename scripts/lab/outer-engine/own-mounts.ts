/**
 * Command line that runs a command in a separate mount namespace (unshare(1), mount_namespaces(7)).
 * Its mounts disappear with its last process, even if that is killed. mmdebstrap mounts the host's
 * /dev, /proc and /sys below the folder that it fills, and a later `rm -r` of that folder must not
 * reach them.
 */
export function withOwnMounts(command: readonly string[]): readonly [string, ...string[]] {
  return ['unshare', '--mount', '--propagation', 'private', '--', ...command];
}
