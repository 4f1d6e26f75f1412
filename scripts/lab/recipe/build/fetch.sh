#!/bin/sh
# Fetches all that a lab image is made of, with Debian's own tools and from Debian's archive only:
#
#   fetch.sh DEFINITION OUT
#
# DEFINITION is a folder with the lists `packages` and `served-packages`. OUT receives lab.tar, the
# lab's root filesystem (Debian testing, which has a current Engine), and parts.tar: the `debian`
# image's files (Debian stable), busybox, docker-registry, and a cut-out of Debian's signed archive.
# Needs root, a network, and a Debian or Ubuntu to run on. A finished file is not fetched again.
set -eu
here=$(dirname "$(readlink -f "$0")")
definition=$(readlink -f "$1")
mkdir -p "$2"
out=$(readlink -f "$2")
words() { sed 's/#.*//' "$1" | tr -s '\n ' ' '; }
say() { echo "lab: $*"; }

# Testing's and security's release files expire after a week, a slow mirror's sooner.
undated='Acquire { Check-Valid-Until "false"; Check-Date "false"; }'
work=$out/work
export TMPDIR="$work"
# Stands in for the archive keyring of a host that is not Debian, or older than the suite.
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
mirror=http://deb.debian.org

testing() {
  say 'fetching the lab (Debian testing with Docker Engine)'
  sh "$here/root.sh" forky "$definition/packages" "$work/lab.tar"
  mv "$work/lab.tar" "$out/lab.tar"
}

stable() {
  say 'fetching the images of the lessons (Debian stable)'
  export SERVED="$(words "$definition/served-packages")"
  export PARTS="$work/parts"
  mkdir -p "$PARTS"
  mmdebstrap --quiet --variant=minbase --keyring="$keyring" --aptopt="$undated" --format=directory \
    --customize-hook="sh '$here/stable-hook.sh' \"\$1\"" trixie "$work/debian" - <<SOURCES
deb $mirror/debian trixie main
deb $mirror/debian trixie-updates main
deb $mirror/debian-security trixie-security main
SOURCES
  sh "$here/debian-tars.sh" "$work/debian" "$PARTS"
  tar -C "$PARTS" -cf "$work/parts.tar" .
  mv "$work/parts.tar" "$out/parts.tar"
}

# The process that started this may be killed while it runs. The next one then waits for the end of
# it, and has all files.
exec 9> "$out/lock"
flock 9
# Never into a file system of the host that an interrupted mmdebstrap may have left mounted there.
rm -rf --one-file-system "$work"
mkdir -p "$work"
# Each in the background: `set -e` does not hold on the left of `||`.
[ -f "$out/lab.tar" ] || testing &
first=$!
[ -f "$out/parts.tar" ] || stable &
second=$!
status=0
wait "$first" || status=1
wait "$second" || status=1
rm -rf --one-file-system "$work"
exit $status
