import { create, type Player } from 'asciinema-player';

export interface TapeOptions {
  /** Address of the cast. */
  readonly cast: string;
  /** Commands in the cast, each with a marker. */
  readonly commands: number;
  /** Terminal rows that the cast uses. */
  readonly rows: number;
  readonly font: string;
  /** Font size, in CSS. */
  readonly fontSize: string;
  /** Relative to the font size. */
  readonly lineHeight: number;
  /** Waits for `toggle` to begin, and stops before each command. */
  readonly waits: boolean;
  /**
   * The reader prefers reduced motion: commands are shown when they are done, and playing stops at
   * each.
   */
  readonly still: boolean;
}

/**
 * `command` reports which command is being typed, counted from 0; `played` that the end was reached
 * by playing, `ended` also if it was reached by seeking.
 */
export interface TapeEvents {
  playing: () => void;
  paused: () => void;
  ended: () => void;
  played: () => void;
  command: (index: number) => void;
}

/** A cast that is open in the player. */
export interface Tape {
  readonly playing: boolean;
  /** Seconds from the beginning. */
  readonly time: number;
  /** Seconds from the beginning to the end; undefined until the cast is loaded. */
  readonly duration: number | undefined;
  on<Name extends keyof TapeEvents>(name: Name, handler: TapeEvents[Name]): void;
  /** Pauses, resumes, or restarts after the end. */
  toggle(): void;
  seek(command: 'prev' | 'next' | number): void;
  /** Plays from where a command begins to be typed. */
  playFrom(command: number): void;
  seekTime(seconds: number): void;
  setSpeed(speed: number): void;
  dispose(): void;
}

/**
 * Plays a cast in `place`. A player's speed is fixed when it is created, so changing the speed
 * creates a new player.
 */
export function openTape(place: HTMLElement, options: TapeOptions): Tape {
  const handlers: { [Name in keyof TapeEvents]: TapeEvents[Name][] } = {
    playing: [],
    paused: [],
    ended: [],
    played: [],
    command: [],
  };
  let playing = !options.still && !options.waits;
  let ended = false;
  /** The reader has skipped to the end. */
  let skipped = false;
  /** The command that is being typed or was typed last; -1 before the first. */
  let command = -1;
  let player = make(1, 0);

  function make(speed: number, startAt: number): Player {
    const made = create({ url: options.cast }, place, {
      rows: options.rows,
      speed,
      startAt,
      autoPlay: playing,
      ...(!playing && startAt > 0 && { poster: `npt:${startAt}` }),
      pauseOnMarkers: options.still || options.waits,
      cursorMode: options.still ? 'steady' : 'blinking',
      controls: false,
      fit: 'none',
      theme: 'harbour',
      terminalFontFamily: options.font,
      terminalFontSize: options.fontSize,
      terminalLineHeight: options.lineHeight,
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
      if (!skipped) for (const handler of handlers.played) handler();
      skipped = false;
    });
    made.addEventListener('marker', ({ index }) => reach(index));
    return made;
  }

  function reach(index: number): void {
    command = index;
    for (const handler of handlers.command) handler(index);
  }

  function seek(where: 'prev' | 'next' | number): void {
    const index =
      typeof where === 'number' ? where : Math.max(command + (where === 'next' ? 1 : -1), 0);
    ended = false;
    // With reduced motion, a command is shown with its output; otherwise it is about to be typed.
    const marker = options.still ? index + 1 : index;
    skipped = marker >= options.commands;
    void player.seek(skipped ? '100%' : { marker });
    if (index < options.commands) reach(index);
  }

  return {
    get playing() {
      return playing;
    },
    get time() {
      return player.getCurrentTime();
    },
    get duration() {
      return player.getDuration();
    },
    on: (name, handler) => void handlers[name].push(handler),
    toggle() {
      if (playing) void player.pause();
      else if (ended) void player.seek(0).then(() => player.play());
      else void player.play();
    },
    seek,
    playFrom(marker) {
      ended = false;
      reach(marker);
      // It fails if the player is closed meanwhile.
      void player
        .seek({ marker })
        .then(() => player.play())
        .catch(() => undefined);
    },
    seekTime(seconds) {
      ended = false;
      skipped = seconds >= (player.getDuration() ?? Infinity);
      void player.seek(seconds);
    },
    setSpeed(speed) {
      const at = player.getCurrentTime();
      player.dispose();
      player = make(speed, at);
    },
    dispose: () => player.dispose(),
  };
}
