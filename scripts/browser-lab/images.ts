import { hash } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { OnProgress } from '../lab/index.ts';
import { packagesIn } from './inputs/download.ts';
import { type InputsLock, pinned } from './inputs/lock.ts';
import { run } from './run.ts';
import { hashFiles, hashOf, nameOf, step } from './step.ts';

/*
 * The images that the guest can pull: those of the registry of a recorded lab
 * (`scripts/lab/recipe/build/prepare.sh`), for i386. `node` and `postgres` are left out: Node.js 24
 * does not exist for i386, and lessons use the two only together.
 */

const HERE = new URL('./', import.meta.url);
const LAB = '../lab/recipe/build/images/registry';
const SOURCES = [
  'images.ts',
  'make/layers.sh',
  `${LAB}/entrypoint.sh`,
  `${LAB}/etc/docker/registry/config.yml`,
];
/** The zstd level is high, because a layer is compressed once and fetched often. */
const LEVEL = 19;

/** A blob, as manifests refer to it (https://github.com/opencontainers/image-spec). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** A step of an image's Dockerfile: its entry in the history, and its layer. */
interface Made {
  readonly createdBy: string;
  readonly layer?: Descriptor;
  /** Digest of the uncompressed layer. */
  readonly diff?: string;
}

interface Image {
  readonly name: string;
  readonly tags: readonly string[];
  readonly manifest: Descriptor;
  /** Configuration and layers. */
  readonly parts: readonly Descriptor[];
}

/** What the registry has: `registry.json` in the result of the step. */
export interface RegistryContent {
  /** Digests of manifests by name and tag, such as `library/debian:latest`. */
  readonly tags: Readonly<Record<string, string>>;
  readonly manifests: readonly Descriptor[];
  /** Configurations and layers. */
  readonly blobs: readonly Descriptor[];
}

/** Results of the step: paths. */
export interface Images {
  /** Folder with `registry.json` and the files `blobs/sha256/DIGITS`. */
  readonly registry: string;
  /** Folder with the images that the guest has from the start, as an OCI image layout. */
  readonly preloaded: string;
  /** The only layer of busybox, as a tar file. */
  readonly busybox: string;
}

/**
 * Makes the images from Debian's packages.
 * @param base path of the result with `debian.tar`
 */
export async function makeImages(
  base: string,
  lock: InputsLock,
  report: OnProgress,
  signal: AbortSignal,
): Promise<Images> {
  const programs = [pinned(lock.system, 'busybox-static'), pinned(lock.machine, 'docker-registry')];
  const inputs = hashOf(
    nameOf(base),
    programs.map(({ sha256 }) => sha256).join('\n'),
    String(lock.epoch),
    await hashFiles(HERE, SOURCES),
  );
  const made = await step('images', inputs, async (folder) => {
    const packages = join(folder, 'packages');
    await packagesIn(packages, lock, programs, report, signal);
    report('building the images of the registry');
    const script = fileURLToPath(new URL('make/layers.sh', HERE));
    await run('sh', [script, packages, String(lock.epoch), folder], { signal });
    await rm(packages, { recursive: true });
    await pack(join(base, 'debian.tar'), lock, folder);
    await rm(join(folder, 'registry.tar'));
  });
  return {
    registry: join(made, 'registry'),
    preloaded: join(made, 'preloaded'),
    busybox: join(made, 'busybox.tar'),
  };
}

async function pack(debianTar: string, lock: InputsLock, folder: string): Promise<void> {
  const blobs = new Blobs(join(folder, 'registry'), lock.epoch);
  const version = (packages: InputsLock['base'], name: string) =>
    pinned(packages, name).version.replace(/^\d+:|[-+].*$/g, '');
  const release = version(lock.base, 'base-files');
  const debian = [
    await blobs.layer(debianTar, 'ADD debian.tar / # buildkit'),
    { createdBy: 'CMD ["bash"]' },
  ];
  const images = [
    await blobs.image(
      'debian',
      ['latest', 'trixie', release, 'trixie-slim', `${release}-slim`],
      { Cmd: ['bash'] },
      debian,
    ),
    await blobs.image(
      'busybox',
      ['latest', version(lock.system, 'busybox-static')],
      { Cmd: ['sh'] },
      [
        await blobs.layer(join(folder, 'busybox.tar'), 'ADD busybox.tar / # buildkit'),
        { createdBy: 'CMD ["sh"]' },
      ],
    ),
    await blobs.image(
      'registry',
      ['latest', '2', version(lock.machine, 'docker-registry')],
      {
        ExposedPorts: { '5000/tcp': {} },
        Entrypoint: ['/entrypoint.sh'],
        Cmd: ['/etc/docker/registry/config.yml'],
        Volumes: { '/var/lib/registry': {} },
      },
      [
        ...debian,
        await blobs.layer(join(folder, 'registry.tar'), 'ADD registry.tar / # buildkit'),
        { createdBy: 'EXPOSE [5000/tcp]' },
        { createdBy: 'VOLUME [/var/lib/registry]' },
        { createdBy: 'ENTRYPOINT ["/entrypoint.sh"]' },
        { createdBy: 'CMD ["/etc/docker/registry/config.yml"]' },
      ],
    ),
  ];
  await writeFile(join(blobs.folder, 'registry.json'), JSON.stringify(contentOf(images)));
  await writeLayout(
    images.filter(({ name }) => name !== 'registry'),
    blobs,
    join(folder, 'preloaded'),
  );
}

function contentOf(images: readonly Image[]): RegistryContent {
  const parts = images.flatMap((image) => image.parts);
  return {
    tags: Object.fromEntries(
      images.flatMap(({ name, tags, manifest }) =>
        tags.map((tag) => [`library/${name}:${tag}`, manifest.digest]),
      ),
    ),
    manifests: images.map(({ manifest }) => manifest),
    blobs: [...new Map(parts.map((blob) => [blob.digest, blob])).values()],
  };
}

/** Writes images as an OCI image layout, from which `docker load` loads them. */
async function writeLayout(images: readonly Image[], blobs: Blobs, folder: string): Promise<void> {
  await mkdir(join(folder, 'blobs/sha256'), { recursive: true });
  const manifests = images.map(({ name, manifest }) => ({
    ...manifest,
    annotations: {
      'io.containerd.image.name': `docker.io/library/${name}:latest`,
      'org.opencontainers.image.ref.name': 'latest',
    },
  }));
  for (const { digest } of images.flatMap(({ manifest, parts }) => [manifest, ...parts]))
    await link(join(blobs.folder, pathOf(digest)), join(folder, pathOf(digest)));
  await writeFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const index = { schemaVersion: 2, mediaType, manifests };
  await writeFile(join(folder, 'index.json'), JSON.stringify(index));
}

/** A folder of content-addressed files, and what BuildKit would put into it. */
class Blobs {
  readonly folder: string;
  private readonly created: string;

  /** @param epoch time of all images, in seconds */
  constructor(folder: string, epoch: number) {
    this.folder = folder;
    this.created = new Date(epoch * 1000).toISOString().replace('.000Z', 'Z');
  }

  async layer(tar: string, createdBy: string): Promise<Required<Made>> {
    const content = await readFile(tar);
    const packed = await promisify(zstdCompress)(content, {
      pledgedSrcSize: content.length,
      params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
    });
    const layer = await this.put('application/vnd.oci.image.layer.v1.tar+zstd', packed);
    return { createdBy, layer, diff: digestOf(content) };
  }

  /** @param config what is not the same for all images */
  async image(
    name: string,
    tags: readonly string[],
    config: object,
    made: readonly Made[],
  ): Promise<Image> {
    const layers = made.flatMap(({ layer }) => layer ?? []);
    const described = {
      architecture: '386',
      config: {
        Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        WorkingDir: '/',
        ...config,
      },
      created: this.created,
      history: made.map(({ createdBy, layer }) => ({
        created: this.created,
        created_by: createdBy,
        comment: 'buildkit.dockerfile.v0',
        ...(layer === undefined && { empty_layer: true }),
      })),
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: made.flatMap(({ diff }) => diff ?? []) },
    };
    const configuration = await this.putJson('application/vnd.oci.image.config.v1+json', described);
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const manifest = await this.putJson(mediaType, {
      schemaVersion: 2,
      mediaType,
      config: configuration,
      layers,
    });
    return { name, tags, manifest, parts: [configuration, ...layers] };
  }

  private putJson(mediaType: string, value: object): Promise<Descriptor> {
    return this.put(mediaType, Buffer.from(JSON.stringify(value, undefined, 2)));
  }

  private async put(mediaType: string, content: Uint8Array): Promise<Descriptor> {
    const digest = digestOf(content);
    await mkdir(join(this.folder, 'blobs/sha256'), { recursive: true });
    await writeFile(join(this.folder, pathOf(digest)), content);
    return { mediaType, digest, size: content.length };
  }
}

function digestOf(content: Uint8Array): string {
  return `sha256:${hash('sha256', content)}`;
}

function pathOf(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}
