/**
 * `manifest.json` of the browser lab's folder, `vm/`: what the page loads to run a Docker Engine in the reader's tab, what is
 * in it, and in which ways it differs from an Engine as its makers ship it. Written by `npm run vm`, read by the page.
 */
export interface VmManifest {
  /** Version of this format. */
  readonly schema: typeof VM_SCHEMA;
  /** Day (UTC, `YYYY-MM-DD`) on which the state was saved. */
  readonly built: string;
  /** Hash of all that it was built from. */
  readonly inputs: string;
  /** Memory of the guest, in bytes: a saved state belongs to one size. */
  readonly memory: number;
  /** Memory of the emulated graphics card, in bytes; nothing is drawn, but it is a part of the state. */
  readonly vgaMemory: number;
  /** Settings of v86's compiler by number, for `set_jit_config` once the emulator has started. */
  readonly jit: Readonly<Record<string, number>>;
  readonly versions: VmVersions;
  /** What `docker images` shows, such as `busybox:latest`. */
  readonly images: readonly string[];
  readonly differs: readonly VmDifference[];
  readonly files: {
    readonly wasm: VmFile;
    readonly bios: VmFile;
    readonly vgaBios: VmFile;
    /** Saved state of the machine, packed with zstd: v86 unpacks it. */
    readonly state: VmFile;
  };
  readonly disk: VmDisk;
  /** Which serial line is whose. */
  readonly serial: {
    /** The reader's bash. */
    readonly shell: number;
    /** A shell of the page's own, see `control.ts`. */
    readonly control: number;
  };
  readonly shell: VmShell;
}

export const VM_SCHEMA = 1;

/** Versions as the programs in the image tell them. */
export interface VmVersions {
  readonly engine: string;
  readonly docker: string;
  readonly containerd: string;
  readonly crun: string;
  readonly kernel: string;
  readonly debian: string;
  readonly v86: string;
}

/** One way in which the lab is not a stock Engine, in words for readers. */
export interface VmDifference {
  readonly what: string;
  readonly why: string;
}

/** A file of the folder. Its name holds a part of its hash, so that it can be cached for ever. */
export interface VmFile {
  /** From the folder that the manifest is in. */
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** The disk, cut into parts that are fetched when they are read; each is packed with zstd. */
export interface VmDisk {
  /** What v86 makes the names of the parts of: `disk-HASH/part.img.zst` has `disk-HASH/part-0-262144.img.zst` and so on. */
  readonly path: string;
  /** Size of the disk, in bytes. */
  readonly bytes: number;
  /** Size of a part before it was packed, in bytes. */
  readonly partBytes: number;
  /** What all parts have together, in bytes. */
  readonly packedBytes: number;
}

/** The reader's bash. */
export interface VmShell {
  /** Its terminal when it was saved. */
  readonly cols: number;
  readonly rows: number;
  /** The folder in which it starts. */
  readonly folder: string;
  /** Nonce of the marks in its output: `src/core/session/marks.ts` reads them. */
  readonly nonce: string;
}

/**
 * Reads a manifest.
 * @throws {Error} if the text is no manifest of this version
 */
export function readVmManifest(text: string): VmManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fault('it is no JSON');
  }
  const wrong = mismatch(value, SHAPE, '');
  if (wrong !== undefined) throw fault(wrong);
  return value as VmManifest;
}

function fault(why: string): Error {
  return new Error(
    `the browser lab's manifest.json cannot be used: ${why}. \`npm run vm\` makes the folder anew`,
  );
}

/** What a value must be: a type, a list or record of one shape, or an object of named ones. */
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
