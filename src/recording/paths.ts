/** Where the recording files of a lesson stand, relative to the recordings folder, with `/`. */
export const recordingPaths = {
  cast: (lesson: string, step: string) => `${lesson}/${step}.cast`,
  screen: (lesson: string, step: string) => `${lesson}/${step}.txt`,
  proof: (lesson: string) => `${lesson}/proof.json`,
};
