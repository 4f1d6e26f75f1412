import { expect, test } from 'vitest';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { blobsOf, imagesOf, indexFiles, readImage } from './image-archive.ts';

const layer = (name: string) => ({ mediaType: 'layer', digest: `sha256:${name}`, size: 10 });

function image(name: string, digest: string, layers: readonly string[]) {
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'config', digest: `sha256:config-of-${digest}`, size: 5 },
    layers: layers.map(layer),
  };
  return readImage(name, `sha256:${digest}`, Buffer.from(JSON.stringify(manifest)));
}

const IMAGES = [
  image('debian:latest', 'debian', ['a']),
  image('debian:trixie', 'debian', ['a']),
  image('node:24', 'node', ['a', 'b']),
];

test('all names begin with lab/, in the index of newer Engines and in that of older ones', () => {
  const files = indexFiles(IMAGES);
  const index = JSON.parse(files['index.json'] ?? '') as {
    manifests: { digest: string; annotations: Record<string, string> }[];
  };
  expect(
    index.manifests.map(({ digest, annotations }) => [
      digest,
      annotations['io.containerd.image.name'],
    ]),
  ).toEqual([
    ['sha256:debian', 'docker.io/lab/debian:latest'],
    ['sha256:debian', 'docker.io/lab/debian:trixie'],
    ['sha256:node', 'docker.io/lab/node:24'],
  ]);
  expect(JSON.parse(files['manifest.json'] ?? '')).toEqual([
    {
      Config: 'blobs/sha256/config-of-debian',
      RepoTags: ['lab/debian:latest', 'lab/debian:trixie'],
      Layers: ['blobs/sha256/a'],
    },
    {
      Config: 'blobs/sha256/config-of-node',
      RepoTags: ['lab/node:24'],
      Layers: ['blobs/sha256/a', 'blobs/sha256/b'],
    },
  ]);
});

test('a blob that several images share is in the archive once', () => {
  expect(blobsOf(IMAGES).map(({ digest }) => digest.slice('sha256:'.length))).toEqual([
    'a',
    'b',
    'config-of-debian',
    'config-of-node',
    'debian',
    'node',
  ]);
});

test('an index of several platforms is refused, with the name of the image', () => {
  const index = Buffer.from(JSON.stringify({ mediaType: 'an index', manifests: [] }));
  expect(() => readImage('debian:latest', 'sha256:0', index)).toThrow(
    'debian:latest is not an image for one platform: an index',
  );
});

const lesson = (id: string, text: string, images = '') => {
  const parsed = parseLesson(
    `---\ntitle: A\ndescription: B.\n${images}\n---\n\n${text}\n`,
    `${id}.mdx`,
  );
  if (parsed.lesson === undefined) throw new Error(JSON.stringify(parsed.problems));
  return parsed.lesson;
};

const step = (id: string, typed: string) => `\`\`\`console ${id}\n$ ${typed}\n\`\`\``;

test('images are those that lessons ask for, and those that commands and files name', () => {
  const known = ['busybox:latest', 'debian:latest', 'debian:13.8', 'debian:trixie', 'node:24'];
  const lessons = [
    lesson('one', step('a', 'docker run debian:trixie true'), 'images: [busybox]'),
    // A tag is no part of another, and `latest` is not meant by a word.
    lesson('two', step('b', 'echo debian:13.8-slim localhost:5000/debian:13.8 debian')),
    lesson('three', '```dockerfile file="Dockerfile"\nFROM node:24 AS build\n```'),
  ];
  expect(imagesOf(lessons, known)).toEqual(['busybox:latest', 'debian:trixie', 'node:24']);
});
