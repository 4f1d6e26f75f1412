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

if [ -f /sys/fs/cgroup/cgroup.controllers ]; then bash "$lab/boot/limits.sh" /sys/fs/cgroup; fi
# So that mounts made in the lab reach its containers, as on a machine.
mount --make-rshared /

# Without loop devices, or in an image without these tools, the volume itself has to do.
if bash "$lab/boot/disk.sh" /var/lib/docker/disk /var/lib/docker > /dev/null 2>&1; then
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
