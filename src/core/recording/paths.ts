/**
 * Paths of a lesson's recording files, relative to the recordings folder, with `/`. A lesson's
 * variant has them in a folder of its own, `variantFolder`.
 */
export const recordingPaths = {
  cast: (lesson: string, step: string) => `${lesson}/${step}.cast`,
  screen: (lesson: string, step: string) => `${lesson}/${step}.txt`,
  picture: (lesson: string, step: string) => `${lesson}/${step}.png`,
  proof: (lesson: string) => `${lesson}/proof.json`,
  browser: (lesson: string) => `${lesson}/browser.json`,
};

/** Folder with what another Engine prints otherwise, relative to the recordings folder. */
export function variantFolder(lesson: string, engine: string): string {
  return `${lesson}/engines/${engine}`;
}
