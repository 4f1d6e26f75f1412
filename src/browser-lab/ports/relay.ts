import { base64Pieces, type ControlAnswer } from '../format/control.ts';

/*
 * A connection to a port of the machine, made by its hidden shell, so that `localhost` is the
 * machine itself: lessons publish ports at 127.0.0.1, which no network card reaches.
 */

/** Seconds from the connection to the end of the response. */
export const SECONDS = 10;
/** Bytes of a response. One of this size takes about four seconds on the serial line. */
export const LARGEST = 2 << 20;

/** Exit statuses: of the script without a connection, and of coreutils' `timeout` at the limit. */
const [REFUSED, TIMEOUT] = [7, 124];

export type Relayed =
  | { readonly kind: 'received'; readonly bytes: Uint8Array<ArrayBuffer> }
  /**
   * Nothing answers, the server is too slow or its response too large, or the machine stopped.
   * docker-proxy accepts connections before the container listens, and then closes them.
   */
  | { readonly kind: 'refused' | 'slow' | 'large' | 'stopped' };

/** Runs a command in the hidden shell; undefined if the machine stops. */
export type Control = (command: string) => Promise<ControlAnswer | undefined>;

/**
 * Sends bytes to a port and receives everything up to the end of the connection. The side that
 * sends is not closed before: some servers would not answer.
 */
export async function relay(control: Control, port: number, sent: Uint8Array): Promise<Relayed> {
  const pieces = base64Pieces(sent);
  const file = pieces.length > 1 ? '/tmp/.request' : undefined;
  if (file !== undefined) {
    await control(`: > ${file}`);
    for (const piece of pieces) await control(`printf %s ${piece} >> ${file}`);
  }
  const input = file === undefined ? `<<< ${pieces.join('')}` : `< ${file}`;
  const script = [
    `exec 3<>/dev/tcp/127.0.0.1/${port} || exit ${REFUSED}`,
    `base64 -d ${input} >&3`,
    `head -c ${LARGEST + 1} <&3 | base64 -w 0`,
  ].join('; ');
  // The `timeout` of coreutils, unlike that of busybox, also ends what bash has started.
  const answer = await control(`/usr/bin/timeout ${SECONDS} bash -c '${script}' 2> /dev/null`);
  if (answer === undefined) return { kind: 'stopped' };
  if (answer.status === TIMEOUT) return { kind: 'slow' };
  if (answer.status === REFUSED || answer.output === '') return { kind: 'refused' };
  const bytes = fromBase64(answer.output);
  return bytes.length > LARGEST ? { kind: 'large' } : { kind: 'received', bytes };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  // `Uint8Array.from` takes ten times as long, and the page waits for it.
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
