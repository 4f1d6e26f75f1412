import GithubSlugger from 'github-slugger';
import { defineMdastPlugin, type MdastPluginEntry } from 'satteri';
import { fencesBelow } from '../../core/lesson/fence.ts';

/**
 * Steps and sections share the addresses of a page, and a step's comes first: it is its name. A
 * heading that would get the same one is told apart.
 */
export function headingIdsPlugin(): MdastPluginEntry {
  return () => {
    const slugger = new GithubSlugger();
    const steps = new Set<string>();
    return defineMdastPlugin({
      name: 'heading-ids',
      options: { position: true },
      before(root, context) {
        for (const fence of fencesBelow(root, context.source))
          if (fence.kind === 'step' && fence.id !== undefined) steps.add(fence.id);
      },
      heading(node, context) {
        let id = slugger.slug(context.textContent(node));
        while (steps.has(id)) id = slugger.slug(`${id}-section`);
        context.setProperty(node, 'data', { hProperties: { id } });
      },
    });
  };
}
