import type { HttpResponse } from './http.ts';

/** How a response is shown; `type` is its media type without parameters, in lowercase. */
export type Shown =
  | { readonly kind: 'html' | 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly type: string }
  | { readonly kind: 'file'; readonly type: string };

const HTML = ['text/html', 'application/xhtml+xml'];
const TEXT = /^text\/|[/+](?:json|xml|yaml)$|\/(?:javascript|x-sh|toml)$/;

/** Decides by its media type how a response is shown. */
export function shownAs({ status, headers, body }: HttpResponse): Shown {
  if (body.length === 0) return { kind: 'text', text: `HTTP ${status}` };
  const header = headers.get('content-type') ?? '';
  const [first = ''] = header.split(';');
  const type = first.trim().toLowerCase() || guessed(body);
  if (HTML.includes(type)) return { kind: 'html', text: decoded(body, header) };
  if (type.startsWith('image/')) return { kind: 'image', type };
  return TEXT.test(type) ? { kind: 'text', text: decoded(body, header) } : { kind: 'file', type };
}

/** The type of a body without one: HTML if it begins with a tag, or text without null bytes. */
function guessed(body: Uint8Array): string {
  const start = new TextDecoder().decode(body.subarray(0, 512));
  if (/^\s*<[a-z!]/i.test(start)) return 'text/html';
  return start.includes('\0') ? 'application/octet-stream' : 'text/plain';
}

/**
 * The text of a body, in the encoding that its header names, or else its first 1,024 bytes, as in
 * browsers (HTML, section 13.2.3.2).
 */
export function decoded(body: Uint8Array, contentType: string): string {
  const charset = (text: string) => /charset\s*=\s*["']?([^\s"'/>;]+)/i.exec(text)?.[1];
  const start = new TextDecoder('latin1').decode(body.subarray(0, 1024));
  const label = charset(contentType) ?? charset(/<meta[^>]*>/i.exec(start)?.[0] ?? '') ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
