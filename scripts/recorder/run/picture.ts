import { PNG } from 'pngjs';
import type { PictureProof } from '../../../src/core/recording/proof.ts';
import { hashOfPicture } from '../../../src/store/recordings.ts';
import type { LabProcesses } from '../../lab/index.ts';

/** The picture of a step: a PNG file, and its entry in the proof. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly proof: PictureProof;
}

/** Why there is no picture, with the fix. */
export interface PictureFault {
  readonly title: string;
  readonly expected: string;
  readonly found: string;
  readonly hint: string;
}

/** Maximum size of a picture in bytes, so that pages stay small. */
export const LARGEST_PICTURE = 60 * 1024;

/**
 * Prints the file $1 for a pipe that carries text: 3 if there is none, 4 if it has more than $2
 * bytes.
 */
const READ = '[ -f "$1" ] || exit 3; [ "$(wc -c < "$1")" -le "$2" ] || exit 4; base64 "$1"';

/** Fetches the picture that a step has drawn to a path in the lab. */
export async function takePicture(
  lab: LabProcesses,
  path: string,
): Promise<Picture | PictureFault> {
  const command = ['sh', '-c', READ, 'sh', path, String(LARGEST_PICTURE)];
  const { status, stdout, stderr } = await lab.run(command);
  if (status === 0) return asPicture(Buffer.from(stdout, 'base64'), path);
  const found = status === 3 ? 'no such file' : status === 4 ? 'a larger one' : stderr.trim();
  return {
    title: 'the picture of the step cannot be taken',
    expected: `a PNG file ${path} of at most ${LARGEST_PICTURE / 1024} KiB`,
    found,
    hint:
      status === 4
        ? 'make it smaller, or give it fewer colors: convert … -colors 32 …'
        : "let a command of the step write it; the name is relative to the session's folder",
  };
}

/** The bytes as a picture, if they are a PNG file. */
export function asPicture(bytes: Buffer, path: string): Picture | PictureFault {
  try {
    const { width, height } = PNG.sync.read(bytes);
    return { bytes, proof: { sha256: hashOfPicture(bytes), width, height } };
  } catch {
    return {
      title: 'the picture of the step is not a PNG file',
      expected: `a PNG file ${path}`,
      found: `${bytes.length} bytes that cannot be read as one`,
      hint: 'write it in this format, for example with convert … picture.png',
    };
  }
}
