#!/bin/sh
# Creates debian.tar and debian-slim.tar in OUT from ROOT, a minimal root file system of Debian
# stable, with the settings of Docker Hub's Debian images
# (https://github.com/debuerreotype/debuerreotype):
#
#   debian-tars.sh ROOT OUT
set -eu
root=$1
out=$2
put() { mkdir -p "$(dirname "$root/$1")"; cat > "$root/$1"; }

rm -f "$root/etc/apt/sources.list" "$root/etc/hostname" "$root/etc/resolv.conf"
put etc/apt/sources.list.d/debian.sources <<'FILE'
Types: deb
URIs: http://deb.debian.org/debian
Suites: trixie trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.pgp

Types: deb
URIs: http://deb.debian.org/debian-security
Suites: trixie-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.pgp
FILE
put etc/apt/apt.conf.d/docker-clean <<'FILE'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
FILE
put etc/apt/apt.conf.d/docker-gzip-indexes <<'FILE'
Acquire::GzipIndexes "true";
FILE
put etc/apt/apt.conf.d/docker-no-languages <<'FILE'
Acquire::Languages "none";
FILE
put etc/apt/apt.conf.d/docker-autoremove-suggests <<'FILE'
Apt::AutoRemove::SuggestsImportant "false";
FILE
# Only this setting is not in Docker Hub's image. apt still checks the signatures.
put etc/apt/apt.conf.d/lab-frozen-archive <<'FILE'
# A lab has a frozen copy of Debian's archive: its release files may be past their date.
Acquire::Check-Valid-Until "false";
Acquire::Check-Date "false";
FILE
put etc/dpkg/dpkg.cfg.d/docker-apt-speedup <<'FILE'
force-unsafe-io
FILE
put usr/sbin/policy-rc.d <<'FILE'
#!/bin/sh
exit 101
FILE
chmod 755 "$root/usr/sbin/policy-rc.d"

# The owner would otherwise depend on whether apt could drop its privileges in the build folder.
chown "$(sed -n 's/^_apt:[^:]*:\([0-9]*\):.*/\1/p' "$root/etc/passwd")" \
  "$root/var/cache/apt/archives/partial" "$root/var/lib/apt/lists/partial"

pack() { # NAME [TAR-OPTION…]
  file=$out/$1.tar
  shift
  tar -C "$root" --sort=name --numeric-owner --mtime="@$(cat "$out/epoch")" --clamp-mtime \
    --exclude='./dev/?*' "$@" \
    -cf "$file" .
}
pack debian
put etc/dpkg/dpkg.cfg.d/docker <<'FILE'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
FILE
find "$root/usr/share/doc" -depth \( ! -type d ! -name copyright -o -type d -empty \) -delete
pack debian-slim --exclude='./usr/share/info/?*' --exclude='./usr/share/locale/?*' \
  --exclude='./usr/share/man/?*'
