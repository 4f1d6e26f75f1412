#!/bin/sh
# Builds the disk of the browser lab:
#
#   disk.sh DEBIAN BUSYBOX PRELOADED PACKAGES GUEST NONCE EPOCH NODE OUT
#
# DEBIAN and BUSYBOX are the layers of these images as tar files, PRELOADED is the OCI image layout of
# both, PACKAGES a folder of .deb files, and GUEST the folder of the scripts that run in the machine.
# NONCE is part of the marks of the reader's shell. EPOCH is the latest time that a file may have, in
# seconds. NODE runs TypeScript. OUT receives disk.img. Needs root and mke2fs.
set -eu
here=$(dirname "$(readlink -f "$0")")
debian=$1 busybox=$2 preloaded=$3
shift 3
packages=$1 guest=$2 nonce=$3 epoch=$4 node=$5 out=$6
disk=$out/tree
system=$disk/system
rm -rf "$disk"
mkdir -p "$disk/debian" "$disk/busybox" "$disk/dev" "$disk/mnt" "$disk/proc" "$system"

tar -C "$disk/debian" -xf "$debian"
tar -C "$disk/busybox" -xf "$busybox"
cp -r "$preloaded" "$disk/images"

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

# The system uses the file of the image, so that its pages are in memory only once.
ln -sf /.disk/busybox/bin/busybox "$system/usr/bin/busybox"

library=$system/usr/lib/browser-lab
mkdir -p "$library" "$system/etc/browser-lab" "$system/etc/docker" "$system/etc/containerd" \
  "$system/var/lib/docker" "$system/root/workshop"
cp "$guest/init" "$disk/init"
for script in engine session import-images prepare; do cp "$guest/$script" "$library/$script"; done
# Scripts that save the emulated processor most of the starts of these programs.
for program in sbin/runc bin/containerd-shim-runc-v2; do
  mv "$system/usr/$program" "$library/"
  cp "$guest/${program#*/}" "$system/usr/$program"
  chmod 755 "$system/usr/$program"
done
chmod 755 "$disk/init" "$library"/*

# The docker command starts Buildx twice for each build, and the first time only asks for its
# metadata. This script has the answer, because the emulated processor needs seconds for each start.
plugin=$system/usr/libexec/docker/cli-plugins/docker-buildx
mv "$plugin" "$library/docker-buildx"
libraries=$disk/debian/usr/lib/i386-linux-gnu
starter="$libraries/ld-linux.so.2 --library-path $libraries"
docker=$system/usr/bin/docker buildx=$library/docker-buildx
"$node" "$here/width-tables.ts" "$docker" $starter "$docker" login -u x --password-stdin
"$node" "$here/width-tables.ts" "$buildx" $starter "$buildx" bake -f - --print
"$node" "$here/time-limits.ts" "$system/usr/sbin/dockerd"
metadata=$($starter "$buildx" docker-cli-plugin-metadata)
cat > "$plugin" <<FILE
#!/.disk/busybox/bin/sh
[ "\$1" = docker-cli-plugin-metadata ] || exec /usr/lib/browser-lab/docker-buildx "\$@"
echo '$metadata'
FILE
chmod 755 "$plugin"

sed "s/NONCE/$nonce/g" "$guest/bashrc" > "$system/etc/browser-lab/bashrc"
cp "$guest/daemon.json" "$system/etc/docker/daemon.json"
cp "$guest/containerd.toml" "$system/etc/containerd/config.toml"
echo lab > "$system/etc/hostname"
printf '127.0.0.1 localhost lab\n' > "$system/etc/hosts"
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
