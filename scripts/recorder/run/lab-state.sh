# Goes on where engine-state.sh ends: prints what else the lab holds as lines of JSON, which are the
# cache of its builds, the contexts, the files and the command lines of the processes. It uses
# nothing that a lesson can change. $1 is the folder in which lessons begin, $2 its home folder.
root=/proc/1/root
ask 'system/df?type=build-cache' || exit

list() {
  for item in "$@"; do
    item=${item//\\/\\\\}
    printf '%s"%s"' "$comma" "${item//\"/\\\"}"
    comma=,
  done
}
lines() { comma=; printf '['; list "$@"; printf ']\n'; }

shopt -s nullglob dotglob
cat <(printf '[') <(sep=; for meta in "$root$2"/.docker/contexts/meta/*/meta.json; do
  printf %s "$sep"; cat "$meta"; sep=,; done) <(printf ']') | tr -d '\n'
printf '\n'
cat "$root$2/.docker/config.json" 2> /dev/null | tr -d '\n' | grep . || echo '{}'

files=()
for file in "$root$1"/* "$root$2"/[!.]* "$root"/tmp/[!.]*; do
  # A socket is the trace of a program, and its name is random.
  if [ "$file" = "$root$1" ] || [ -S "$file" ]; then continue; fi
  # While runc starts a program in a container, such as a health check, containerd keeps its
  # description there.
  if [[ $file == "$root"/tmp/runc-process* ]]; then continue; fi
  mark=; [ -d "$file" ] && [ ! -L "$file" ] && mark=/
  file=${file#"$root"}$mark
  case $file in
    "$1"/*) file=${file#"$1/"} ;;
    "$2"/*) file="~/${file#"$2/"}" ;;
  esac
  files+=("${file//[[:cntrl:]]/?}")
done
lines "${files[@]}"

programs=()
for process in /proc/[0-9]*; do
  # A container ends with all its programs when it is removed.
  [ "$process/ns/pid" -ef /proc/1/ns/pid ] || continue
  words=()
  mapfile -d '' words 2> /dev/null < "$process/cmdline" || continue
  programs+=("${words[*]//[[:cntrl:]]/ }")
done
lines "${programs[@]}"
