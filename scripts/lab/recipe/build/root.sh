#!/bin/sh
# Creates the root file system of a lab with Docker Engine, only from Debian's archive:
#
#   root.sh SUITE PACKAGES TAR
#
# PACKAGES is a file that lists the packages to install in addition to the essential ones. The name
# TAR has to end in .tar, because mmdebstrap derives the format from it. Needs root on Debian or
# Ubuntu, and a network.
set -eu
TMPDIR=$(dirname "$3")
export TMPDIR
packages=$(sed 's/#.*//' "$2" | tr -s '\n ' ',' | sed 's/^,//; s/,$//')
# The keyring is named explicitly for hosts that run Ubuntu, or a Debian release older than the
# suite. Release files of testing expire after a week, those on a slow mirror sooner. Manual pages
# and translations are never read in a lab, and would be a third of its files.
mmdebstrap --quiet --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
  --aptopt='Acquire { Check-Valid-Until "false"; Check-Date "false"; }' \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --include="$packages" \
  --customize-hook='rm -rf "$1"/etc/apt/sources.list* "$1"/etc/hostname "$1"/etc/resolv.conf' \
  "$1" "${3%.tar}.new.tar" http://deb.debian.org/debian
mv "${3%.tar}.new.tar" "$3"
