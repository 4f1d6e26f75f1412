import { partsFor } from '../for-reader.ts';

/** Sizes of letters, as parts of the height of a slide, the largest first. */
const TEXT = [18, 20, 22, 24, 26, 28, 30, 32];
/** The largest letters of a terminal, and the smallest that the last row of a room can read. */
const [LARGEST, SMALLEST] = [16, 28.5];
/** The smallest for lines that would not fit into the width otherwise. */
const SMALLEST_WIDE = 36;
/** Width of a letter, and height of a line of a terminal, relative to the size of the letters. */
const [LETTER, LINE] = [0.61, 1.35];

/**
 * Gives a slide the largest letters with which it shows everything. What does not fit even with
 * small letters can be scrolled.
 */
export function fit(slide: HTMLElement): void {
  // On a narrow screen, the width counts.
  const height = Math.min(slide.clientHeight, (slide.clientWidth * 9) / 16);
  const set = (size: number) => slide.style.setProperty('--type', `${size.toFixed(1)}px`);
  const [screen] = partsFor(slide, ':is(.screen, .code pre)');
  if (slide.matches('.slide-screen') && screen !== undefined) {
    set(height / 26);
    const { width, height: place } = screen.getBoundingClientRect();
    const lines = linesOf(screen);
    const longest = Math.max(...lines.map((line) => line.length), 1);
    const wide = width / ((longest + 4) * LETTER);
    const fits = Math.min(wide, place / ((lines.length + 1) * LINE));
    const readable = Math.max(Math.min(fits, height / LARGEST), height / SMALLEST);
    const size = wide < height / SMALLEST_WIDE ? readable : Math.min(readable, wide);
    slide.style.setProperty('--letters', `${size.toFixed(1)}px`);
    setScrolling(screen, lines.length * LINE * size > place);
    return;
  }
  const isShort = TEXT.some((part) => {
    set(height / part);
    return slide.scrollHeight <= slide.clientHeight;
  });
  setScrolling(slide, !isShort);
}

/** What scrolls can be focused, for keyboards. */
function setScrolling(block: HTMLElement, scrolls: boolean): void {
  if (scrolls) block.tabIndex = 0;
  else block.removeAttribute('tabindex');
}

function linesOf(screen: HTMLElement): string[] {
  const blocks = screen.matches('pre') ? [screen] : [...screen.querySelectorAll('pre')];
  return blocks.flatMap((block) => block.textContent.replace(/^\n+|\n+$/g, '').split('\n'));
}
