import { errorIndex } from '../../src/core/reference/error-index.ts';
import { openShownErrors } from '../../src/store/project.ts';
import { knownErrors } from '../../src/store/reference.ts';

/* What people type into the search, and the sections that answer it: as a reader would say, not as
   the search has it. */

/**
 * A query, and where its answer stands: `lesson#section`, a step's section, or a page of reference.
 */
export type Asked = readonly [query: string, ...answers: readonly [string, ...string[]]];

const STATUSES = 'exit-status#from-docker';
const SIGNAL = 'exit-status#from-a-signal';
const TYPOS = 'run#two-typos-two-numbers';
const ATTACH = 'exit-status#attach-talk-to-the-first-process';
const LEAVE_IT_OUT = 'run#what-is--it-for-leave-it-out';
const PRUNE_ALL = 'clean-up#what-prune-removes';
const STOP = 'lifecycle#stop-section';
const REMOVE = 'lifecycle#kill-and-remove';
const NO_TRACE = 'run#names-and-leaving-no-trace';
const BRACKETS = 'start-command#mind-the-brackets';
const BOTH = 'start-command#entrypoint-stays';
const REPLACED = 'start-command#what-you-type-replaces-cmd';
const SETTINGS = 'dockerfile#settings-env-and-arg';
const OWN_NAMES = 'namespaces-and-cgroups';
const SHOP = 'replace#open-the-shop';
const PUBLISH = 'networks#publish-a-port';
const FOR_WHOM = 'networks#0000-or-127001-for-everybody-or-for-you';
const LOCALHOST = 'networks#localhost-is-not-localhost';
const INSIDE = 'networks#a-server-that-talks-to-itself';
const VOLUME = 'volumes#a-volume';
const BIND = 'volumes#a-folder-of-your-own';
const TYPO = 'volumes#a-typo';
const OWNER = 'owners#a-number-not-a-name';
const NAMELESS = 'backup#volumes-without-a-name';
const NOT_READY = 'compose#wait-until-it-is-ready';
const GUEST_BOOK = 'compose#the-tea-house-gets-a-guest-book';
const DOT_ENV = 'compose-in-depth#what-is-env-for';
const NEW_PASSWORD = 'compose-in-depth#change-the-password';
const SCRIPT = 'when-it-fails#a-script-that-does-not-run';
const NOT_THERE = 'when-it-fails#the-file-that-is-not-there';
const KILLED = 'when-it-dies#two-containers-one-number';
const AGAIN = 'when-it-dies#it-starts-again-and-again';
const BESIDE = 'up-but-broken#bring-your-own-tools';
const NO_NAME = 'up-but-broken#a-name-that-leads-nowhere';
const NO_SPACE = 'up-but-broken#no-space-left';
const WHO_IS_ROOT = 'least-privilege#who-is-root-in-there';
const DROP = 'least-privilege#take-them-away---cap-drop';
const SECCOMP = 'least-privilege#a-call-that-is-refused-seccomp';
const SOCKET = 'least-privilege#an-open-door-dockersock';
const UNTESTED = 'in-ci#tests-that-nobody-ran';
const MEMORY = 'limits#memory-section';
const NO_MEMORY = 'in-ci#a-machine-without-a-memory';

/** Words and questions. */
export const TOPICS: readonly Asked[] = [
  ['exit 137', SIGNAL, REMOVE, KILLED],
  ['exit code 139', 'when-it-dies#other-numbers'],
  ['container exits immediately', 'when-it-fails#it-ended-and-nothing-is-wrong'],
  ['container does not start', 'when-it-fails#', 'when-it-fails#the-way-through', SCRIPT],
  ['shebang', SCRIPT, NOT_THERE, 'glossary#shebang'],
  ['CRLF', NOT_THERE, 'glossary#crlf'],
  ['OOMKilled', KILLED, 'when-it-dies#a-death-that-nobody-noticed'],
  ['crash loop', AGAIN, 'glossary#crash-loop'],
  ['restart policy', AGAIN, 'glossary#restart-policy'],
  ['--restart always', AGAIN],
  ['docker events', 'when-it-dies#the-engines-diary', 'commands#docker-events'],
  ['docker top', 'up-but-broken#ask-the-engine', 'commands#docker-top'],
  ['debug an image without a shell', 'up-but-broken#no-shell-no-tools', BESIDE],
  ['sidecar', BESIDE, 'glossary#sidecar'],
  ['resolv.conf', NO_NAME],
  ['exit code 127', SIGNAL, STATUSES, TYPOS],
  ['docker logs --since', 'exit-status#in-the-background', 'commands#docker-logs'],
  ['docker wait', 'exit-status#in-the-background', 'commands#docker-wait'],
  ['ENTRYPOINT vs CMD', BOTH, REPLACED, 'start-command#'],
  ['dockerfile', 'dockerfile#', 'dockerfile#the-recipe', 'glossary#dockerfile'],
  ['port', SHOP, PUBLISH, FOR_WHOM, 'glossary#port', 'glossary#published-port', 'networks#'],
  ['publish a port', SHOP, PUBLISH, FOR_WHOM, 'glossary#published-port'],
  ['127.0.0.1 vs 0.0.0.0', FOR_WHOM, INSIDE, 'firewall#better-do-not-open-it'],
  ['EXPOSE', 'networks#a-door-with-a-wall-behind-it', PUBLISH],
  ['host.docker.internal', LOCALHOST],
  ['containers find each other by name', 'networks#names', 'glossary#user-defined-network'],
  [
    'docker network create',
    'networks#names',
    'networks#two-networks',
    'commands#docker-network-create',
  ],
  ['network host', 'networks#who-can-reach-whom'],
  ['subnet vpn', 'networks#when-addresses-clash'],
  ['ufw', 'firewall#a-rule-that-holds-and-does-not', 'firewall#the-way-of-a-packet', LOCALHOST],
  ['DOCKER-USER', 'firewall#where-a-rule-can-stand', 'firewall#the-way-of-a-packet'],
  ['volume', VOLUME, 'glossary#volume'],
  ['docker volume rm', PRUNE_ALL, 'backup#the-worst-day', 'commands#docker-volume-rm'],
  ['bind mount', BIND, 'glossary#bind-mount'],
  ['keep data when a container is removed', 'volumes#', VOLUME, 'volumes#a-guest-book'],
  ['read-only mount', BIND],
  ['tmpfs', 'volumes#data-that-should-not-stay', 'immutable#lock-it', 'glossary#tmpfs'],
  ['-v or --mount', TYPO, VOLUME, BIND],
  ['back up a volume', 'backup#', 'backup#all-files-tar', 'backup#what-is-not-a-backup'],
  ['restore a volume', 'backup#the-worst-day'],
  ['docker cp', 'backup#one-file-docker-cp', 'commands#docker-cp'],
  ['anonymous volume', NAMELESS, 'glossary#anonymous-volume'],
  ['chown volume', 'owners#the-first-way-the-volume', 'owners#the-second-way-the-image'],
  ['files owned by root', OWNER, 'owners#the-third-way-the-user', 'owners#which-one', TYPO],
  ['docker run -it', LEAVE_IT_OUT, 'run#one-command'],
  ['what is -it for', LEAVE_IT_OUT],
  ['remove a container', REMOVE, NO_TRACE],
  ['how do I delete an image', 'images#the-ghosts-of-2014', 'mess-with-an-image#clean-up-section'],
  ['docker system prune', PRUNE_ALL, 'clean-up#all-of-it'],
  ['free disk space', 'clean-up#', NO_SPACE, 'cache#what-it-costs'],
  ['docker compose', 'compose#the-end', GUEST_BOOK, 'glossary#compose', 'compose-in-depth#'],
  ['depends_on', NOT_READY, GUEST_BOOK, 'compose#two-spaces-too-many'],
  ['wait until the database is ready', NOT_READY, GUEST_BOOK],
  ['docker compose down -v', 'compose#the-end', 'commands#docker-compose-down'],
  ['.env', DOT_ENV, NEW_PASSWORD],
  ['compose secrets', 'compose-in-depth#a-password-is-no-setting'],
  ['compose profiles', 'compose-in-depth#only-when-you-ask-profiles', 'compose-in-depth#'],
  ['compose override', 'compose-in-depth#one-file-for-all-one-for-you'],
  ['build cache', 'cache#', 'cache#the-right-order', 'glossary#build-cache'],
  ['two stages', 'small-images#two-stages', 'glossary#stage'],
  ['memory limit', MEMORY],
  ['out of memory', MEMORY, SIGNAL, KILLED],
  ['limit cpus', 'limits#processors'],
  ['docker exec bash', 'lifecycle#step-in-exec'],
  ['docker logs', 'lifecycle#born-but-not-alive', 'lifecycle#step-in-exec', 'commands#docker-logs'],
  ['why does docker stop take ten seconds', STOP],
  ['environment variable', SETTINGS, 'dockerfile#the-recipe'],
  ['build arg', SETTINGS],
  ['.dockerignore', 'dockerfile#what-the-dot-means'],
  ['build context', 'dockerfile#what-the-dot-means', 'glossary#build-context'],
  ['what is a layer', 'images#look-inside-layers', 'glossary#layer'],
  ['digest', 'images#a-tag-can-move-a-digest-cannot', 'glossary#digest'],
  [
    'container vs virtual machine',
    'why-docker#against-a-virtual-machine',
    'why-docker#how-much-memory',
  ],
  ['docker on a mac', 'run#whose-engine-is-it-docker-on-a-mac', 'boot2docker#'],
  [
    'where are images stored',
    'older-store#where-is-the-list-of-images',
    'mess-with-an-image#find-the-layer',
    'older-store#two-engines-two-stores',
  ],
  ['read-only container', 'immutable#lock-it'],
  ['docker attach', ATTACH],
  ['ctrl-p ctrl-q', ATTACH],
  ['docker commit', 'immutable#why-not-keep-it-the-trouble-with-commit'],
  [
    'docker history',
    'images#look-inside-layers',
    'images#the-ghosts-of-2014',
    'build-secrets#the-secret-recipe',
    'commands#docker-history',
  ],
  ['roll back', 'replace#and-back-again'],
  ['docker context use', 'contexts#contexts'],
  ['restart does not use the new image', 'replace#a-new-version'],
  ['parallel build', 'cache#side-by-side'],
  ['--no-cache', 'cache#when-the-cache-is-too-loyal'],
  [
    'root user in a container',
    'what-is-docker#users-the-odd-one-out',
    OWNER,
    WHO_IS_ROOT,
    'least-privilege#better-not-root-at-all-user',
    `${OWN_NAMES}#one-at-a-time`,
  ],
  ['docker pause', 'lifecycle#freeze-pause'],
  ['overlay2', 'older-store#two-engines-two-stores', 'glossary#overlay2'],
  ['docker push', 'share#the-name-is-the-address', 'share#a-second-tea', 'commands#docker-push'],
  ['private registry', 'share#a-registry-of-your-own', 'share#only-with-a-password'],
  ['pin an image by digest', 'share#move-a-tag', 'glossary#pin'],
  ['insecure-registries', 'share#from-another-machine', 'errors#plain-http'],
  ['docker login', 'share#only-with-a-password', 'commands#docker-login'],
  ['pull rate limit', 'share#what-you-pull-from-others'],
  ['docker save', 'image-files#save-and-load', 'image-files#mixed-up', 'commands#docker-save'],
  ['docker load', 'image-files#save-and-load', 'image-files#mixed-up', 'commands#docker-load'],
  ['multi-platform', 'platforms#', 'platforms#one-name-two-images', 'errors#one-platform-only'],
  ['cross-compile', 'platforms#build-for-another-one', 'glossary#cross-compiling'],
  ['unknown/unknown', 'platforms#one-name-two-images'],
  ['provenance', 'platforms#one-name-two-images', 'glossary#provenance'],
  ['qemu arm64', 'platforms#pretend-emulation', 'platforms#which-one-is-yours', 'platforms#'],
  ['shell form', BRACKETS],
  ['docker diff', 'immutable#what-did-it-change'],
  ['shim', 'glossary#shim', 'who-started-it#not-the-command', 'who-started-it#catch-runc'],
  ['docker exec', 'lifecycle#step-in-exec', 'commands#docker-exec'],
  ['restart a stopped container', REMOVE, 'commands#docker-start'],
  ['--rm', NO_TRACE],
  [
    'why is my build slow',
    'cache#one-small-change',
    'cache#the-right-order',
    'cache#a-small-app',
    'platforms#what-it-costs-a-build',
  ],
  ['tag vs digest', 'images#a-tag-can-move-a-digest-cannot', 'glossary#digest', 'glossary#tag'],
  ['leave attach without stopping', ATTACH],
  ['cheat sheet', 'cheat-sheet#'],
  ['error messages', 'errors#', 'errors#shown', 'errors#others'],
  ['--cap-drop', DROP, 'least-privilege#all-together'],
  ['capabilities', WHO_IS_ROOT, DROP, 'least-privilege#all-together', 'glossary#capability'],
  [
    'no-new-privileges',
    'least-privilege#no-way-back-up-no-new-privileges',
    'least-privilege#all-together',
  ],
  ['seccomp', SECCOMP, 'glossary#seccomp'],
  ['docker.sock', SOCKET, 'setup#'],
  ['--privileged', 'least-privilege#an-open-door---privileged'],
  ['rootless', 'least-privilege#a-root-that-is-not-root-rootless', 'glossary#rootless'],
  ['run tests in a build', UNTESTED, 'in-ci#green-but-when'],
  ['--cache-to', NO_MEMORY],
  ['docker buildx bake', 'in-ci#one-word-for-a-long-command', 'commands#docker-buildx-bake'],
  ['docker in docker', 'in-ci#where-does-ci-get-its-engine', 'in-ci#'],
  ['test database', 'test-database#', 'test-database#cups-and-guests'],
  ['DOCKER_HOST', 'contexts#a-second-engine', 'boot2docker#the-engine-over-there'],
];

/** Typed in haste. */
export const MISSPELT: readonly Asked[] = [
  ['dockerfle', 'dockerfile#', 'dockerfile#the-recipe', 'glossary#dockerfile'],
  ['entrypiont', BOTH, BRACKETS, 'start-command#'],
  ['docker atach', ATTACH],
  ['memroy limit', MEMORY],
  ['volmue', VOLUME, 'glossary#volume'],
  ['bind muont', BIND, 'glossary#bind-mount'],
  [
    'namspaces',
    `${OWN_NAMES}#`,
    'least-privilege#an-open-door---privileged',
    `${OWN_NAMES}#what-do-you-see`,
    `${OWN_NAMES}#one-at-a-time`,
    `${OWN_NAMES}#look-in-from-outside`,
    'glossary#namespace',
  ],
  ['enviroment variable', SETTINGS, 'dockerfile#the-recipe'],
  ['virtaul machine', 'why-docker#against-a-virtual-machine', 'glossary#virtual-machine'],
  ['docker system prnue', PRUNE_ALL, 'clean-up#all-of-it'],
  ['digset', 'images#a-tag-can-move-a-digest-cannot', 'glossary#digest'],
  ['staticaly linked', 'small-images#one-file-that-needs-no-other', 'glossary#statically-linked'],
  ['docker exce bash', 'lifecycle#step-in-exec'],
  ['biuld context', 'dockerfile#what-the-dot-means', 'glossary#build-context'],
  ['overlya2', 'older-store#two-engines-two-stores', 'glossary#overlay2'],
  ['dokcer run', 'run#one-command', 'commands#docker-run'],
  ['contianer logs', 'lifecycle#born-but-not-alive', NO_SPACE, 'commands#docker-logs'],
  ['libcontaner', 'ancestors#libcontainer-today-runc', 'glossary#libcontainer'],
  [
    'bild cache',
    'cache#',
    'cache#a-small-app',
    'cache#when-the-cache-is-too-loyal',
    'cache#what-it-costs',
    'glossary#build-cache',
  ],
];

/** Printed by Docker or by a program, and pasted. */
export const ERRORS: readonly Asked[] = [
  ['the input device is not a TTY', 'run#only--i-a-keyboard-no-terminal'],
  ['Conflict. The container name "/parrot" is already in use by container', NO_TRACE],
  [
    'executable file not found in $PATH',
    TYPOS,
    REPLACED,
    STATUSES,
    'small-images#what-you-give-up',
  ],
  [
    'conflict: unable to delete debian:latest (must be forced)',
    'mess-with-an-image#clean-up-section',
  ],
  ['volume is in use', PRUNE_ALL],
  ['failed to compute cache key', 'cache#the-right-order'],
  ['bind source path does not exist', TYPO],
  ['cannot create /data/file: Permission denied', OWNER, 'owners#', 'app#fault-four-it-is-root'],
  ['you must be root to change the host name', WHO_IS_ROOT],
  ['failed to set personality: Operation not permitted', SECCOMP],
  ['whoami: cannot find name for user ID 1000', 'owners#the-third-way-the-user'],
  ['tar: Refusing to write archive contents to terminal', 'backup#all-files-tar'],
  ["Unable to find image 'debian:latest' locally", 'run#one-command', TYPOS],
  ["'docker buildx build' requires 1 argument", 'dockerfile#the-recipe'],
  ['container is running: stop the container before removing or force remove', REMOVE],
  [
    'exec /hello: no such file or directory',
    'small-images#the-same-file-on-nothing',
    'small-images#the-empty-image',
  ],
  ['Cannot fork', 'limits#processes', `${OWN_NAMES}#number-one`],
  ['Read-only file system', 'immutable#lock-it'],
  ['does not provide the specified platform (linux/arm64)', 'why-docker#the-same-everywhere'],
  ["'scratch' is a reserved name", 'small-images#the-empty-image'],
  ['is paused, unpause the container before exec', 'lifecycle#freeze-pause'],
  ['file integrity checksum failed', 'older-store#mess-with-the-layer'],
  ['unknown flag', STATUSES, 'errors#unknown-flag'],
  ['port is already allocated', PUBLISH],
  ['Connection refused', LOCALHOST, 'networks#names'],
  ['bad address', 'networks#names', 'networks#two-networks', NO_NAME],
  ['Empty reply from server', INSIDE],
  ['no space left on device', 'clean-up#', NO_SPACE],
  ['exec format error', SCRIPT],
  ['exec /start.sh: no such file or directory', NOT_THERE],
  ['is restarting, wait until the container is running', AGAIN],
  ['no servers could be reached', NO_NAME],
  ['connect ECONNREFUSED', GUEST_BOOK],
  ['password authentication failed for user', NEW_PASSWORD],
  [
    'exec: "bash": executable file not found in $PATH',
    'what-is-docker#from-inside',
    TYPOS,
    REPLACED,
    STATUSES,
    'small-images#what-you-give-up',
  ],
];

/**
 * Each known error in its own words, and each message of the recordings as each Engine prints it,
 * with its entry on the page of error messages.
 * @param root folder of the project
 */
export async function knownMessages(root: string): Promise<Asked[]> {
  const index = errorIndex(knownErrors(root) ?? [], await openShownErrors(root));
  return index.flatMap(({ error, shown }) => {
    const messages = new Set([error.message, ...shown.map(({ message }) => message)]);
    return [...messages].map((message): Asked => [message, `errors#${error.id}`]);
  });
}

/** On the Spanish pages. */
export const SPANISH: readonly Asked[] = [
  ['teclado sin terminal', 'run#solo--i-un-teclado-sin-terminal'],
  ['dejar rastro', 'run#nombres-y-no-dejar-rastro'],
  ['terminla', 'run#solo--i-un-teclado-sin-terminal', 'run#solo--t-una-terminal-sin-teclado'],
  ['dos erratas', 'run#dos-erratas-dos-números'],
  ['código de salida', 'exit-status#', 'exit-status#del-programa', 'run#dos-erratas-dos-números'],
  ['matar y eliminar', 'lifecycle#matar-y-eliminar'],
  ['etiqueta digest', 'images#una-etiqueta-se-mueve-un-digest-no'],
  ['contexto de construcción', 'dockerfile#qué-significa-el-punto'],
  ['forma shell', 'start-command#ojo-con-los-corchetes'],
  ['invalidación de la caché', 'cache#un-cambio-pequeño'],
  ['capa de escritura', 'immutable#qué-ha-cambiado'],
  ['vuelta atrás', 'replace#y-vuelta-atrás'],
  ['the input device is not a TTY', 'run#solo--i-un-teclado-sin-terminal', 'errors#not-a-tty'],
  ['hoja de referencia', 'cheat-sheet#'],
  ['mensajes de error', 'errors#'],
  ['error getting credentials', 'errors#credential-helper'],
  [
    'publicar un puerto',
    'networks#publica-un-puerto',
    'networks#0000-o-127001-para-todo-el-mundo-o-para-ti',
  ],
  ['libro de visitas', 'volumes#un-libro-de-visitas'],
  [
    'copia de seguridad',
    'backup#todos-los-archivos-tar',
    'backup#lo-que-no-es-una-copia-de-seguridad',
  ],
];

/** Of these nothing is here. */
export const NOTHING: readonly string[] = [
  'asdfgh',
  'qqqq zzz',
  'xkcdvw',
  'jjkkll',
  'wq7vbnm',
  'ansible',
  'zxcvbnm poiuytrewq',
  'terraform',
];
