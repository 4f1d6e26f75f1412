#!/bin/bash
# Installs the packages of another lab from Debian testing. Runs once, in a container of the default
# lab with the host's network, before it is committed as that lab. Each line of the definition is a
# package or an apt pattern, optionally with architectures, such as `qemu-system-x86 [amd64]`. The
# last line that it prints contains the versions of these packages, as JSON.
set -euo pipefail
lab=/usr/local/lib/lab
sources=/etc/apt/sources.list.d
policy=/usr/sbin/policy-rc.d
export DEBIAN_FRONTEND=noninteractive

arch=$(dpkg --print-architecture)
mapfile -t packages < <(sed 's/#.*//' "$lab/definition/packages" | awk -v arch="$arch" '
  NF == 0 { next }
  match($0, /[[:blank:]]\[[^]]*\]/) && !index(" " substr($0, RSTART + 2, RLENGTH - 3) " ", " " arch " ") { next }
  { print $1 }')

mkdir "$sources"
cat > "$sources/testing.sources" <<'FILE'
Types: deb
URIs: http://deb.debian.org/debian
Suites: forky
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.pgp
FILE
printf '#!/bin/sh\nexit 101\n' > "$policy" # prevents services from starting
chmod 755 "$policy"
apt-mark showmanual | sort > /tmp/before
apt-get -qq update
apt-get -qq -y install --no-install-recommends "${packages[@]}"
apt-mark showmanual | sort | comm -13 /tmp/before - > /tmp/added
rm -r "$sources" "$policy" "$lab/definition" "$lab/extend" \
  /var/log/apt /var/log/dpkg.log /var/log/alternatives.log

# Versions without the number of the rebuild, which differs between architectures.
xargs dpkg-query --show --showformat='"${Package}": "${Version}"\n' < /tmp/added |
  sed 's/+b[0-9]*"$/"/' | paste -s -d, | sed 's/^/{ /; s/,/, /g; s/$/ }/'
