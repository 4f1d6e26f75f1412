import { join } from 'node:path';
import type { InputsLock, PinnedPackage } from '../inputs/lock.ts';
import type { PackageGroup } from './collect.ts';

const KERNEL = join(import.meta.dirname, '../kernel');

/**
 * The packages of the browser lab by what they are used for.
 * @param kernel folder of the compiled kernel
 */
export function packageGroups(lock: InputsLock, kernel: string): readonly PackageGroup[] {
  const isKernel = ({ name }: PinnedPackage) => name.startsWith('linux-source-');
  const isBios = ({ name }: PinnedPackage) => name === 'seabios';
  return [
    {
      title: 'The kernel',
      about:
        'Linux, compiled from this package of Debian. No patch was added. The script makes the configuration from the fragment, and compiles it.',
      packages: lock.machine.filter(isKernel),
      files: {
        'kernel/config.txt': join(kernel, 'config'),
        'kernel/fragment.config.txt': join(KERNEL, 'fragment.config'),
        'kernel/build.sh.txt': join(KERNEL, 'build.sh'),
      },
    },
    {
      title: 'The BIOS',
      about: 'The BIOS and the VGA BIOS of the emulated computer, unchanged from this package.',
      packages: lock.machine.filter(isBios),
    },
    {
      title: 'The disk',
      about:
        'The programs of the computer and of its debian and busybox images. Each file is as in its package; documentation, manual pages, translations and files for service managers were left out. The scripts in /usr/lib/browser-lab, the one in /usr/libexec/docker/cli-plugins, and /init belong to this project.',
      files: { 'own/licence of this project.txt': join(KERNEL, '../../../LICENSE') },
      packages: [...lock.base, ...lock.system].toSorted((one, other) =>
        one.name < other.name ? -1 : 1,
      ),
    },
    {
      title: 'Other images',
      about:
        'The programs of images that can be pulled, besides those of the disk. Each file is as in its package.',
      packages: lock.machine.filter((one) => !isKernel(one) && !isBios(one)),
    },
    {
      title: 'Packages that containers can install',
      about: 'The files of these packages are published unchanged.',
      packages: lock.served,
    },
  ];
}
