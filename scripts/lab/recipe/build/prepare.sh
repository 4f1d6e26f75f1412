#!/bin/bash
# Builds the images of the lessons with the lab's own Engine, and pushes them to the lab's registry.
# Runs once, in a container of the lab's root file system, before it is committed as the lab image.
# Needs no network. The last line that it prints contains the versions of the parts, as JSON.
set -euo pipefail
lab=/usr/local/lib/lab
parts=$lab/parts
build=$lab/build
hub=127.0.0.1:5001/library
export SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH=$(cat "$parts/epoch")

mkdir -p "$lab/registry"
mv "$build/mirror.yml" "$lab/"
mv "$parts/archive" "$lab/"
bash "$lab/boot/boot.sh" containerd here &
booted=$!
until docker info > /dev/null 2>&1; do
  # If boot.sh has failed, its error is in the same log.
  if ! kill -0 "$booted" 2> /dev/null; then exit 1; fi
  if [ $((waited = ${waited:-0} + 1)) -gt 300 ]; then tail -n 30 /var/log/dockerd.log >&2; exit 1; fi
  sleep 0.1
done

pack() { # FOLDER TAR
  tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf "$2" .
}
make() { # NAME TAG…: builds the first tag; all others refer to the same image
  name=$1
  first=$2
  echo "lab: image $name:$first"
  docker buildx build --quiet --provenance=false --sbom=false -f "$build/images/${dockerfile:-$name}.Dockerfile" \
    --output "type=image,name=$hub/$name:$first,push=true" "$parts" > /dev/null
  digest=$(curl -sSf -o "$parts/manifest" -D - -H "Accept: $accept" "http://127.0.0.1:5001/v2/library/$name/manifests/$first" |
    tr -d '\r' | sed -n 's/^docker-content-digest: //Ip')
  type=$(sed -n 's/^ *"mediaType": *"\([^"]*\)".*/\1/p' "$parts/manifest" | head -n 1)
  shift
  for tag in "$@"; do
    curl -sSf -X PUT -H "Content-Type: ${type:-application/vnd.oci.image.manifest.v1+json}" \
      --data-binary @"$parts/manifest" "http://127.0.0.1:5001/v2/library/$name/manifests/$tag"
    echo "$name:$tag $digest" >> "$lab/images"
  done
}
accept='application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'

release=$(cat "$parts/debian.version")
make debian latest trixie "$release"
dockerfile=debian-slim make debian trixie-slim "$release-slim"

root=$parts/busybox
mkdir -p "$root"/{bin,dev,etc,home,proc,root,sys,usr/{bin,sbin},var/{spool,www}}
mkdir -m 1777 "$root/tmp"
cp "$parts/busybox-static/usr/bin/busybox" "$root/bin/busybox"
for applet in $("$root/bin/busybox" --list); do
  [ "$applet" = busybox ] || ln "$root/bin/busybox" "$root/bin/$applet"
done
ln -s ../../bin/env "$root/usr/bin/env"
cat > "$root/etc/passwd" <<'FILE'
root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
FILE
cat > "$root/etc/group" <<'FILE'
root:x:0:
daemon:x:1:
tty:x:5:
www-data:x:33:
nogroup:x:65534:
FILE
pack "$root" "$parts/busybox.tar"
busybox=$(sed 's/^[0-9]*://; s/[-+].*//' "$parts/busybox-static.version")
make busybox latest "$busybox"

root=$build/images/registry
# Not /bin, which is a link in Debian: a folder in the tar file would replace it.
mkdir -p "$root/usr/bin" "$root/var/lib/registry"
cp "$parts/docker-registry/usr/bin/docker-registry" "$root/usr/bin/registry"
chmod 755 "$root/entrypoint.sh"
pack "$root" "$parts/registry.tar"
registry=$(sed 's/[-+].*//' "$parts/docker-registry.version")
make registry latest 2 "$registry"

# Versions without the number of the rebuild, which differs between architectures.
version() { dpkg-query --show --showformat='${Version}' "$1" | sed 's/+b[0-9]*$//'; }
printf '{ "engine": "%s", "containerd": "%s", "runc": "%s", "buildx": "%s", "compose": "%s", "registry": "%s", "debian": "%s", "busybox": "%s" }\n' \
  "$(version docker.io)" "$(version containerd)" "$(version runc)" "$(version docker-buildx)" \
  "$(version docker-compose)" "$(version docker-registry)" "$release" "$busybox" > "$lab/versions"
# Removes what a lab does not need, and traces of this Engine.
rm -rf "$build" /var/log/dockerd.log /var/log/lab-*.log /etc/docker /root/.docker /root/.ssh
cat "$lab/versions"
