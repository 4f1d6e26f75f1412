/**
 * Keys in caret notation, as `stty` and bash print them: `^C` is Ctrl-C, `^M` Enter, `^[` Escape,
 * `^?` Backspace, `^^` a caret; any other character stands for itself.
 */

/**
 * The characters to send to the terminal for each key press, in order. Escape is sent on its own so
 * that it is not read as Alt.
 */
export function readKeys(keys: string): string[] {
  const presses: string[] = [];
  for (let at = 0; at < keys.length;) {
    const caret = /^\^([@-_?a-z])/.exec(keys.slice(at))?.[1];
    if (caret === undefined) {
      const character = String.fromCodePoint(keys.codePointAt(at) ?? 0);
      presses.push(character);
      at += character.length;
      continue;
    }
    presses.push(
      caret === '^'
        ? '^'
        : caret === '?'
          ? '\x7f'
          : String.fromCharCode(caret.toUpperCase().charCodeAt(0) & 0x1f),
    );
    at += 2;
  }
  return presses;
}
