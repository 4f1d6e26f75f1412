let live: HTMLElement | undefined;

/** Screen readers read this out at once. */
export function announce(text: string): void {
  if (live === undefined) {
    live = document.createElement('div');
    live.className = 'heard';
    live.setAttribute('role', 'status');
    document.body.append(live);
  }
  live.textContent = text;
}
