/** A run of a workflow, from which its patch can be downloaded. */
export interface Run {
  readonly repository: string;
  readonly id: string;
}

/** The command that applies the recordings of a run to a checkout. */
export function applyCommand({ repository, id }: Run): string {
  return [
    `gh run download ${id} --repo ${repository} --name recordings --dir .recordings-patch`,
    'git apply --index .recordings-patch/recordings.patch',
    'rm -r .recordings-patch',
  ].join(' && ');
}

/** Instructions for an author whose branch CI cannot push to; Markdown. */
export function handedBack(run: Run, lessons: readonly string[]): string {
  return [
    `### The recordings of ${lessons.join(', ')} are ready\n`,
    'This run recorded them. In your checkout of the branch, run:\n',
    `\`\`\`sh\n${applyCommand(run)}\n\`\`\`\n`,
    'Then read the `.txt` files in the diff, commit and push. ' +
      '(Without `gh`, download the artifact `recordings` of this run, which contains the patch.)',
  ].join('\n');
}
