/**
 * A change that readers would notice. Its commands stand in a script that the lesson runs, so that
 * what is typed stays the same and only the output can reveal the change.
 */
export interface Change {
  readonly what: string;
  /** The script as it is recorded, and with the change. */
  readonly script: string;
  readonly changed: string;
}

/** Changes that are recorded in one lesson. */
export interface ChangeGroup {
  /** What they have in common: the masks that might hide them. */
  readonly name: string;
  /** How the Engine stores images after the change, if that is what changes. */
  readonly store?: 'overlay2';
  readonly changes: readonly Change[];
}

/** A part of a script and what takes its place, either of which may be empty: `⟦before→after⟧`. */
const CHANGED = /⟦([^→]*)→([^⟧]*)⟧/;

/** @param scripts by what changes, each with one changed part unless the store changes */
function group(
  name: string,
  scripts: Readonly<Record<string, string>>,
  store?: 'overlay2',
): ChangeGroup {
  const changes = Object.entries(scripts).map(([what, commands]) => ({
    what,
    script: whole(commands.replace(CHANGED, '$1')),
    changed: whole(commands.replace(CHANGED, '$2')),
  }));
  return { name, ...(store && { store }), changes };
}

/** What a script leaves behind is removed before the next one, and its status is kept. */
function whole(commands: string): string {
  return `trap 'docker rm -f ann bob cyn > /dev/null 2>&1' EXIT\nset -e\n${commands.trim()}\n`;
}

const TWO = 'docker create --name ann busybox; docker create --name bob busybox';
const RUN_TWO = 'docker run -d --name ann busybox top; docker run -d --name bob busybox top';
/**
 * Builds what stands on standard input, and prints the id of the image `tmp`. A provenance would
 * hold the time of the build.
 */
const BUILD = 'docker build -q --provenance=false -t tmp -';

export const changes: readonly ChangeGroup[] = [
  group('containers and their ids', {
    'another container is asked for': `${TWO}; docker ps -aqf name=⟦^ann$→^bob$⟧`,
    'the same container instead of a new one': `${TWO} > id
⟦cat id→docker inspect -f {{.Id}} ann⟧`,
    'containers in another order': `${TWO}; docker ps -aq | ⟦cat→tac⟧`,
    'whole ids instead of short ones': `${TWO}; docker ps -aq⟦→ --no-trunc⟧`,
    'one container more': `${TWO}
docker ⟦ps→create --name cyn busybox > /dev/null; docker ps⟧ -aq`,
    'one container less': `${TWO}; docker ⟦ps→rm ann > /dev/null; docker ps⟧ -aq`,
    'the host name of another container': `${RUN_TWO}; docker exec ⟦ann→bob⟧ hostname`,
    'a container is replaced instead of restarted': `docker run -d --name ann busybox top
docker ⟦restart -t 0 ann→rm -f ann > /dev/null; docker run -d --name ann busybox top⟧ > /dev/null
docker ps -q`,
    'another generated name': `docker run -d --rm busybox sleep 30 > id
docker ps --format '{{.Names}}'
docker run -d --rm busybox sleep 30 > id2; docker inspect -f '{{slice .Name 1}}' $(cat ⟦id)→id2)⟧
docker kill $(cat id id2) > /dev/null`,
    'a container joins the network of another one': `docker run -d --name ann busybox top
docker run -d --name bob⟦ --network container:ann→⟧ busybox top
docker exec ann cat /sys/class/net/eth0/address; docker exec bob cat /sys/class/net/eth0/address`,
    'a process is a new one': `docker run -d --name ann busybox top
docker inspect ann | grep '"Pid"'
⟦true restart→docker restart -t 0 ann > /dev/null⟧; docker inspect ann | grep '"Pid"'`,
    'the port of another container': `docker run -d --name ann -p 127.0.0.1::80 busybox top
docker run -d --name bob -p 127.0.0.1::80 busybox top
docker port ann 80; docker port bob 80; docker port ⟦ann→bob⟧ 80`,
    'another address of a card': `${RUN_TWO}; docker exec ann cat /sys/class/net/eth0/address
docker inspect -f '{{.NetworkSettings.Networks.bridge.MacAddress}}' ⟦ann→bob⟧`,
    'no network but the loopback': `
docker run --rm⟦→ --network none⟧ busybox sh -c 'cat /sys/class/net/eth0/address 2> /dev/null ||
cat /sys/class/net/lo/address'`,
  }),
  group('images, layers, volumes', {
    'a container has a different image': `docker create --name ann busybox > id
docker create --name bob ⟦busybox→debian⟧ true > id
docker inspect -f '{{.Image}}' ann bob`,
    'a tag of another image': `docker images -q busybox; docker tag ⟦busybox→debian⟧ t:1
docker images -q t:1; docker rmi t:1 > /dev/null`,
    'the digest of another image': `
docker inspect -f '{{index .RepoDigests 0}}' busybox | sed 's/.*@//'
docker inspect -f '{{.Id}}' ⟦busybox→debian⟧`,
    'another base layer': `docker inspect -f '{{index .RootFS.Layers 0}}' busybox
printf 'FROM ⟦busybox→debian⟧\\nCMD ["top"]\\n' | ${BUILD} > id
docker inspect -f '{{index .RootFS.Layers 0}}' tmp`,
    'a layer more': `printf 'FROM busybox\\nRUN⟦→ true\\nRUN⟧ echo 1 > /one\\n' | ${BUILD} > id
docker inspect -f '{{range .RootFS.Layers}}{{println .}}{{end}}' tmp`,
    'a step is built again instead of coming from the cache': `
printf 'FROM busybox\\nRUN date +%%N%%s > /now\\n' > f; ${BUILD} < f
docker build⟦→ --no-cache⟧ -q --provenance=false - < f`,
    'a truncated digest': 'docker images -q --no-trunc busybox | cut -c ⟦1-71→1-19⟧',
    'another volume': `v=$(docker volume create); w=$(docker volume create); echo $v; echo $w
docker volume inspect -f '{{.Mountpoint}}' ⟦$v→$w⟧; docker volume rm $v $w > /dev/null`,
    'a container with another volume': `v=$(docker volume create)
docker run -d --name ann -v ⟦$v:/data→/data⟧ busybox top > id; echo $v
docker inspect -f '{{(index .Mounts 0).Name}}' ann; docker rm -fv ann > id
docker volume rm $v > id`,
    'another network': `docker network inspect -f '{{.Id}}' bridge
docker network ls -q --no-trunc -f ⟦name=^bridge$→name=^host$⟧`,
    'the parent of an image': `printf 'FROM busybox\\nRUN echo 2 > /two\\n' | ${BUILD} > id
docker history -q --no-trunc busybox | head -n 1; docker inspect -f '{{.Id}}' ⟦busybox→tmp⟧`,
    'a tag more': 'docker tag busybox t:2; docker images -q⟦ busybox→⟧; docker rmi t:2',
    'an image without a tag instead of one with a tag':
      "docker images --format '{{.ID}} ⟦{{.Tag}}→{{.Digest}}⟧' busybox",
  }),
  group('sizes and shares', {
    'an image that is ten megabytes larger': `
printf 'FROM busybox\\nRUN dd if=/dev/urandom of=/f bs=1k ⟦count=8→count=10000⟧\\n' |
docker build -q -t t - > id
docker images --format '{{.Size}}' t; docker rmi t > id`,
    'a layer of five megabytes instead of kilobytes': `
printf 'FROM busybox\\nRUN dd if=/dev/urandom of=/f bs=1k ⟦count=8→count=5000⟧ # h\\n' |
docker build -q -t t - > id
docker history --format '{{.Size}}' t | head -n 1; docker rmi t > id`,
    'a context of ten megabytes': `mkdir -p d
dd if=/dev/urandom of=d/f bs=1k ⟦count=1→count=10000⟧ 2> /dev/null
printf 'FROM scratch\\nCOPY f /\\n' > d/Dockerfile
docker build --progress plain d 2>&1 | grep -o 'transferring context: [0-9.]*[kM]*B' | tail -n 1
rm -r d`,
    'a container that has written more': `
docker run --name ann busybox dd if=/dev/zero of=/f bs=1k ⟦count=1000→count=9000⟧ 2> /dev/null
docker ps -as --format '{{.Size}}'`,
    'a container that has written something': `
docker run --name ann busybox ⟦true bs=1k→cp /bin/busybox /copy⟧
docker ps -as --format '{{.Size}}'`,
    'a volume that is not empty any more': `docker volume create vol > id
docker run --rm -v vol:/v busybox ⟦true→cp /bin/busybox⟧ /v/f
docker system df -v --format '{{range .Volumes}}{{println .Name .Size}}{{end}}'
docker volume rm vol > id`,
    'powers of 1024':
      "docker inspect -f '{{.Size}}' busybox | numfmt ⟦--to=si→--to=iec-i⟧ --suffix=B",
    'a larger limit for memory': `docker run -d --name ann -m ⟦64m→256m⟧ busybox top > id
docker stats --no-stream --format '{{.MemUsage}}' ann`,
    'a container whose memory is nearly full': `
docker run -d --name ann -m 64m busybox sh -c 'dd if=/dev/zero of=/dev/shm/f bs=1M ⟦count=1→count=50⟧ &&
sleep 100' > id
sleep 1; docker stats --no-stream --format '{{.MemPerc}}' ann`,
    'not everything can be reclaimed any more': `⟦true→docker create --name⟧ ann debian > id
docker system df --format '{{.Type}} {{.Reclaimable}}' | grep Images`,
    'a disk that is nearly full': `
docker run --rm --shm-size 10m busybox sh -c 'dd if=/dev/zero of=/dev/shm/f bs=1M ⟦count=1→count=9⟧ 2> /dev/null
df /dev/shm' | awk 'END { print $5 }'`,
    'a container that writes to memory': `
docker run -d --name ann busybox sh -c 'dd if=/dev/zero of=/dev/shm/f bs=1M ⟦count=1→count=50⟧
sleep 100' > id
sleep 1; docker stats --no-stream --format '{{.MemUsage}}' ann | cut -d / -f 1`,
  }),
  group('times and dates', {
    'twelve seconds instead of a tenth': "bash -c 'time sleep ⟦0.1→12⟧' 2>&1 | grep real",
    'a container that does not hear that it shall stop': `
docker run -d --name ann ⟦--init →⟧busybox sleep 1000 > id
bash -c 'time docker stop -t 12 ann' 2>&1 | grep real`,
    'a step of a build that takes long': `
printf 'FROM busybox\\nRUN sleep ⟦0.1→40⟧\\n' | docker build --no-cache --progress plain - 2>&1 |
sed -n '/RUN sl/,$ s/.*\\(DONE .*s\\)$/\\1/p' | head -n 1`,
    'a container that has been up for a minute':
      "docker run -d --name ann busybox top > id; sleep ⟦1→62⟧; docker ps --format '{{.Status}}'",
    'a container that has ended': `docker run -d --name ann busybox top > id
⟦true ann→docker stop -t 0 ann > id⟧; docker inspect -f '{{.State.FinishedAt}}' ann`,
    'a container that was never started': `docker ⟦run -d→create⟧ --name ann busybox top > id
docker inspect -f '{{.State.StartedAt}}' ann`,
    'an image that was made in 1970': `
printf 'FROM busybox\\nCMD ["date"]\\n' |
docker build -q -t tmp --build-arg ⟦A=0→SOURCE_DATE_EPOCH=0⟧ - > id
docker inspect -f '{{.Created}}' tmp`,
    'a date in another form': `docker create --name ann busybox > id
docker ⟦ps -a --format '{{.CreatedAt}}'→inspect -f '{{.Created}}' ann⟧`,
    'a date for people': 'docker run --rm busybox date⟦→ -Iseconds⟧',
    'a time without a fraction': `docker create --name ann busybox > id
docker inspect -f '{{.Created}}' ann | ⟦cut -c 1-99→sed 's/[.][0-9]*//'⟧`,
    'lines without the time at which they were printed':
      'docker run --name ann busybox echo Ahoy > id; docker logs⟦ -t→⟧ ann',
    'the clock of time -p': "bash -c 'time ⟦true→-p true⟧' 2>&1 | grep real",
  }),
  group('everything that is not masked', {
    'another status': "docker run --rm busybox sh -c 'exit ⟦0→3⟧'",
    'another signal': `docker run -d --name ann --init busybox sleep 1000 > id
docker ⟦stop -t 5→kill⟧ ann > id; docker inspect -f '{{.State.ExitCode}}' ann`,
    'another tag': `docker tag busybox ⟦t:3→t:4⟧; docker images --format '{{.Tag}}' t
docker rmi t:3 > id 2>&1 || docker rmi t:4 > id`,
    'another command': `docker create --name ann busybox ⟦top→ls⟧ > id
docker ps -a --format '{{.ID}} {{.Command}}'`,
    'another image': `docker create --name ann ⟦busybox→debian⟧ > id
docker ps -a --format '{{.ID}} {{.Image}} {{.RunningFor}}'`,
    'another published port': `docker run -d --name ann -p 127.0.0.1:⟦8080→8081⟧:80 busybox top > id
docker ps --format '{{.Ports}}'`,
    'another user': 'docker run --rm -u ⟦0→1000⟧ busybox id -u',
    'another number of a process': `
docker run --rm⟦→ --pid=host⟧ busybox sh -c 'echo "root $$ 2 sh"'`,
    'processes of the host': 'docker run --rm⟦→ --pid=host⟧ busybox ps -o pid,user,comm | wc -l',
    'another color': "docker run --rm busybox printf '\\033⟦[31m→[32m⟧red\\033[0m\\n'",
    bold: "docker run --rm busybox printf '\\033⟦[31m→[1;31m⟧red\\033[0m\\n'",
    'no color': 'docker run --rm busybox ls ⟦--color=always→--color=never⟧ /bin/sh',
    'a line less': 'docker run --rm busybox seq ⟦9→8⟧',
    'an empty line more': "docker run --rm busybox ⟦echo one→printf 'one\\n\\n.\\n'⟧",
    'another order': "docker run --rm busybox ⟦seq 3→sh -c 'seq 3 | tac'⟧",
    'a network without a way out': `docker network create ⟦net→--internal net⟧ > id
docker network ls -f name=^net$ --format '{{.Name}} {{.Internal}}'
docker network rm net > id`,
    'a variable': 'docker run --rm -e ⟦A=1→A=2⟧ busybox env | grep A=',
    'another restart policy': `docker create --name ann --restart ⟦no→always⟧ busybox > id
docker inspect -f '{{.HostConfig.RestartPolicy.Name}}' ann`,
    'a container that is paused': `docker run -d --name ann busybox top > id
⟦true ann→docker pause ann > id⟧; docker ps --format '{{.Status}}'`,
    'a capability less': 'docker run --rm⟦→ --cap-drop ALL⟧ busybox grep CapEff /proc/1/status',
    'the format of the client': `mkdir -p cfg
echo '{"psFormat":"{{.ID}} ⟦{{.Image}}→{{.Command}}⟧"}' > cfg/config.json
docker create --name ann busybox > id; docker --config cfg ps -a | tail -n 1`,
    'a label of an image': `printf 'FROM busybox\\nLABEL ⟦l=1→l=2⟧\\n' | ${BUILD} > id
docker inspect -f '{{.Config.Labels.l}}' tmp`,
  }),
  group(
    "the Engine's configuration: another store of images",
    {
      'the name of the store': "docker info -f '{{.Driver}}'",
      'an image is smaller': "docker images --format '{{.Repository}} {{.Size}}' debian",
      'the id of an image is no longer its digest': `docker inspect -f '{{.Id}}' busybox
docker inspect -f '{{index .RepoDigests 0}}' busybox | sed 's/.*@//'`,
      'a small image is smaller': "docker images --format '{{.Size}}' busybox",
    },
    'overlay2',
  ),
];
