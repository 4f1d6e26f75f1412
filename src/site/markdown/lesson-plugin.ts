import { existsSync } from 'node:fs';
import { defineMdastPlugin, type MdxJsxFlowElement, type MdxJsxTextElement } from 'satteri';
import { readFence } from '../../core/lesson/fence.ts';
import { lessonIdOf } from '../../core/lesson/id.ts';
import { componentOf } from '../../core/lesson/mdast.ts';
import { CHECK } from '../../core/lesson/task.ts';
import { readCheck } from '../../core/lesson/task-check.ts';
import { highlight } from './highlight.ts';

/**
 * Turns the fences of a lesson into components: `console` fences into steps, fences with `file="…"`
 * into source files, and others into highlighted code; notes and drawings share a component. Puts
 * addresses that begin with `/` under the base path.
 */
export function lessonPlugin(base: string) {
  return defineMdastPlugin({
    name: 'lesson',
    options: { position: true },
    async code(node, context) {
      const fence = readFence(node, context.source);
      if (fence.kind === 'step') {
        const value = fence.options.find(({ name }) => name === 'warning')?.value;
        return element('Step', {
          lesson: lessonIdOf(context.fileURL?.pathname ?? ''),
          id: fence.id ?? '',
          ...(value?.kind === 'text' && { warning: value.text }),
        });
      }
      if (fence.language === CHECK) {
        const { lines } = readCheck(fence.body, fence.line + 1);
        return element('TaskCheck', { looksFor: lines.map(({ listed }) => listed).join('\n') });
      }
      const html = await highlight(fence.body, fence.language);
      const file = fence.kind === 'file' ? { file: fence.path ?? '' } : {};
      return element('Code', { html, ...file });
    },
    mdxJsxFlowElement(node) {
      const shared = sharedBy(node.name ?? '', componentOf(node)?.attributes ?? {});
      return shared && { ...shared, children: node.children };
    },
    inlineCode: (node) => (isLine(node.value) ? quotedLine(node.value) : undefined),
    link: (node, context) => context.setProperty(node, 'url', under(base, node.url)),
    image: (node, context) => context.setProperty(node, 'url', under(base, node.url)),
  });
}

/** The component that shows a note or a drawing, which lessons name directly. */
function sharedBy(
  name: string,
  { system = '', engine }: Readonly<Record<string, string>>,
): MdxJsxFlowElement | undefined {
  if (name === 'On') return element('Aside', { system });
  if (name === 'Differs' && engine !== undefined) return element('Aside', { engine });
  if (name === 'Then' || name === 'Differs') return element('Aside', { label: name.toLowerCase() });
  const drawing = new URL(`../components/diagrams/${name}.svg`, import.meta.url);
  return name !== '' && existsSync(drawing) ? element('Drawing', { name }) : undefined;
}

/** Whether inline code quotes a command line: several words, too long to fit on most lines. */
function isLine(code: string): boolean {
  return code.length > 24 && code.includes(' ');
}

/**
 * Lets a quoted line break between words but not in options, which browsers would break at hyphens.
 */
function quotedLine(code: string): MdxJsxTextElement {
  const children = code.split(/(\S*-\S+)/).map((part, index) => {
    const text = { type: 'text' as const, value: part };
    return index % 2 === 1 && part.length <= WHOLE ? inline('span', 'w', [text]) : text;
  });
  return inline('code', 'line', children);
}

/** Longer words may be wider than a phone's screen. */
const WHOLE = 28;

function inline(
  name: string,
  className: string,
  children: MdxJsxTextElement['children'],
): MdxJsxTextElement {
  const attributes = [{ type: 'mdxJsxAttribute' as const, name: 'class', value: className }];
  return { type: 'mdxJsxTextElement', name, attributes, children };
}

function under(base: string, url: string): string {
  return url.startsWith('/') ? base.replace(/\/$/, '') + url : url;
}

function element(name: string, texts: Readonly<Record<string, string>>): MdxJsxFlowElement {
  const attributes = Object.entries(texts).map(([key, value]) => ({
    type: 'mdxJsxAttribute' as const,
    name: key,
    value,
  }));
  return { type: 'mdxJsxFlowElement', name, attributes, children: [] };
}
