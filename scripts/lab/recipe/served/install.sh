#!/bin/bash
# Replaces the part of Debian's archive that the default lab serves by that of another lab. Runs
# once, in a container of the default lab with the host's network, before it is committed as that
# lab. The last line that it prints contains the versions of the packages, as JSON.
set -euo pipefail
lab=/usr/local/lib/lab
root=$lab/debian
export PARTS=$lab/served

# The packages have to fit the image `debian`, so its own apt chooses them. The image is in the
# registry; its manifest names the configuration and then the only layer.
storage=$lab/registry/docker/registry/v2
tag=$storage/repositories/library/debian/_manifests/tags/trixie/current/link
blob() { echo "$storage/blobs/sha256/${1:0:2}/$1/data"; }
manifest=$(sed 's/^sha256://' "$tag")
layer=$(grep -o 'sha256:[0-9a-f]*' "$(blob "$manifest")" | tail -n 1 | sed 's/^sha256://')
mkdir "$root" "$PARTS"
tar -xf "$(blob "$layer")" -C "$root"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount --rbind /dev "$root/dev"
chroot "$root" apt-get -qq update

SERVED=$(sed 's/#.*//' "$lab/definition/served-packages" | tr -s '\n ' ' ')
export SERVED
bash "$lab/build/stable-hook.sh" "$root"
rm -r "$lab/archive"
mv "$PARTS/archive" "$lab/archive"

versions=
for package in $SERVED; do
  version=$(chroot "$root" apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
  versions+=", \"$package\": \"$version\""
done
umount -l "$root/dev"
rm -rf --one-file-system "$root" "$PARTS" "$lab/definition" "$lab/extend" "$lab/build"
echo "{ ${versions#, } }"
