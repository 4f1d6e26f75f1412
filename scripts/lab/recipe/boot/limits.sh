#!/bin/bash
# Lets the groups below GROUP, a folder of cgroup v2, have limits: limits.sh GROUP
# No group has them below one that holds processes itself, so move these one group down.
# (As in https://github.com/moby/moby/blob/master/hack/dind.)
set -eu
group=$1

# Read the list at once, because it changes while processes are moved.
move() {
  local pids pid
  mapfile -t pids < <(cat "$group/cgroup.procs")
  for pid in "${pids[@]}"; do
    echo "$pid" > "$group/init/cgroup.procs" 2> /dev/null || true # it may have ended
  done
}

mkdir -p "$group/init"
tries=0
until
  move
  sed 's/ / +/g; s/^/+/' "$group/cgroup.controllers" > "$group/cgroup.subtree_control"
do # `docker exec` has started a process meanwhile
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ]; then exit 1; fi
  sleep 0.05
done
