#!/bin/bash
# Builds the images of another lab into the lab's registry, from the folders `images/NAME` of its
# definition, each with a Dockerfile and a list of `tags`. Runs once, in a container of the default
# lab with the host's network, before it is committed as that lab. The last line that it prints
# contains the versions of what is in these images, as JSON.
set -euo pipefail
lab=/usr/local/lib/lab
# The network is the host's: nothing but this script may notice the registry and the Engine.
registry=127.0.0.1:$((20000 + RANDOM % 10000))

REGISTRY_HTTP_ADDR=$registry docker-registry serve "$lab/mirror.yml" > /var/log/registry.log 2>&1 &
serving=$!
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then bash "$lab/boot/limits.sh" /sys/fs/cgroup; fi
bash "$lab/boot/disk.sh" /var/lib/docker/disk /var/lib/docker > /dev/null 2>&1 || rm -f /var/lib/docker/disk
mkdir -p /etc/docker
echo '{ "features": { "containerd-snapshotter": true } }' > /etc/docker/daemon.json
container=docker dockerd --bridge none --iptables=false --ip6tables=false --ip-forward=false \
  > /var/log/dockerd.log 2>&1 &
engine=$!
until docker info > /dev/null 2>&1 && curl -sf "http://$registry/v2/" > /dev/null; do
  if ! kill -0 "$engine" "$serving" 2> /dev/null || [ $((waited = ${waited:-0} + 1)) -gt 300 ]; then
    tail -n 15 /var/log/dockerd.log /var/log/registry.log >&2
    exit 1
  fi
  sleep 0.1
done

digest() { # NAME TAG
  curl -sSf -I -H "Accept: $accept" "http://$registry/v2/library/$1/manifests/$2" |
    tr -d '\r' | sed -n 's/^docker-content-digest: //Ip'
}
accept='application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
debian=$registry/library/debian:trixie-slim
for folder in "$lab"/definition/images/*/; do
  name=$(basename "$folder")
  mapfile -t tags < "$folder/tags"
  echo "lab: image $name:${tags[0]}"
  docker buildx build --quiet --provenance=false --sbom=false --network host --push \
    --build-context "debian:trixie-slim=docker-image://$debian" \
    "${tags[@]/#/--tag=$registry/library/$name:}" "$folder" > /dev/null
  for tag in "${tags[@]}"; do echo "$name:$tag $(digest "$name" "$tag")" >> "$lab/images"; done
done

run() { docker run --rm --network host "$registry/library/$@"; }
printf '{ "node": "%s", "npm": "%s", "postgresql": "%s" }\n' \
  "$(run node:24-trixie-slim node -p process.versions.node)" "$(run node:24-trixie-slim npm --version)" \
  "$(run postgres:17 cat /usr/share/postgresql/version)" > /tmp/versions
kill "$engine" "$serving"
wait
rm -rf "$lab/definition" "$lab/more-images" /var/log/dockerd.log /var/log/registry.log /etc/docker \
  /root/.docker
cat /tmp/versions
