#!/bin/bash
# Starts what stands in for the Internet in a lab, which has no network: a registry with the images
# of the lessons, a name server, and a web server with a cut-out of Debian's archive.
set -eu
# The address of name server and archive, reachable from the lab and from every container in it. It
# lies outside of the ranges that Docker takes for its networks.
address=10.53.0.1
lab=/usr/local/lib/lab

ip link set lo up
ip address add "$address/32" dev lo
# Each in a subshell that ends, so that the container's first process takes them over and reaps them.
(setsid docker-registry serve "$lab/mirror.yml" > /var/log/lab-registry.log 2>&1 < /dev/null &)
(setsid busybox httpd -f -p "$address:80" -h "$lab/archive" > /var/log/lab-archive.log 2>&1 < /dev/null &)
# No server behind it: any other name does not exist, and that at once.
(setsid dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --pid-file= --no-resolv \
  --no-hosts --listen-address="$address" --bind-interfaces --local=/#/ \
  --address=/deb.debian.org/"$address" --address=/security.debian.org/"$address" \
  > /var/log/lab-names.log 2>&1 < /dev/null &)
