import type { IBufferCell, IBufferLine, Terminal as Xterm } from '@xterm/headless';
import type { Color, Run, Screen, ScreenLine, Style } from './screen.ts';

/**
 * The current content of the terminal including scrollback, with wrapped rows joined and without
 * trailing blank lines.
 */
export function readScreen(terminal: Xterm): Screen {
  const buffer = terminal.buffer.active;
  const lines: ScreenLine[] = [];
  const cell = buffer.getNullCell();
  let joined: CellRun[] = [];
  for (let y = 0; y < buffer.length; y++) {
    const row = buffer.getLine(y);
    if (row === undefined) break;
    const wraps = buffer.getLine(y + 1)?.isWrapped ?? false;
    readRow(row, terminal.cols, wraps, cell, joined);
    if (wraps) continue;
    lines.push(trimmed(joined));
    joined = [];
  }
  while (lines.length > 0 && lines.at(-1)?.length === 0) lines.pop();
  return { lines };
}

/** Index, among the joined lines of `readScreen`, of the line that contains this buffer row. */
export function lineOfRow(terminal: Xterm, row: number): number {
  let line = -1;
  for (let y = 0; y <= row; y++)
    if (!(terminal.buffer.active.getLine(y)?.isWrapped ?? false)) line++;
  return Math.max(line, 0);
}

interface CellRun {
  text: string;
  key: string;
  style: Style;
}

function readRow(
  row: IBufferLine,
  cols: number,
  wraps: boolean,
  cell: IBufferCell,
  runs: CellRun[],
): void {
  for (let x = 0; x < cols; x++) {
    if (row.getCell(x, cell) === undefined) break;
    if (cell.getWidth() === 0) continue;
    // A wide character that wraps leaves an empty last cell, which is not a blank in the text.
    if (wraps && x === cols - 1 && cell.getCode() === 0) continue;
    const text = cell.getChars() || ' ';
    const key = cell.isAttributeDefault() ? '' : styleKey(cell);
    const last = runs.at(-1);
    if (last?.key === key) last.text += text;
    else runs.push({ text, key, style: readStyle(cell) });
  }
}

/** Removes trailing blanks unless a background makes them visible. */
function trimmed(runs: readonly CellRun[]): Run[] {
  const kept = runs.map(({ text, style }) => ({ text, style }));
  for (let last = kept.at(-1); last !== undefined; last = kept.at(-1)) {
    if (last.style.bg !== undefined || last.style.inverse) break;
    last.text = last.text.trimEnd();
    if (last.text !== '') break;
    kept.pop();
  }
  return kept;
}

/** A key that identifies a style. The default style, which most cells have, is the empty string. */
function styleKey(cell: IBufferCell): string {
  return [
    cell.getFgColorMode(),
    cell.getFgColor(),
    cell.getBgColorMode(),
    cell.getBgColor(),
    cell.isBold(),
    cell.isDim(),
    cell.isItalic(),
    cell.isUnderline(),
    cell.isInverse(),
    cell.isStrikethrough(),
    cell.isInvisible(),
  ].join();
}

function readStyle(cell: IBufferCell): Style {
  const fg = color(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor());
  const bg = color(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor());
  return {
    ...(fg !== undefined && { fg }),
    ...(bg !== undefined && { bg }),
    ...(cell.isBold() !== 0 && { bold: true as const }),
    ...(cell.isDim() !== 0 && { dim: true as const }),
    ...(cell.isItalic() !== 0 && { italic: true as const }),
    ...(cell.isUnderline() !== 0 && { underline: true as const }),
    ...(cell.isInverse() !== 0 && { inverse: true as const }),
    ...(cell.isStrikethrough() !== 0 && { strike: true as const }),
    ...(cell.isInvisible() !== 0 && { invisible: true as const }),
  };
}

function color(isDefault: boolean, isRgb: boolean, value: number): Color | undefined {
  if (isDefault) return undefined;
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}
