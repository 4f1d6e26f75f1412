import {
  bundledLanguages,
  createCssVariablesTheme,
  createHighlighter,
  type Highlighter,
} from 'shiki';
import { escapeHtml } from '../../core/screen/escape.ts';

const theme = createCssVariablesTheme({ name: 'code', variablePrefix: '--code-' });
let highlighter: Promise<Highlighter> | undefined;

/**
 * Code as HTML with class names (`t-keyword`, `t-comment`…), because a strict
 * Content-Security-Policy forbids the style attributes that Shiki writes by default. Unknown
 * languages are not highlighted.
 */
export async function highlight(code: string, language: string): Promise<string> {
  if (!Object.hasOwn(bundledLanguages, language)) return escapeHtml(code);
  highlighter ??= createHighlighter({ themes: [theme], langs: [] });
  const shiki = await highlighter;
  await shiki.loadLanguage(language as keyof typeof bundledLanguages);
  const lines = shiki.codeToTokensBase(code, {
    lang: language as keyof typeof bundledLanguages,
    theme,
  });
  return lines
    .map((tokens) => tokens.map(({ content, color }) => token(content, color)).join(''))
    .join('\n');
}

function token(content: string, color = ''): string {
  const name = /^var\(--code-(?:token-)?([a-z-]+)\)$/.exec(color)?.[1];
  const text = escapeHtml(content);
  return name === undefined || name === 'foreground' || name === 'punctuation'
    ? text
    : `<span class="t-${name}">${text}</span>`;
}
