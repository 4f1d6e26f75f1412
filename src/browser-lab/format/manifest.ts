export const VM_SCHEMA = 1;

/** Folder beside the manifest: the licences of all programs, and where their sources are. */
export const LICENCES = 'licences';

/**
 * The required shape of a value: a type, a list or record of one shape, or an object with fields.
 */
type Shape =
  | 'string'
  | 'number'
  | { readonly is: string | number }
  | { readonly each: Shape }
  | { readonly values: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

/** A value of a shape. */
type Shaped<S> = S extends 'string'
  ? string
  : S extends 'number'
    ? number
    : S extends { readonly is: infer Value }
      ? Value
      : S extends { readonly each: infer Item }
        ? readonly Shaped<Item>[]
        : S extends { readonly values: infer Item }
          ? Readonly<Record<string, Shaped<Item>>>
          : S extends { readonly fields: infer Fields }
            ? { readonly [Name in keyof Fields]: Shaped<Fields[Name]> }
            : never;

const FILE = {
  fields: {
    /** Relative to the manifest's folder. */
    path: 'string',
    bytes: 'number',
    /** In hexadecimal digits. */
    sha256: 'string',
  },
} as const satisfies Shape;

const SHAPE = {
  fields: {
    /** Version of this format. */
    schema: { is: VM_SCHEMA },
    /** Day (UTC, `YYYY-MM-DD`) on which the state was saved. */
    built: 'string',
    /** Hash of everything from which it was built. */
    inputs: 'string',
    /** Memory of the guest, in bytes; a saved state requires the same size. */
    memory: 'number',
    /**
     * Memory of the emulated graphics card, in bytes; nothing is drawn, but it is part of the
     * state.
     */
    vgaMemory: 'number',
    /** Settings of v86's compiler by number, for `set_jit_config` after the emulator has loaded. */
    jit: { values: 'number' },
    /** Versions as reported by the programs in the image. */
    versions: {
      fields: {
        engine: 'string',
        docker: 'string',
        containerd: 'string',
        runc: 'string',
        kernel: 'string',
        debian: 'string',
        v86: 'string',
      },
    },
    /** The images that `docker images` lists, such as `busybox:latest`. */
    images: { each: 'string' },
    /** Differences from a stock Engine, described for readers. */
    differs: { each: { fields: { what: 'string', why: 'string' } } },
    /** `state` is the saved state of the machine, compressed with zstd; v86 decompresses it. */
    files: { fields: { wasm: FILE, bios: FILE, vgaBios: FILE, state: FILE } },
    /** The disk, split into parts that are fetched when they are read, compressed with zstd. */
    disk: {
      fields: {
        /**
         * Pattern of the parts' names: `disk-HASH/part.img.zst` stands for
         * `disk-HASH/part-0-262144.img.zst` and so on.
         */
        path: 'string',
        /** Size of the disk, in bytes. */
        bytes: 'number',
        /** Uncompressed size of a part, in bytes. */
        partBytes: 'number',
        /** Compressed size of all parts together, in bytes. */
        packedBytes: 'number',
      },
    },
    /**
     * Images that the guest can pull: digests of manifests by name and tag, such as
     * `library/debian:latest`, the manifests with their media types, and what they refer to.
     */
    registry: {
      fields: {
        tags: { values: 'string' },
        manifests: { each: { fields: { ...FILE.fields, type: 'string' } } },
        blobs: { each: FILE },
      },
    },
    /** The part of Debian's archive from which containers install packages. */
    archive: {
      each: {
        fields: {
          ...FILE.fields,
          /** Its path in the archive, such as `debian/dists/trixie/Release`. */
          at: 'string',
        },
      },
    },
    /** Numbers of the serial lines: the reader's bash, and the page's hidden shell (control.ts). */
    serial: { fields: { shell: 'number', control: 'number' } },
    /**
     * The reader's bash: the size of its terminal when the state was saved, the folder in which it
     * starts, and the nonce of the marks in its output (src/core/session/marks.ts).
     */
    shell: { fields: { cols: 'number', rows: 'number', folder: 'string', nonce: 'string' } },
  },
} as const satisfies Shape;

/**
 * `manifest.json` in the browser lab's folder, `vm/`: what the page loads to run a Docker Engine in
 * the reader's tab, what it contains, and how it differs from a stock Engine. Written by `npm run
 * vm`, read by the page.
 */
export type VmManifest = Shaped<typeof SHAPE>;

export type VmVersions = VmManifest['versions'];
export type VmDifference = VmManifest['differs'][number];

/** A file in the folder. Its name contains part of its hash, so that it can be cached forever. */
export type VmFile = Shaped<typeof FILE>;

/** Reads a file of the folder. Fails if it cannot be loaded. */
export type ReadFile = (file: VmFile) => Promise<Uint8Array>;

/**
 * Reads a manifest.
 * @throws {Error} if the text is not a manifest of this version
 */
export function readVmManifest(text: string): VmManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fault('it is not JSON');
  }
  const wrong = mismatch(value, SHAPE, '');
  if (wrong !== undefined) throw fault(wrong);
  return value as VmManifest;
}

function fault(why: string): Error {
  return new Error(
    `the browser lab's manifest.json cannot be used: ${why}; run \`npm run vm\` to rebuild it`,
  );
}

/** Where and how a value is not of a shape; undefined if it is. */
function mismatch(value: unknown, shape: Shape, at: string): string | undefined {
  const expected = (what: string) => `${at === '' ? 'it' : at} is not ${what}`;
  if (typeof shape === 'string') return typeof value === shape ? undefined : expected(`a ${shape}`);
  if ('is' in shape) return value === shape.is ? undefined : expected(JSON.stringify(shape.is));
  if ('each' in shape) {
    if (!Array.isArray(value)) return expected('a list');
    return first(value.map((item, index) => mismatch(item, shape.each, `${at}[${index}]`)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return expected('an object');
  const within = (name: string) => (at === '' ? name : `${at}.${name}`);
  const found = new Map<string, unknown>(Object.entries(value));
  const fields =
    'fields' in shape
      ? Object.entries(shape.fields)
      : [...found.keys()].map((name) => [name, shape.values] as const);
  return first(fields.map(([name, inner]) => mismatch(found.get(name), inner, within(name))));
}

function first(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((text) => text !== undefined);
}
