/** Notifies waiters of changes, so that they check their conditions again. */
export class Signal {
  private readonly listeners = new Set<() => void>();

  notify(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /** Resolves with true as soon as the condition holds, or with false on timeout. */
  until(condition: () => boolean, milliseconds: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (holds: boolean) => {
        clearTimeout(timer);
        this.listeners.delete(look);
        resolve(holds);
      };
      const look = () => {
        if (condition()) finish(true);
      };
      const timer = setTimeout(() => finish(condition()), milliseconds);
      this.listeners.add(look);
    });
  }
}
