import GithubSlugger from 'github-slugger';
import { defineMdastPlugin, type MdastPluginEntry } from 'satteri';
import { fencesBelow } from '../../core/lesson/fence.ts';

/**
 * Makes heading ids distinct from step ids. Both are anchors of the same page, and steps have
 * priority because their ids are their names.
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
