import { COMMANDS } from '../../command/commands.mjs';
import { callOf, definitionOf, positionalsOf, type CommandName } from '../../command/help.mjs';

/** The table in the Commands section of the README. */
const TABLE = /(?<=^## Commands\n[^]*?\n\n)\|[^]*?\n(?=\n)/m;

/** Returns the README with the command table generated from `commands.mjs`. */
export function withCommandTable(readme: string): string {
  const names = Object.keys(COMMANDS) as CommandName[];
  const rows = [['command', 'does'], ...names.map(row)];
  const widths = [0, 1].map((column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  const [head = [], ...others] = rows;
  const rule = widths.map((width) => '-'.repeat(width));
  return readme.replace(TABLE, () => [head, rule, ...others].map(line).join(''));
}

function row(name: CommandName): string[] {
  const { summary, more } = definitionOf(name);
  const required = positionalsOf(name).filter(({ optional }) => !optional);
  const call = [
    callOf(name),
    ...(required.length === 0 ? [] : ['--', ...required.map((one) => one.name)]),
  ];
  return [
    `\`${call.join(' ')}\``,
    more === undefined ? summary : `${summary} ([${more}](${more}))`,
  ];
}
