import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTerminal, flushed } from '../recording/terminal.ts';
import { ScreenInputDetector } from './screen-input-detector.ts';

describe('the detector that looks at the screen', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What was put into the terminal's output once a screen was quiet for so many milliseconds. */
  async function fencesAfter(screen: string, milliseconds: number, delay = 0): Promise<string[]> {
    const terminal = createTerminal(80, 24);
    terminal.write(screen);
    await flushed(terminal);
    const fences: string[] = [];
    const detector = new ScreenInputDetector(terminal, (text) => fences.push(text), 'nonce');
    const found = vi.fn();
    expect(detector.detect({ root: 0, delay }, found)).toBe(1);
    vi.advanceTimersByTime(milliseconds);
    expect(found).toHaveBeenCalledTimes(fences.length);
    detector.end();
    terminal.dispose();
    return fences;
  }

  it('takes a prompt for one when nothing more comes, and puts a fence behind it, once', async () => {
    expect(await fencesAfter('/ # ', 900)).toEqual([]);
    expect(await fencesAfter('/ # ', 5000)).toEqual(['\x1b]133;F;nonce;1\x07']);
    expect(await fencesAfter('Password: ', 5000)).toHaveLength(1);
    expect(await fencesAfter('/ # ', 5000, 6000)).toEqual([]);
  });

  it('does not take the prompt behind which a line was typed for the next one, however late its echo comes', async () => {
    const terminal = createTerminal(80, 24);
    terminal.write('/ # ');
    await flushed(terminal);
    const fences: string[] = [];
    const detector = new ScreenInputDetector(terminal, (text) => fences.push(text), 'nonce');
    const print = async (text: string) => {
      terminal.write(text);
      await flushed(terminal);
      detector.hear();
    };
    vi.advanceTimersByTime(5000);
    detector.detect({ root: 0, typedTo: { pid: 1, need: 3 } }, () => undefined);
    vi.advanceTimersByTime(5000);
    expect(fences).toEqual([]);
    await print('id\r\n/ # ');
    vi.advanceTimersByTime(1200);
    expect(fences).toHaveLength(1);

    // A program may show nothing of what is typed, and ask again with the same words.
    detector.detect({ root: 0, typedTo: { pid: 1, need: 3 } }, () => undefined);
    vi.advanceTimersByTime(9000);
    expect(fences).toHaveLength(1);
    vi.advanceTimersByTime(2000);
    expect(fences).toHaveLength(2);
    detector.end();
    terminal.dispose();
  });

  it('takes nothing else for one', async () => {
    for (const screen of ['', 'PING 127.0.0.1', '/ # ls\r\n', 'done\r\n'])
      expect(await fencesAfter(screen, 5000), screen).toEqual([]);
  });

  it('waits for silence', async () => {
    const terminal = createTerminal(80, 24);
    terminal.write('$ ');
    await flushed(terminal);
    const fences: string[] = [];
    const detector = new ScreenInputDetector(terminal, (text) => fences.push(text), 'nonce');
    detector.detect({ root: 0 }, () => undefined);
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(800);
      detector.hear();
    }
    expect(fences).toEqual([]);
    vi.advanceTimersByTime(1200);
    expect(fences).toHaveLength(1);
    terminal.dispose();
  });
});
