import css from 'asciinema-player/dist/bundle/asciinema-player.css?url';

let styles: Promise<void> | undefined;

/** Loads the player's own style sheet, once. */
export function loadStyles(): Promise<void> {
  styles ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = css;
    link.onload = () => resolve();
    link.onerror = () => {
      styles = undefined;
      reject(new Error(`${css} could not be loaded`));
    };
    document.head.append(link);
  });
  return styles;
}
