#!/bin/sh
# Loads the images of the workshop into your Docker, without the Internet:
#
#   sh load.sh                     from the archive next to this file
#   sh load.sh http://ADDRESS      from the teacher's computer
#
# No image of yours loses its name. The images arrive as lab/NAME, and get the names that the
# lessons use where you have no other image of that name.
#
# With ARCH=amd64 before `sh`, it loads the images for that processor instead of your Engine's.
set -eu

fail() { # WHAT FIX
  printf 'load.sh: %s\n  to fix:   %s\n' "$1" "$2" >&2
  exit 1
}
bar= # the option with which curl draws a progress bar, or nothing
fetch() { # NAME: downloads images/NAME
  if command -v curl > /dev/null; then
    curl -f "${bar:--sS}" -o "$folder/$1" "$site/images/$1"
  else
    wget $([ -n "$bar" ] || echo -q) -O "$folder/$1" "$site/images/$1"
  fi || fail "$site/images/$1 cannot be downloaded" \
    'compare the address with the one on the board, and check that you are in the same network'
}
size() { # BYTES: in parentheses, or nothing if the number is unknown
  [ -z "$1" ] || echo " ($(($1 / 1000000)) MB)"
}
id() { docker image inspect --format '{{.Id}}' "$1" 2> /dev/null || true; }

if [ $# -eq 0 ]; then
  folder=$(dirname "$0")
  [ -f "$folder/SHA256SUMS" ] || fail "the images are not in the folder of load.sh ($folder)" \
    'sh load.sh http://ADDRESS:8000, as on the board, or sh load.sh in site/images on the stick'
fi
command -v docker > /dev/null ||
  fail 'there is no docker command' 'install Docker first; on Windows, run this in WSL'
arch=${ARCH:-$(docker version --format '{{.Server.Arch}}')} ||
  fail 'Docker does not answer' 'start it (Docker Desktop, or `sudo systemctl start docker`)'
archive=linux-$arch.tar

if [ $# -gt 0 ]; then
  site=${1%/}
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 130' INT TERM HUP
  fetch SHA256SUMS
fi
wanted=$(sed -n "s/  $archive\$//p" "$folder/SHA256SUMS")
if [ -z "$wanted" ]; then
  has=$(sed -n 's/.*  linux-\(.*\)\.tar$/\1/p' "$folder/SHA256SUMS" | tr '\n' ' ')
  fail "your Engine is for $arch, and these images are for ${has% }" \
    'with emulation, as in Docker Desktop, put ARCH=amd64 before sh; see README.txt, 5'
fi
if [ $# -gt 0 ]; then
  bytes=$(curl -fsSI "$site/images/$archive" 2> /dev/null |
    tr -d '\r' | sed -n 's/^[Cc]ontent-[Ll]ength: *//p')
  echo "downloading $archive$(size "$bytes")"
  [ ! -t 2 ] || bar=-#
  fetch "$archive"
fi
sum=$(sha256sum "$folder/$archive" 2> /dev/null || shasum -a 256 "$folder/$archive")
[ "${sum%% *}" = "$wanted" ] ||
  fail "$archive is damaged or incomplete" 'copy or download it again'

bytes=$(wc -c < "$folder/$archive")
echo "loading $archive$(size "$bytes") into Docker, which may take some minutes"
said=$(docker load -i "$folder/$archive") ||
  fail "$archive cannot be loaded" 'read what Docker says above; it needs about 1 GB on the disk'
yours=
for image in $(echo "$said" | sed -n 's/^Loaded image: //p'); do
  name=${image#lab/}
  theirs=$(id "$name")
  if [ -z "$theirs" ]; then
    docker tag "$image" "$name"
    theirs=$(id "$image")
    echo "  $name"
  fi
  if [ "$theirs" = "$(id "$image")" ]; then
    # The image stays: it has the other name.
    docker rmi "$image" > /dev/null
  else
    yours="$yours $name"
  fi
done
[ -z "$yours" ] || cat >&2 << WARNING
warning: you have other images of these names, which they keep:$yours
  The workshop's are called lab/NAME. Most steps work with yours, too, but may print something else.
  To let a name mean the workshop's image, keep yours under another one first:
$(for name in $yours; do echo "    docker tag $name mine/$name && docker tag lab/$name $name"; done)
  After the workshop, this gives it back:
$(for name in $yours; do echo "    docker tag mine/$name $name"; done)
WARNING
echo 'The images are loaded.'
