import { parseDocument } from 'yaml';

/**
 * Notes in the front matter of a renamed lesson how it was called, so that its address redirects
 * and the progress of readers follows.
 * @param next its new id, which may be one that it had before
 */
export function withFormerId(text: string, id: string, next: string): string {
  return text.replace(/^---\n([^]*?)\n?---\n/, (_all, front: string) => {
    const document = parseDocument(front);
    const { formerly = [] } = (document.toJS() ?? {}) as { formerly?: readonly string[] };
    const names = [...formerly.filter((name) => name !== next), id];
    document.set('formerly', document.createNode(names, { flow: true }));
    return `---\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}---\n`;
  });
}
