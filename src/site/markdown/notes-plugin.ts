import { defineMdastPlugin } from 'satteri';

/**
 * Removes the teacher's notes from a lesson: its page is for readers. Must run first, so that all
 * that counts in the text counts what readers get.
 */
export function notesPlugin() {
  return defineMdastPlugin({
    name: 'notes',
    mdxJsxFlowElement(node, context) {
      if (node.name === 'Teacher') context.removeNode(node);
    },
  });
}
