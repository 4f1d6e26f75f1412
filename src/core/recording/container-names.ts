/**
 * With which of these a name begins that the Engine makes up for a container. The list is closed: its package
 * takes no more (github.com/moby/moby, internal/namesgenerator). Which scientists may follow is left open.
 */
export const ADJECTIVES: readonly string[] = `
  admiring adoring affectionate agitated amazing angry awesome beautiful blissful bold boring brave busy
  charming clever compassionate competent condescending confident cool cranky crazy dazzling determined
  distracted dreamy eager ecstatic elastic elated elegant eloquent epic exciting fervent festive flamboyant
  focused friendly frosty funny gallant gifted goofy gracious great happy hardcore heuristic hopeful hungry
  infallible inspiring intelligent interesting jolly jovial keen kind laughing loving lucid magical modest
  musing mystifying naughty nervous nice nifty nostalgic objective optimistic peaceful pedantic pensive
  practical priceless quirky quizzical recursing relaxed reverent romantic sad serene sharp silly sleepy stoic
  strange stupefied suspicious sweet tender thirsty trusting unruffled upbeat vibrant vigilant vigorous wizardly
  wonderful xenodochial youthful zealous zen
`
  .trim()
  .split(/\s+/);
