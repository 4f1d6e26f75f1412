/**
 * A value in the info string of a fence. After the language, an info string holds words,
 * `name=value` pairs and flags. Values are bare words, `"texts"` or `/regular expressions/flags`;
 * in a text, `\"` and `\\` stand for `"` and `\`.
 */
export type OptionValue =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string };

/** One entry of an info string. An entry without `=` has no value. */
export interface FenceOption {
  readonly name: string;
  readonly value?: OptionValue;
}

/** What is wrong with an info string, and the fix. */
export interface InfoFault {
  readonly title: string;
  /** The text from the faulty option on, which was not read. */
  readonly found: string;
  readonly hint: string;
}

/**
 * Reads the text after the language; stops at the first fault.
 * @param text as in the file, before Markdown processes backslashes and entities
 */
export function readOptions(text: string): { options: FenceOption[]; fault?: InfoFault } {
  const options: FenceOption[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const name = /^[^\s="/]+/.exec(rest)?.[0];
    if (name === undefined) {
      const hint = 'write options as name, name=value, name="text" or name=/regex/';
      return { options, fault: { title: 'an option has no name', found: rest, hint } };
    }
    rest = rest.slice(name.length);
    if (!rest.startsWith('=')) {
      if (rest !== '' && !/^\s/.test(rest)) return { options, fault: glued(name + rest) };
      options.push({ name });
      rest = rest.trimStart();
      continue;
    }
    const read = readValue(rest.slice(1));
    if ('title' in read) return { options, fault: { ...read, found: `${name}${rest}` } };
    options.push({ name, value: read.value });
    if (read.rest !== '' && !/^\s/.test(read.rest))
      return { options, fault: glued(`${name}${rest}`) };
    rest = read.rest.trimStart();
  }
  return { options };
}

function glued(found: string): InfoFault {
  return {
    title: 'two options run into each other',
    found,
    hint: 'put a space between options; put values with spaces or quotes in "…"',
  };
}

type Read = { value: OptionValue; rest: string } | { title: string; hint: string };

function readValue(rest: string): Read {
  const text = /^"((?:[^"\\]|\\.)*)"/.exec(rest);
  if (text?.[1] !== undefined)
    return {
      value: { kind: 'text', text: text[1].replace(/\\(["\\])/g, '$1') },
      rest: rest.slice(text[0].length),
    };
  if (rest.startsWith('"'))
    return { title: 'a text is not closed', hint: 'end it with "; write a quote in it as \\"' };
  const regex = /^\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/([a-z]*)/.exec(rest);
  if (regex?.[1] !== undefined)
    return {
      value: { kind: 'regex', source: regex[1], flags: regex[2] ?? '' },
      rest: rest.slice(regex[0].length),
    };
  if (rest.startsWith('/'))
    return {
      title: 'a regular expression is not closed',
      hint: 'end it with /; write a slash in it as \\/',
    };
  const word = /^[^\s"]+/.exec(rest)?.[0];
  if (word === undefined)
    return {
      title: 'an option has no value after `=`',
      hint: 'write the value right after `=`, without a space',
    };
  return { value: { kind: 'word', text: word }, rest: rest.slice(word.length) };
}
