# Prints what the Engine of the lab holds, an answer of its API in each line. It is run beside the
# lab, whose root folder is that of its first process.
ask() {
  local questions=("${@/#/http://engine/}")
  curl -sS -f --max-time 60 --unix-socket /proc/1/root/run/docker.sock -w '\n' "${questions[@]}"
}

# Between telling a client that a container has ended and listing it as ended, the Engine writes to
# the disk, and holds the lock of the container. An inspection waits for that lock. See
# handleContainerExit, github.com/moby/moby/blob/v28.5.2/daemon/monitor.go.
running=$(ask containers/json | grep -oP '(?<={"Id":")\w+')
[ -z "$running" ] || ask $(printf 'containers/%s/json ' $running) &> /dev/null
ask 'containers/json?all=1' images/json volumes networks || exit
