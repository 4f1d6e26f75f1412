/**
 * `manifest.json` in the browser lab's folder, `vm/`: what the page loads to run a Docker Engine in
 * the reader's tab, what it contains, and how it differs from a stock Engine. Written by `npm run
 * vm`, read by the page.
 */
export interface VmManifest {
  /** Version of this format. */
  readonly schema: typeof VM_SCHEMA;
  /** Day (UTC, `YYYY-MM-DD`) on which the state was saved. */
  readonly built: string;
  /** Hash of everything from which it was built. */
  readonly inputs: string;
  /** Memory of the guest, in bytes; a saved state requires the same size. */
  readonly memory: number;
  /**
   * Memory of the emulated graphics card, in bytes; nothing is drawn, but it is part of the state.
   */
  readonly vgaMemory: number;
  /** Settings of v86's compiler by number, for `set_jit_config` after the emulator has loaded. */
  readonly jit: Readonly<Record<string, number>>;
  readonly versions: VmVersions;
  /** The images that `docker images` lists, such as `busybox:latest`. */
  readonly images: readonly string[];
  readonly differs: readonly VmDifference[];
  readonly files: {
    readonly wasm: VmFile;
    readonly bios: VmFile;
    readonly vgaBios: VmFile;
    /** Saved state of the machine, compressed with zstd; v86 decompresses it. */
    readonly state: VmFile;
  };
  readonly disk: VmDisk;
  /** The numbers of the serial lines. */
  readonly serial: {
    /** The reader's bash. */
    readonly shell: number;
    /** The page's hidden shell; see `control.ts`. */
    readonly control: number;
  };
  readonly shell: VmShell;
}

export const VM_SCHEMA = 1;

/** Versions as reported by the programs in the image. */
export interface VmVersions {
  readonly engine: string;
  readonly docker: string;
  readonly containerd: string;
  readonly crun: string;
  readonly kernel: string;
  readonly debian: string;
  readonly v86: string;
}

/** A difference from a stock Engine, described for readers. */
export interface VmDifference {
  readonly what: string;
  readonly why: string;
}

/** A file in the folder. Its name contains part of its hash, so that it can be cached forever. */
export interface VmFile {
  /** Relative to the manifest's folder. */
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** The disk, split into parts that are fetched when they are read, each compressed with zstd. */
export interface VmDisk {
  /**
   * Pattern of the parts' names: `disk-HASH/part.img.zst` stands for
   * `disk-HASH/part-0-262144.img.zst` and so on.
   */
  readonly path: string;
  /** Size of the disk, in bytes. */
  readonly bytes: number;
  /** Uncompressed size of a part, in bytes. */
  readonly partBytes: number;
  /** Compressed size of all parts together, in bytes. */
  readonly packedBytes: number;
}

/** The reader's bash. */
export interface VmShell {
  /** Size of its terminal when the state was saved. */
  readonly cols: number;
  readonly rows: number;
  /** The folder in which it starts. */
  readonly folder: string;
  /** Nonce of the marks in its output, which `src/core/session/marks.ts` reads. */
  readonly nonce: string;
}

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

const file: Shape = { fields: { path: 'string', bytes: 'number', sha256: 'string' } };

const SHAPE: Shape = {
  fields: {
    schema: { is: VM_SCHEMA },
    built: 'string',
    inputs: 'string',
    memory: 'number',
    vgaMemory: 'number',
    jit: { values: 'number' },
    versions: {
      fields: {
        engine: 'string',
        docker: 'string',
        containerd: 'string',
        crun: 'string',
        kernel: 'string',
        debian: 'string',
        v86: 'string',
      },
    },
    images: { each: 'string' },
    differs: { each: { fields: { what: 'string', why: 'string' } } },
    files: { fields: { wasm: file, bios: file, vgaBios: file, state: file } },
    disk: {
      fields: { path: 'string', bytes: 'number', partBytes: 'number', packedBytes: 'number' },
    },
    serial: { fields: { shell: 'number', control: 'number' } },
    shell: { fields: { cols: 'number', rows: 'number', folder: 'string', nonce: 'string' } },
  },
};

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
  if ('values' in shape)
    return first([...found].map(([name, item]) => mismatch(item, shape.values, within(name))));
  return first(
    Object.entries(shape.fields).map(([name, inner]) =>
      mismatch(found.get(name), inner, within(name)),
    ),
  );
}

function first(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((text) => text !== undefined);
}
