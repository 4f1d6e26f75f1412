import { create, type Player } from 'asciinema-player';

export interface TapeOptions {
  /** Address of the cast. */
  readonly cast: string;
  /** Commands in it: each has a marker. */
  readonly commands: number;
  /** What of the terminal's rows the cast uses. */
  readonly rows: number;
  readonly font: string;
  /** The reader wants no motion: nothing moves until asked, and it stops at each command. */
  readonly still: boolean;
}

/** `command` tells which command is being typed, counted from 0. */
export interface TapeEvents {
  playing: () => void;
  paused: () => void;
  ended: () => void;
  command: (index: number) => void;
}

/** A cast that is being played. */
export interface Tape {
  readonly playing: boolean;
  on<Name extends keyof TapeEvents>(name: Name, handler: TapeEvents[Name]): void;
  /** Pauses, goes on, or begins again after the end. */
  toggle(): void;
  seek(command: 'prev' | 'next' | number): void;
  setSpeed(speed: number): void;
  dispose(): void;
}

/** Plays a cast in `place`. A player's speed is fixed when it is made, so another speed is another player. */
export function openTape(place: HTMLElement, options: TapeOptions): Tape {
  const handlers: { [Name in keyof TapeEvents]: TapeEvents[Name][] } = {
    playing: [],
    paused: [],
    ended: [],
    command: [],
  };
  let playing = !options.still;
  let ended = false;
  /** The command that is being typed, or was last; -1 before the first. */
  let command = -1;
  let player = make(1, 0);

  function make(speed: number, startAt: number): Player {
    const made = create({ url: options.cast }, place, {
      rows: options.rows,
      speed,
      startAt,
      autoPlay: playing,
      ...(!playing && startAt > 0 && { poster: `npt:${startAt}` }),
      pauseOnMarkers: options.still,
      cursorMode: options.still ? 'steady' : 'blinking',
      controls: true,
      fit: 'width',
      theme: 'harbour',
      terminalFontFamily: options.font,
      terminalLineHeight: 1.45,
    });
    const now = (moves: boolean) => {
      playing = moves;
      for (const handler of handlers[moves ? 'playing' : 'paused']) handler();
    };
    made.addEventListener('playing', () => {
      ended = false;
      now(true);
    });
    made.addEventListener('pause', () => now(false));
    made.addEventListener('ended', () => {
      ended = true;
      now(false);
      for (const handler of handlers.ended) handler();
    });
    made.addEventListener('marker', ({ index }) => reach(index));
    return made;
  }

  function reach(index: number): void {
    command = index;
    for (const handler of handlers.command) handler(index);
  }

  return {
    get playing() {
      return playing;
    },
    on: (name, handler) => void handlers[name].push(handler),
    toggle() {
      if (playing) void player.pause();
      else if (ended) void player.seek(0).then(() => player.play());
      else void player.play();
    },
    seek(where) {
      const index =
        typeof where === 'number' ? where : Math.max(command + (where === 'next' ? 1 : -1), 0);
      ended = false;
      if (index >= options.commands) void player.seek('100%');
      else {
        void player.seek({ marker: index });
        reach(index);
      }
    },
    setSpeed(speed) {
      const at = player.getCurrentTime();
      // The page must not jump while one player takes the place of the other.
      const height = place.offsetHeight;
      place.style.minHeight = `${height}px`;
      player.dispose();
      player = make(speed, at);
      setTimeout(() => (place.style.minHeight = ''), 500);
    },
    dispose: () => player.dispose(),
  };
}
