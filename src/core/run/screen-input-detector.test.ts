import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTerminal, flushed } from '../recording/terminal.ts';
import { ScreenInputDetector } from './screen-input-detector.ts';

describe('the screen input detector', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** How often a waiting program is found after this many milliseconds of silence. */
  async function findsAfter(
    screen: string,
    milliseconds: number,
    delay = 0,
    expected = false,
  ): Promise<number> {
    const terminal = createTerminal(80, 24);
    terminal.write(screen);
    await flushed(terminal);
    const detector = new ScreenInputDetector(terminal);
    const found = vi.fn();
    expect(detector.detect({ root: 0, delay, expected }, found)).toBe(1);
    vi.advanceTimersByTime(milliseconds);
    detector.end();
    terminal.dispose();
    for (const [, complete] of found.mock.calls) expect(complete).toBe(true);
    return found.mock.calls.length;
  }

  it('recognizes a prompt once, when there is no more output', async () => {
    expect(await findsAfter('/ # ', 900)).toBe(0);
    expect(await findsAfter('/ # ', 5000)).toBe(1);
    expect(await findsAfter('Password: ', 5000)).toBe(1);
    expect(await findsAfter('/ # ', 5000, 6000)).toBe(0);
  });

  it('takes a silent program to wait only if the next line is for it', async () => {
    expect(await findsAfter('', 60_000)).toBe(0);
    expect(await findsAfter('', 7000, 0, true)).toBe(0);
    expect(await findsAfter('', 9000, 0, true)).toBe(1);
  });

  it('does not mistake the prompt of a typed line for the next one, however late its echo comes', async () => {
    const terminal = createTerminal(80, 24);
    terminal.write('/ # ');
    await flushed(terminal);
    const found = vi.fn();
    const detector = new ScreenInputDetector(terminal);
    const print = async (text: string) => {
      terminal.write(text);
      await flushed(terminal);
      detector.printed();
    };
    vi.advanceTimersByTime(5000);
    detector.detect({ root: 0, typedTo: { pid: 1, need: 3 } }, found);
    vi.advanceTimersByTime(5000);
    expect(found).not.toHaveBeenCalled();
    await print('id\r\n/ # ');
    vi.advanceTimersByTime(1200);
    expect(found).toHaveBeenCalledTimes(1);

    // A program may echo nothing, and repeat the same prompt.
    detector.detect({ root: 0, typedTo: { pid: 1, need: 3 } }, found);
    vi.advanceTimersByTime(9000);
    expect(found).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2000);
    expect(found).toHaveBeenCalledTimes(2);
    detector.end();
    terminal.dispose();
  });

  it('recognizes nothing else as a prompt', async () => {
    for (const screen of ['', 'PING 127.0.0.1', '/ # ls\r\n', 'done\r\n'])
      expect(await findsAfter(screen, 5000), screen).toBe(0);
  });

  it('waits for silence', async () => {
    const terminal = createTerminal(80, 24);
    terminal.write('$ ');
    await flushed(terminal);
    const found = vi.fn();
    const detector = new ScreenInputDetector(terminal);
    detector.detect({ root: 0 }, found);
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(800);
      detector.printed();
    }
    expect(found).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1200);
    expect(found).toHaveBeenCalledTimes(1);
    terminal.dispose();
  });
});
