#!/bin/sh
# Creates the layers of images other than `debian`, as in recorded lessons, from packages:
#
#   layers.sh PACKAGES EPOCH OUT
#
# PACKAGES is a folder with the .deb files of busybox-static and docker-registry. EPOCH is the time
# of all files, in seconds. OUT receives busybox.tar and registry.tar.
set -eu
here=$(dirname "$(readlink -f "$0")")
packages=$1 epoch=$2 out=$3
pack() { # NAME
  tar -C "$out/$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$epoch" \
    -cf "$out/$1.tar" .
  rm -r "${out:?}/$1"
}

busybox=$out/busybox
mkdir -p "$busybox/bin" "$busybox/dev" "$busybox/etc" "$busybox/home" "$busybox/proc" \
  "$busybox/root" "$busybox/sys" "$busybox/usr/bin" "$busybox/usr/sbin" "$busybox/var/spool" \
  "$busybox/var/www"
mkdir -m 1777 "$busybox/tmp"
dpkg-deb --fsys-tarfile "$packages"/busybox-static_*.deb |
  tar -xO ./usr/bin/busybox > "$busybox/bin/busybox"
chmod 755 "$busybox/bin/busybox"
for applet in $("$busybox/bin/busybox" --list); do
  [ "$applet" = busybox ] || ln "$busybox/bin/busybox" "$busybox/bin/$applet"
done
ln -s ../../bin/env "$busybox/usr/bin/env"
cat > "$busybox/etc/passwd" <<'FILE'
root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
FILE
cat > "$busybox/etc/group" <<'FILE'
root:x:0:
daemon:x:1:
tty:x:5:
www-data:x:33:
nogroup:x:65534:
FILE
pack busybox

registry=$out/registry
cp -r "$here/../../lab/recipe/build/images/registry" "$registry"
# Not /bin, which is a link in Debian: a folder in the tar file would replace it.
mkdir -p "$registry/usr/bin" "$registry/var/lib/registry"
dpkg-deb --fsys-tarfile "$packages"/docker-registry_*.deb |
  tar -xO ./usr/bin/docker-registry > "$registry/usr/bin/registry"
chmod 755 "$registry/usr/bin/registry" "$registry/entrypoint.sh"
pack registry
