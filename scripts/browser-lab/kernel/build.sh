#!/bin/sh
# Compiles the kernel of the browser lab:
#
#   build.sh SOURCE FRAGMENT JOBS EPOCH OUT
#
# SOURCE is Debian's package linux-source-6.12, FRAGMENT the options that are set on top of
# allnoconfig. EPOCH is the build time that the kernel shows, in seconds. OUT receives bzImage and
# config. Needs gcc, make, flex, bison, bc, libelf-dev and xz, but no 32-bit C library.
set -eu
source=$1 fragment=$2 jobs=$3 out=$5
KBUILD_BUILD_TIMESTAMP=$(date --utc --date="@$4")
export KBUILD_BUILD_TIMESTAMP KBUILD_BUILD_USER=browser KBUILD_BUILD_HOST=lab KBUILD_BUILD_VERSION=1
work=$out/work
mkdir "$work"
dpkg-deb --fsys-tarfile "$source" |
  tar -x -O --wildcards './usr/src/linux-source-*.tar.xz' |
  tar -C "$work" -x -J --strip-components=1
cd "$work"
make -s ARCH=i386 allnoconfig
scripts/kconfig/merge_config.sh -m .config "$fragment" > /dev/null
make -s ARCH=i386 olddefconfig
# kconfig silently drops an option that conflicts with another one.
grep -E '^CONFIG_' "$fragment" | while read -r line; do
  grep -qxF "$line" .config || { echo "the kernel's configuration has no $line" >&2; exit 1; }
done
make ARCH=i386 -j"$jobs" bzImage
cp arch/x86/boot/bzImage "$out/bzImage"
cp .config "$out/config"
rm -rf "$work"
