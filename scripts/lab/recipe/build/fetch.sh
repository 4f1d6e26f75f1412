#!/bin/sh
# Downloads the parts of a lab image from Debian's archive, with Debian's own tools:
#
#   fetch.sh DEFINITION OUT
#
# DEFINITION is a folder with the lists `packages` and `served-packages`. OUT receives lab.tar, the
# root file system of the lab (Debian testing, which has a current Engine), and parts.tar: the files
# of the `debian` image (Debian stable), busybox, docker-registry, and a part of Debian's signed
# archive. Needs root on Debian or Ubuntu, and a network. Does not download existing files again.
set -eu
here=$(dirname "$(readlink -f "$0")")
definition=$(readlink -f "$1")
mkdir -p "$2"
out=$(readlink -f "$2")
words() { sed 's/#.*//' "$1" | tr -s '\n ' ' '; }
say() { echo "lab: $*"; }

# Release files of testing and security expire after a week, those on a slow mirror sooner.
undated='Acquire { Check-Valid-Until "false"; Check-Date "false"; }'
work=$out/work
export TMPDIR="$work"
# Named explicitly for hosts that run Ubuntu, or a Debian release older than the suite.
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

# This script runs on if its parent is killed. The next run waits for it and uses its files.
exec 9> "$out/lock"
flock 9
# An interrupted mmdebstrap may have left file systems of the host mounted there; they must survive.
rm -rf --one-file-system "$work"
mkdir -p "$work"
# In the background, because `set -e` has no effect in `testing || status=1`.
[ -f "$out/lab.tar" ] || testing &
first=$!
[ -f "$out/parts.tar" ] || stable &
second=$!
status=0
wait "$first" || status=1
wait "$second" || status=1
rm -rf --one-file-system "$work"
exit $status
