import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** What a reader would see of the difference between two pictures. */
export type PictureDifference =
  /** Another size, in pixels. */
  | { readonly kind: 'size'; readonly before: Size; readonly after: Size }
  /** The share of the pixels that differ, from 0 to 1. */
  | { readonly kind: 'pixels'; readonly share: number };

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * How far apart two colours have to be to count as different, from 0 to 1 (pixelmatch's threshold).
 */
const OTHER_COLOUR = 0.1;
/**
 * The share of pixels that may differ: numbers in a picture do, as those on a screen that masks
 * name, and edges of letters.
 */
const UNSEEN = 0.005;

/** Compares two PNG files; undefined if a reader would see no difference. */
export function pictureDifference(
  before: Uint8Array,
  after: Uint8Array,
): PictureDifference | undefined {
  if (Buffer.compare(before, after) === 0) return undefined;
  const [old, now] = [PNG.sync.read(Buffer.from(before)), PNG.sync.read(Buffer.from(after))];
  if (old.width !== now.width || old.height !== now.height)
    return { kind: 'size', before: sizeOf(old), after: sizeOf(now) };
  const options = { threshold: OTHER_COLOUR };
  const pixels = old.width * old.height;
  const share = pixelmatch(old.data, now.data, undefined, old.width, old.height, options) / pixels;
  return share > UNSEEN ? { kind: 'pixels', share } : undefined;
}

function sizeOf({ width, height }: PNG): Size {
  return { width, height };
}
