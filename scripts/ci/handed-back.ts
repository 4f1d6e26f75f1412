/** Where the patch of a run can be fetched: what GitHub tells a workflow of itself. */
export interface Run {
  readonly repository: string;
  readonly id: string;
}

/** The one command that brings the recordings of a run into a checkout. */
export function applyCommand({ repository, id }: Run): string {
  return `gh run download ${id} --repo ${repository} --name recordings --dir .recordings-patch && git apply --index .recordings-patch/recordings.patch && rm -r .recordings-patch`;
}

/** What an author is told whose branch CI cannot write to. */
export function handedBack(run: Run, lessons: readonly string[]): string {
  return [
    `### The recordings of ${lessons.join(', ')} are ready\n`,
    'They were played by this run. In your checkout of the branch:\n',
    `\`\`\`sh\n${applyCommand(run)}\n\`\`\`\n`,
    'Then read the `.txt` files in the difference, commit and push. (Without `gh`: the artifact `recordings` of this run holds the patch.)',
  ].join('\n');
}
