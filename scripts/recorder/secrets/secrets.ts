import { secretKinds } from './secret-kinds.ts';

/** A part of a text that looks like a token or a private key. */
export interface Secret {
  /** From its first character to one past its last. */
  readonly from: number;
  readonly to: number;
  /** 1-based line in which it begins. */
  readonly line: number;
  /** What it looks like, without the secret itself. */
  readonly what: string;
}

/** Replaces a secret, in each of its lines. */
const HIDDEN = '[secret]';

/**
 * Looks for secrets with secretlint's recommended rules and with our own; in order, those that
 * overlap as one.
 */
export async function findSecrets(text: string): Promise<Secret[]> {
  const found = [...ownFinds(text), ...(await presetFinds(text))];
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: Secret[] = [];
  let [line, at] = [1, 0];
  for (const { from, to, what } of found) {
    const last = kept.at(-1);
    if (last !== undefined && from < last.to) {
      kept.splice(-1, 1, { ...last, to: Math.max(last.to, to) });
      continue;
    }
    for (; at < from; at++) if (text[at] === '\n') line++;
    kept.push({ from, to, line, what });
  }
  return kept;
}

/** The text with each secret replaced; the number of lines stays the same. */
export async function withoutSecrets(text: string): Promise<string> {
  let hidden = '';
  let at = 0;
  for (const { from, to } of await findSecrets(text)) {
    hidden += text.slice(at, from) + text.slice(from, to).replace(/[^\n]+/g, HIDDEN);
    at = to;
  }
  return hidden + text.slice(at);
}

type Find = Omit<Secret, 'line'>;

function ownFinds(text: string): Find[] {
  return secretKinds.flatMap(({ what, pattern }) =>
    Array.from(text.matchAll(pattern), (match) => {
      const [from, to] = match.indices?.[1] ??
        match.indices?.[0] ?? [match.index, match.index + match[0].length];
      return { from, to, what };
    }),
  );
}

async function presetFinds(text: string): Promise<Find[]> {
  // Loaded for the first screen, since this takes time.
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const { messages } = await lintSource({
    source: { filePath: 'screen.txt', content: text, ext: '.txt', contentType: 'text' },
    options: {
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] },
    },
  });
  return messages.flatMap(({ message, data, range }) => {
    // A message quotes the secret after a colon.
    const what = `what secretlint calls ${/^found ([\w ]+)/.exec(message)?.[1]?.trim() ?? 'a secret'}`;
    // A rule's range is not always that of the secret; the secret is in its data.
    const quoted = Object.values(data ?? {}).filter((value) => typeof value === 'string');
    const places = quoted.flatMap((value) => occurrences(text, value));
    return (places.length > 0 ? places : [{ from: range[0], to: range[1] }]).map((place) => ({
      ...place,
      what,
    }));
  });
}

/** Shorter than this is a word, not a secret. */
const SHORTEST = 8;

function occurrences(text: string, part: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  if (part.length < SHORTEST) return found;
  for (let from = text.indexOf(part); from >= 0; from = text.indexOf(part, from + part.length))
    found.push({ from, to: from + part.length });
  return found;
}
