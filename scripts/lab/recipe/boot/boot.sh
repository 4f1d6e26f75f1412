#!/bin/bash
# The program of a lab's container: boot.sh containerd|overlay2 here|beside
# Starts the lab's services, unless a container beside it does, and its Engine. Then it only keeps
# the lab open.
set -eu
store=$1 services=$2
lab=/usr/local/lib/lab

if [ "$services" = here ]; then bash "$lab/boot/services.sh"; fi
echo 'nameserver 10.53.0.1' > /etc/resolv.conf

# Kernels without nf_tables: Debian's other iptables still works.
if ! iptables -nL > /dev/null 2>&1 && command -v iptables-legacy > /dev/null; then
  for name in iptables ip6tables; do ln -s "$(command -v $name-legacy)" "/usr/local/sbin/$name"; done
fi

# cgroup v2 has no limits below a group that holds processes itself: move them one group down.
# (As in https://github.com/moby/moby/blob/master/hack/dind.)
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  mkdir -p /sys/fs/cgroup/init
  while read -r pid; do
    echo "$pid" > /sys/fs/cgroup/init/cgroup.procs 2> /dev/null || true # it may have ended
  done < /sys/fs/cgroup/cgroup.procs
  sed 's/ / +/g; s/^/+/' /sys/fs/cgroup/cgroup.controllers > /sys/fs/cgroup/cgroup.subtree_control
fi
# So that mounts made in the lab reach its containers, as on a machine.
mount --make-rshared /

# The Engine's own disk: ext4 in one sparse file. So a lab has the same kind of disk wherever it runs
# (overlay2 cannot lie on a container's file system), and the thousands of files of an image cost
# the host's file system nothing when the lab is removed.
make_disk() {
  local file=/var/lib/docker/disk device
  truncate --size=20G "$file" &&
    mkfs.ext4 -q -m 0 -E lazy_itable_init=1,lazy_journal_init=1,nodiscard "$file" || return
  for _ in 1 2 3 4 5; do # another lab may take the free device first
    device=$(losetup --find) || return
    # A new device has no file here: this container's /dev is of when it was started.
    [ -b "$device" ] || mknod "$device" b 7 "${device#/dev/loop}"
    # The kernel frees the device once it is unmounted, or if this is killed before the mount.
    if mount -o loop="$device" "$file" /var/lib/docker; then return; fi
  done
  return 1
}
# Without loop devices, or in an image without these tools, the volume itself has to do.
if make_disk > /dev/null 2>&1; then
  rmdir /var/lib/docker/lost+found
else
  rm -f /var/lib/docker/disk
fi

mkdir -p /etc/docker
case $store in
  containerd) settings='"features": { "containerd-snapshotter": true }' ;;
  overlay2) settings='"features": { "containerd-snapshotter": false }, "storage-driver": "overlay2"' ;;
esac
# Containers have a cgroup namespace of their own, as they have by default with cgroup v2. With v1,
# the Engine would let them share the host's, and lessons would print something else.
cat > /etc/docker/daemon.json << END
{
  "registry-mirrors": ["http://127.0.0.1:5001"],
  "default-cgroupns-mode": "private",
  $settings
}
END
# `container` tells dockerd to leave the host's AppArmor alone.
(container=docker setsid dockerd > /var/log/dockerd.log 2>&1 < /dev/null &)
exec sleep infinity
