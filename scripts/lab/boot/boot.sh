#!/bin/bash
# The program of a lab's container: boot.sh containerd|overlay2
# Starts the lab's services, if this image has them, and its Engine, and then only keeps the lab open.
set -eu
store=$1
lab=/usr/local/lib/lab

if [ -d "$lab/registry" ]; then bash "$lab/boot/services.sh"; fi
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

mkdir -p /etc/docker
case $store in
  containerd) settings='"features": { "containerd-snapshotter": true }' ;;
  overlay2) settings='"features": { "containerd-snapshotter": false }, "storage-driver": "overlay2"' ;;
esac
printf '{\n  "registry-mirrors": ["http://127.0.0.1:5001"],\n  %s\n}\n' "$settings" > /etc/docker/daemon.json
# `container` tells dockerd to leave the host's AppArmor alone.
(container=docker setsid dockerd > /var/log/dockerd.log 2>&1 < /dev/null &)
exec sleep infinity
