/** A number with a noun: `1 lesson`, `2 lessons`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
