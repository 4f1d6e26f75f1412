#!/bin/sh
# Downloads into $PARTS what the lab serves in addition to `debian`. mmdebstrap (see fetch.sh) runs
# this script with the root file system of Debian stable, which still has package lists and a
# network.
set -eu
root=$1
lists=$root/var/lib/apt/lists
arch=$(chroot "$root" dpkg --print-architecture)
fetch() { # URL FILE [HASH]
  chroot "$root" /usr/lib/apt/apt-helper -qq download-file "$1" /tmp/fetched ${3:+"$3"}
  mkdir -p "$(dirname "$2")"
  mv "$root/tmp/fetched" "$2"
}
uris() { chroot "$root" apt-get -qq -y "$@" --print-uris | tr -d "'"; }

# The archive as apt expects it: the signed release file of each suite and its index …
for release in "$lists"/*_InRelease; do
  path=$(basename "$release" | sed 's/_InRelease$//; s/^deb.debian.org_//; s/_/\//g')
  mkdir -p "$PARTS/archive/$path"
  cp "$release" "$PARTS/archive/$path/InRelease"
  hash=$(awk -v file="main/binary-$arch/Packages.xz" '
    /^SHA256:/ { in_section = 1; next } /^[^ ]/ { in_section = 0 }
    in_section && $3 == file { print $1; exit }' "$release")
  by_hash=$path/main/binary-$arch/by-hash/SHA256/$hash
  fetch "http://deb.debian.org/$by_hash" "$PARTS/archive/$by_hash" "SHA256:$hash"
done
# … and the packages with their dependencies and recommendations, which mmdebstrap has turned off.
uris install -o APT::Install-Recommends=true $SERVED | while read -r url _ _ hash; do
  path=$(echo "${url#http://deb.debian.org/}" | sed 's/%2b/+/gI; s/%7e/~/gI; s/%3a/:/gI')
  fetch "$url" "$PARTS/archive/$path" "$hash"
done

# The programs of the busybox and registry images.
for package in busybox-static docker-registry; do
  uris download "$package" | while read -r url _ _ hash; do
    fetch "$url" "$PARTS/$package.deb" "$hash"
  done
  dpkg-deb --field "$PARTS/$package.deb" Version > "$PARTS/$package.version"
  dpkg-deb -x "$PARTS/$package.deb" "$PARTS/$package"
  rm "$PARTS/$package.deb"
done

# The images get the date of the newest suite, so that the same archive gives the same images.
sed -n 's/^Date: //p' "$lists"/*_InRelease | while read -r date; do date -d "$date" +%s; done |
  sort -n | tail -n 1 > "$PARTS/epoch"
cp "$root/etc/debian_version" "$PARTS/debian.version"
