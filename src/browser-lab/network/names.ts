/**
 * The name server of a recorded lab (`scripts/lab/recipe/boot/services.sh`): it knows the hosts of
 * Debian's archive, and that no other name exists.
 */

/** Names with an address, as are all names below them. */
const KNOWN = ['deb.debian.org', 'security.debian.org'];

/** Types and classes of records, flags and statuses (RFC 1035). */
const [TYPE_A, CLASS_IN] = [1, 1];
const [RESPONSE, RECURSION_DESIRED, RECURSION_AVAILABLE] = [0x8000, 0x0100, 0x0080];
const [NO_ERROR, NAME_ERROR] = [0, 3];
const HEADER = 12;
/** Seconds that an answer may be kept. */
const LIFETIME = 600;

/**
 * Answers a DNS query with one question; undefined if it is none.
 * @param address of the known names
 */
export function answerQuery(query: Uint8Array, address: readonly number[]): Uint8Array | undefined {
  const question = readQuestion(query);
  if (question === undefined) return undefined;
  const { name, type, end } = question;
  const isKnown = KNOWN.some((known) => name === known || name.endsWith(`.${known}`));
  // There are no addresses of other types, such as IPv6.
  const hasAnswer = isKnown && type === TYPE_A;
  const record = hasAnswer
    ? [...word(0xc000 | HEADER), ...word(TYPE_A), ...word(CLASS_IN), 0, 0, ...word(LIFETIME)]
    : [];
  const asked = word16(query, 2) & RECURSION_DESIRED;
  return Uint8Array.from([
    ...query.subarray(0, 2),
    ...word(RESPONSE | RECURSION_AVAILABLE | asked | (isKnown ? NO_ERROR : NAME_ERROR)),
    ...[0, 1, 0, hasAnswer ? 1 : 0, 0, 0, 0, 0],
    ...query.subarray(HEADER, end),
    ...(hasAnswer ? [...record, 0, address.length, ...address] : []),
  ]);
}

interface Question {
  /** In lower case, without a final dot. */
  readonly name: string;
  readonly type: number;
  /** Index of the byte after the question. */
  readonly end: number;
}

function readQuestion(query: Uint8Array): Question | undefined {
  const isQuery = query.length > HEADER && (word16(query, 2) & RESPONSE) === 0;
  if (!isQuery || word16(query, 4) !== 1) return undefined;
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query[at++]; length !== 0; length = query[at++]) {
    if (length === undefined || length > 63 || at + length > query.length) return undefined;
    labels.push(String.fromCharCode(...query.subarray(at, at + length)).toLowerCase());
    at += length;
  }
  if (at + 4 > query.length) return undefined;
  return { name: labels.join('.'), type: word16(query, at), end: at + 4 };
}

function word(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}

function word16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
