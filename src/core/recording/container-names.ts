/**
 * Adjectives with which generated container names begin. The list is complete because its package
 * accepts no additions (github.com/moby/moby, internal/namesgenerator). Any scientist's name may
 * follow.
 */
export const ADJECTIVES: readonly string[] = `
  admiring adoring affectionate agitated amazing angry awesome beautiful blissful bold boring brave
  busy charming clever compassionate competent condescending confident cool cranky crazy dazzling
  determined distracted dreamy eager ecstatic elastic elated elegant eloquent epic exciting fervent
  festive flamboyant focused friendly frosty funny gallant gifted goofy gracious great happy
  hardcore heuristic hopeful hungry infallible inspiring intelligent interesting jolly jovial keen
  kind laughing loving lucid magical modest musing mystifying naughty nervous nice nifty nostalgic
  objective optimistic peaceful pedantic pensive practical priceless quirky quizzical recursing
  relaxed reverent romantic sad serene sharp silly sleepy stoic strange stupefied suspicious sweet
  tender thirsty trusting unruffled upbeat vibrant vigilant vigorous wizardly wonderful xenodochial
  youthful zealous zen
`
  .trim()
  .split(/\s+/);
