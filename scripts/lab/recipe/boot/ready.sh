#!/bin/bash
# Waits until the lab's Engine answers, pulls IMAGE… and prints the lab's facts, `name=value` a line:
#
#   ready.sh IMAGE…
set -eu
log=/var/log/dockerd.log
tries=0
until docker version > /dev/null 2>&1; do
  tries=$((tries + 1))
  if [ -s "$log" ] && ! grep -qs '^Name:[[:space:]]*dockerd$' /proc/[0-9]*/status; then
    echo 'dockerd ended while it started' >&2
    exit 1
  elif [ "$tries" -gt 600 ]; then
    echo 'dockerd did not answer' >&2
    exit 1
  fi
  sleep 0.05
done

pulls=
for image in "$@"; do
  docker pull --quiet "$image" > /dev/null & pulls="$pulls $!"
done
for pull in $pulls; do wait "$pull"; done

docker version --format 'engine={{.Server.Version}}
api={{.Server.APIVersion}}
kernel={{.Server.KernelVersion}}
architecture={{.Server.Arch}}
{{range .Server.Components}}{{if eq .Name "containerd" "runc"}}{{.Name}}={{.Version}}
{{end}}{{end}}'
# With containerd's store the driver is one of its snapshotters.
docker info --format '{{$store := .Driver}}{{range .DriverStatus}}{{if eq (index . 0) "driver-type"}}{{$store = "containerd"}}{{end}}{{end}}store={{$store}}'
buildx=$(docker buildx version)
buildx=${buildx#* }
echo "buildx=${buildx%% *}"
echo "compose=$(docker compose version --short)"
