import { escapeHtml } from '../../../src/core/screen/escape.ts';

/** Control characters except tab and line feed, bidirectional controls, what XML 1.0 excludes. */
const UNPRINTABLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * The text with each character that a terminal, a browser or an XML parser would act on written as
 * `\x1b` or `\u202e`.
 */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNPRINTABLE, (char) => {
    const code = char.charCodeAt(0);
    return code < 256
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** A printable text for an element or a double-quoted attribute of HTML or XML. */
export function escaped(text: string): string {
  return escapeHtml(printable(text));
}
