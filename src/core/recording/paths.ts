/** Paths of a lesson's recording files, relative to the recordings folder, with `/`. */
export const recordingPaths = {
  cast: (lesson: string, step: string) => `${lesson}/${step}.cast`,
  screen: (lesson: string, step: string) => `${lesson}/${step}.txt`,
  picture: (lesson: string, step: string) => `${lesson}/${step}.png`,
  proof: (lesson: string) => `${lesson}/proof.json`,
  browser: (lesson: string) => `${lesson}/browser.json`,
};
