#!/bin/bash
# Mounts a disk of its own at FOLDER, ext4 in a sparse file: disk.sh FILE FOLDER
# So a lab has the same kind of disk wherever it runs (overlay2 cannot lie on a container's file
# system), and the thousands of files of an image cost the host's file system nothing when the lab
# is removed.
set -eu
file=$1 folder=$2

truncate --size=20G "$file"
mkfs.ext4 -q -m 0 -E lazy_itable_init=1,lazy_journal_init=1,nodiscard "$file"
for _ in 1 2 3 4 5; do # another lab may take the free device first
  device=$(losetup --find)
  # A new device has no file here: this container's /dev is of when it was started.
  device=${device% (lost)}
  [ -b "$device" ] || mknod "$device" b 7 "${device#/dev/loop}"
  # The kernel frees the device once it is unmounted, or if this is killed before the mount.
  if mount -o loop="$device" "$file" "$folder"; then exit; fi
done
exit 1
