#!/bin/sh
# Creates the files of the `debian` image from pinned packages:
#
#   base.sh PACKAGES EPOCH OUT
#
# PACKAGES is a folder with the .deb files, and nothing else is installed. EPOCH is the latest time
# that a file may have, in seconds. OUT receives debian.tar. Needs root and mmdebstrap.
set -eu
here=$(dirname "$(readlink -f "$0")")
packages=$(readlink -f "$1")
out=$(readlink -f "$3")
export SOURCE_DATE_EPOCH="$2" TMPDIR="$out"

for file in "$packages"/*.deb; do
  dpkg-deb --field "$file"
  echo "Filename: ./$(basename "$file")"
  echo "Size: $(stat -c %s "$file")"
  echo "SHA256: $(sha256sum "$file" | cut -d ' ' -f 1)"
  echo
done > "$packages/Packages"
# mmdebstrap asks apt for the essential packages of the suite `trixie`.
cat > "$packages/Release" <<FILE
Suite: stable
Codename: trixie
Date: $(date --utc --date="@$2" '+%a, %d %b %Y %H:%M:%S UTC')
Architectures: i386
SHA256:
 $(sha256sum "$packages/Packages" | cut -d ' ' -f 1) $(stat -c %s "$packages/Packages") Packages
FILE

# The repository is trusted, because the hashes of the packages were checked when they were
# downloaded. apt reads them as root, because other users may not have access to the cache folder.
mmdebstrap --quiet --mode=root --variant=minbase --architectures=i386 --format=directory \
  --aptopt='APT::Sandbox::User "root"' \
  --customize-hook='rm -f "$1"/etc/apt/apt.conf.d/99mmdebstrap' \
  trixie "$out/root" "deb [trusted=yes] copy://$packages ./"
rm -rf "$out/root/var/lib/apt/lists"/*_Packages "$out/root/var/log"/*.log
# Applies the settings that the image has in recorded lessons.
echo "$2" > "$out/epoch"
sh "$here/../../lab/recipe/build/debian-tars.sh" "$out/root" "$out"
# The lab's archive is a small part of Debian's, which only Debian could sign.
sources=./etc/apt/sources.list.d/debian.sources
sed -i 's/^Signed-By: .*/Trusted: yes/' "$out/root/$sources"
touch --date="@$2" "$out/root/$sources"
tar --delete -f "$out/debian-slim.tar" "$sources"
tar -C "$out/root" --numeric-owner -rf "$out/debian-slim.tar" "$sources"
mv "$out/debian-slim.tar" "$out/slim.tar"
rm -rf "$out/root" "$out/epoch" "$out/debian.tar"
mv "$out/slim.tar" "$out/debian.tar"
