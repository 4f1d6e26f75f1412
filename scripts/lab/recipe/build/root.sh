#!/bin/sh
# Makes the root filesystem of a lab with Docker Engine, from the archive of Debian alone:
#
#   root.sh SUITE PACKAGES TAR
#
# PACKAGES is a file that lists what it holds beside the essential packages. Needs root, a network, and
# a Debian or Ubuntu to run on. TAR has to end in .tar: mmdebstrap makes what its name says.
set -eu
TMPDIR=$(dirname "$3")
export TMPDIR
packages=$(sed 's/#.*//' "$2" | tr -s '\n ' ',' | sed 's/^,//; s/,$//')
# The keyring stands in for that of a host that is not Debian, or older than the suite. Testing's
# release files expire after a week, a slow mirror's sooner. The manual pages and translations are
# never read in a lab, and are a third of its files.
mmdebstrap --quiet --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
  --aptopt='Acquire { Check-Valid-Until "false"; Check-Date "false"; }' \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --include="$packages" \
  --customize-hook='rm -rf "$1"/etc/apt/sources.list* "$1"/etc/hostname "$1"/etc/resolv.conf' \
  "$1" "${3%.tar}.new.tar" http://deb.debian.org/debian
mv "${3%.tar}.new.tar" "$3"
