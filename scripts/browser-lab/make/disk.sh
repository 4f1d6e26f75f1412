#!/bin/sh
# Builds the disk of the browser lab:
#
#   disk.sh DEBIAN PACKAGES GUEST HOOKS NONCE EPOCH OUT
#
# DEBIAN is the `debian` image as a tar file, PACKAGES a folder of .deb files, GUEST the folder of
# the scripts that run in the machine, and HOOKS the folder of the two compiled programs of `hook`.
# NONCE is part of the marks of the reader's shell. EPOCH is the latest time that a file may have,
# in seconds. OUT receives disk.img. Needs root and mke2fs.
set -eu
debian=$1 packages=$2 guest=$3 hooks=$4 nonce=$5 epoch=$6 out=$7
disk=$out/tree
system=$disk/system
rm -rf "$disk"
mkdir -p "$disk/debian" "$disk/dev" "$disk/mnt" "$disk/proc" "$system"

tar -C "$disk/debian" -xf "$debian"

for file in "$packages"/*.deb; do
  dpkg-deb --fsys-tarfile "$file" | tar -C "$system" -x \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' \
    --exclude='./usr/share/locale/*' --exclude='./usr/share/info/*' \
    --exclude='./usr/share/lintian/*' --exclude='./usr/share/bash-completion/*' \
    --exclude='./lib/systemd/*' --exclude='./usr/lib/systemd/*' --exclude='./etc/init.d/*'
done
for program in iptables iptables-save iptables-restore \
  ip6tables ip6tables-save ip6tables-restore; do
  ln -sf xtables-legacy-multi "$system/usr/sbin/$program"
done

# The busybox image, built as in recorded lessons.
busybox=$disk/busybox
mkdir -p "$busybox/bin" "$busybox/dev" "$busybox/etc" "$busybox/home" "$busybox/proc" \
  "$busybox/root" "$busybox/sys" "$busybox/usr/bin" "$busybox/usr/sbin" "$busybox/var/spool" \
  "$busybox/var/www"
mkdir -m 1777 "$busybox/tmp"
cp "$system/usr/bin/busybox" "$busybox/bin/busybox"
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
# The system uses the file of the image, so that its pages are in memory only once.
ln -sf /.disk/busybox/bin/busybox "$system/usr/bin/busybox"

library=$system/usr/lib/browser-lab
mkdir -p "$library" "$system/etc/browser-lab" "$system/etc/docker" "$system/etc/containerd" \
  "$system/var/lib/docker" "$system/var/lib/containerd" "$system/root/workshop"
cp "$guest/init" "$disk/init"
for script in engine session import-images prepare; do cp "$guest/$script" "$library/$script"; done
cp "$hooks/runtime" "$hooks/set-key" "$library/"
chmod 755 "$disk/init" "$library"/*
sed "s/NONCE/$nonce/g" "$guest/bashrc" > "$system/etc/browser-lab/bashrc"
cp "$guest/daemon.json" "$system/etc/docker/daemon.json"
cp "$guest/containerd.toml" "$system/etc/containerd/config.toml"
echo docker > "$system/etc/hostname"
printf '127.0.0.1 localhost docker\n' > "$system/etc/hosts"
# The page: see `init`.
printf 'nameserver 10.53.0.1\n' > "$system/etc/resolv.conf"
grep -q '^docker:' "$disk/debian/etc/group" ||
  { cat "$disk/debian/etc/group"; echo 'docker:x:999:'; } > "$system/etc/group"

find "$disk" -newermt "@$epoch" -exec touch --no-dereference --date="@$epoch" {} +

size=$(($(du -sk --apparent-size "$disk" | cut -f 1) * 115 / 100 / 1024 + 16))
rm -f "$out/disk.img"
truncate -s "${size}M" "$out/disk.img"
# Times, UUID and hash seed are fixed, so that the same packages give the same disk.
E2FSPROGS_FAKE_TIME=$epoch mke2fs -q -t ext4 \
  -O ^has_journal,^metadata_csum,^resize_inode,^dir_index -m 0 -b 4096 -N 24576 \
  -U 6c696b65-646f-636b-6572-766d30303031 \
  -E hash_seed=6c696b65-646f-636b-6572-766d30303032,root_owner=0:0 \
  -d "$disk" "$out/disk.img"
rm -rf "$disk"
