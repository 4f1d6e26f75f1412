import { create as createPlayer } from 'asciinema-player';
import { castText } from './casts.ts';

/** The player, which gets the text of a cast in the single HTML file instead of an address. */
export const create: typeof createPlayer = (source, place, options) => {
  const url = typeof source === 'object' && 'url' in source ? String(source.url) : '';
  const data = castText(url);
  return createPlayer(data === undefined ? source : { data }, place, options);
};
