import { withTag } from '../../../src/core/lesson/image-name.ts';
import type { Lesson } from '../../../src/core/lesson/model.ts';
import { textOf } from './downloads.ts';

/*
 * An archive of images that every Docker Engine loads: an OCI image layout
 * (https://github.com/opencontainers/image-spec/blob/main/image-layout.md), which newer Engines
 * read, with the `manifest.json` of `docker save`, which older ones read.
 */

/**
 * Images arrive under this name, because `docker load` takes a name away from an image that has it.
 * `load.sh` gives them the names of the lessons where those are free.
 */
const PREFIX = 'lab/';

/** A blob, as manifests refer to it. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:…` */
  readonly digest: string;
  readonly size: number;
}

/** An image in a registry. */
export interface Image {
  /** `NAME:TAG`, as lessons write it. */
  readonly name: string;
  readonly manifest: Descriptor;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/**
 * Reads the manifest of an image.
 * @throws {Error} if it is not the manifest of one image for one platform
 */
export function readImage(name: string, digest: string, manifest: Buffer): Image {
  const { mediaType, config, layers } = JSON.parse(manifest.toString()) as {
    mediaType?: string;
    config?: Descriptor;
    layers?: readonly Descriptor[];
  };
  if (config === undefined || layers === undefined)
    throw new Error(`${name} is not an image for one platform: ${mediaType ?? digest}`);
  const type = mediaType ?? 'application/vnd.oci.image.manifest.v1+json';
  return { name, manifest: { mediaType: type, digest, size: manifest.length }, config, layers };
}

/** Path of a blob in the archive. */
export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** All blobs of the images, each once, by digest. */
export function blobsOf(images: readonly Image[]): Descriptor[] {
  const all = images.flatMap(({ manifest, config, layers }) => [manifest, config, ...layers]);
  const byDigest = new Map(all.map((blob) => [blob.digest, blob]));
  return [...byDigest.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1));
}

/** The files of the archive beside the blobs, by path. */
export function indexFiles(images: readonly Image[]): Readonly<Record<string, string>> {
  const manifests = images.map(({ name, manifest }) => ({
    ...manifest,
    annotations: {
      'io.containerd.image.name': `docker.io/${PREFIX}${name}`,
      'org.opencontainers.image.ref.name': name.slice(name.indexOf(':') + 1),
    },
  }));
  const saved = Map.groupBy(images, ({ config }) => config.digest);
  const manifest = [...saved].map(([config, [image, ...others]]) => ({
    Config: blobPath(config),
    RepoTags: [image, ...others].flatMap((one) => (one ? [`${PREFIX}${one.name}`] : [])),
    Layers: (image?.layers ?? []).map(({ digest }) => blobPath(digest)),
  }));
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests,
  };
  return {
    'oci-layout': JSON.stringify({ imageLayoutVersion: '1.0.0' }),
    'index.json': JSON.stringify(index),
    'manifest.json': JSON.stringify(manifest),
  };
}

/**
 * Which images lessons use: those that they ask for in the front matter, or name in a command or a
 * file. A name without a tag means `latest`, and counts in the front matter only, for it may be any
 * word elsewhere.
 * @param known `NAME:TAG` of the images that the lab's registry has
 */
export function imagesOf(
  lessons: readonly Pick<Lesson, 'frontMatter' | 'blocks'>[],
  known: readonly string[],
): string[] {
  const asked = new Set(lessons.flatMap(({ frontMatter }) => frontMatter.images).map(withTag));
  const texts = lessons.flatMap(({ blocks }) => blocks.map(textOf));
  const isNamed = (name: string) => {
    const pattern = new RegExp(String.raw`(?<![\w./-])${RegExp.escape(name)}(?![\w.-])`);
    return texts.some((text) => pattern.test(text));
  };
  return known.filter((name) => asked.has(name) || isNamed(name)).sort();
}
