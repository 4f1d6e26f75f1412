import { create as createPlayer } from 'asciinema-player';
import { castText } from './casts.ts';

/** The player, given the text of a cast that the file holds in place of an address to load it from. */
export const create: typeof createPlayer = (source, place, options) => {
  const url = typeof source === 'object' && 'url' in source ? String(source.url) : '';
  const data = castText(url);
  return createPlayer(data === undefined ? source : { data }, place, options);
};
