let live: HTMLElement | undefined;

/** Makes screen readers announce a text immediately. */
export function announce(text: string): void {
  if (live === undefined) {
    live = document.createElement('div');
    live.className = 'heard';
    live.setAttribute('role', 'status');
    document.body.append(live);
  }
  live.textContent = text;
}
