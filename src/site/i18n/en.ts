import { hours } from '../../core/lesson/time.ts';
import { SCREEN_WORDS } from '../../core/screen/html.ts';

/** The interface texts of the lessons' pages. All languages have the keys of this module. */
export const en = {
  page: {
    skip: 'Skip to the text',
    site: 'Site',
    lessons: 'Lessons',
    search: 'Search',
    theme: 'Theme',
    claim: 'Every line of terminal output on this site was recorded beside a real Docker Engine.',
    more: 'More',
    languages: 'Languages',
    yourEngine: 'Your Engine',
    engine: (names: readonly string[]) => `Engine ${names.join(', ')}`,
  },
  start: {
    title: 'You will run containers, build images and take both apart.',
    lead: (count: number) =>
      `You like Docker. Docker likes you. ${count} lessons on, you can stop a container without killing it, order a Dockerfile so that it builds fast, get your disk space back, and make a container by hand. Every line of terminal output here is real.`,
    description:
      'A Docker workshop in which every line of terminal output is real: recorded from a Docker Engine, and recorded again whenever it may have changed.',
    path: 'The core path',
    pathTime: (reading: number, typing: number) =>
      `${hours(reading)} to read, ${hours(typing)} with typing. Begin at the first box.`,
    beside: 'Beside the path, for the curious. Each names the lesson after which it makes sense.',
    translated: (count: number, all: number) =>
      `${count} of ${all} lessons ${count === 1 ? 'is' : 'are'} in English.`,
  },
  parts: {
    'Meet Docker': 'Meet Docker',
    Images: 'Images',
    'Data and networks': 'Data and networks',
    'At work': 'At work',
    'Deep dives': 'Deep dives',
  },
  lesson: {
    recordedOn: 'Recorded on',
    contents: 'Contents',
    place: (at: number, all: number) => `lesson ${at} of ${all}`,
    onThisPage: 'On this page',
    after: 'After this lesson',
    markDone: 'Mark this lesson as done',
    isDone: 'This lesson is done',
    next: 'Next',
    last: 'That was the last',
    all: 'See all lessons',
    allAbout: 'And what you have done of them.',
    before: 'Before',
    back: 'Back to the core path',
    follows: 'Goes with',
    deeper: 'Deep dives from here',
    moved: 'Moved from here:',
    movedTo: 'This lesson has moved to',
    goesAfter: 'after',
    timeTitle: 'Time',
    time: (reading: number, typing: number) => `${reading} min, ${typing} with typing`,
    followTitle: 'Type along',
    where: {
      anywhere: 'Docker Desktop or Linux',
      linux: 'Linux',
      root: 'Linux, as root',
      lab: 'only in our lab',
    },
    commands: 'Commands of this lesson',
    file: 'File',
    yourTurn: 'Your turn',
    hint: 'Hint',
    solution: 'Solution',
    then: 'In 2014',
    differs: 'Another Engine',
    measured: 'measured by the recording',
    claim: 'holds in the recordings',
    goOn: 'Continue here',
    ownDocker: 'Open a Docker of your own',
  },
  predict: {
    title: 'Predict',
    right: 'Right.',
    wrong: 'Not quite.',
    skip: 'Skip: look without guessing',
    look: 'Show the screen',
    shut: 'Cover the screen again',
  },
  check: {
    title: 'Check',
    about:
      'Think you have it? Paste this command into bash or zsh (on Windows, in WSL). It leaves nothing behind, and looks for:',
    command: 'Command',
    show: 'read it',
    before: 'At first it says',
    after: 'After the solution',
  },
  recall: {
    title: 'Recall',
    lead: 'Questions of the lessons that you have finished, to be answered again from memory.',
    link: 'Recall what you have learned',
    noScript:
      'Without JavaScript, this page does not know which lessons you have finished. It lists the questions and tasks of all.',
    predictions: 'Predict again',
    tasks: 'Do it again',
    known: 'Right last time',
    stored: 'Answers are stored only in this browser. To export, import or erase them:',
    progress: 'your progress',
  },
  errors: {
    title: 'Error messages',
    lead: 'What Docker, and programs in containers, print when something goes wrong: each message word for word, what it means, and what to do.',
    search: 'The search finds a message that you paste into it.',
    shown: 'In the lessons',
    aboutShown: (count: number) =>
      `The recordings show these ${count}, in the order in which you meet them. Each leads to the steps that show it.`,
    others: 'Elsewhere',
    aboutOthers: 'No lesson shows these. Each names where it is documented, or where it was met.',
    advice: 'What to do:',
    source: 'Source:',
  },
  sheet: {
    title: 'Cheat sheet',
    lead: 'The docker commands and options of the lessons, in the words of their own help. Each leads to the step that types it first.',
    print: 'On the site, this page prints on a single sheet of paper.',
    groups: {
      containers: 'Containers',
      images: 'Images',
      build: 'Build',
      volumes: 'Volumes',
      networks: 'Networks',
      compose: 'Compose',
      system: 'System',
    },
  },
  clean: {
    starts: 'Starts from',
    folder: 'an empty folder, and an Engine',
    without: 'without',
    lab: 'a fresh lab',
    title: 'Clean up',
    about:
      'After the whole lesson, in a new shell in its folder, these commands remove what it has created. They were run after the recording, and left nothing.',
    halfway:
      'If you stop halfway, what the lesson would have removed itself is left, too: `docker ps -a` lists the containers, and `docker rm -f NAME` removes one.',
    nothing: 'Nothing is left with a name that you gave.',
    thrownAway: 'Nothing to do: the lab is thrown away when you leave it.',
    kept: 'What may have been yours before the lesson is kept. To remove that, too:',
    warnings: {
      containers:
        'It removes all your stopped containers of these images, and of images built on them. If Docker says that it needs an argument, there are no such containers.',
      images: 'Your other work may need them. Docker would download them again.',
      untagged: 'It removes all your untagged images.',
      volumes:
        'It removes all your anonymous volumes that no container uses, with the data in them.',
      cache:
        'It empties the build cache of all your projects: their next builds start from nothing.',
    },
  },
  progress: {
    title: 'Your progress',
    none: 'Nothing is marked yet.',
    about: 'Tick a step or a lesson when you are done with it. It is stored only in this browser.',
    export: 'Export',
    import: 'Import',
    erase: 'Erase',
  },
  proof: {
    title: 'Proof',
    by: (engine: string, store: string) =>
      `by Docker Engine ${engine} with the ${store} image store`,
    commands: (count: number) => `${count} commands`,
    complete: 'all as expected',
    incomplete: (steps: number) => `${steps} steps not recorded yet`,
    checkedOn: 'Last checked on',
    asRecorded: 'all lessons print what was recorded',
    versions: 'Versions',
    store: 'Image store',
    kernel: 'Kernel',
    architecture: 'Architecture',
    lab: 'Lab',
    unlike: (steps: number, shown: number, engine: string) =>
      `${steps} of ${shown} steps differ from Engine ${engine}`,
    alike: (engine: string) => `all steps as with Engine ${engine}`,
    only: (engine: string) => `It was recorded with Engine ${engine} only.`,
    images:
      "The lab makes nearly all its images from Debian's packages; Docker Hub's have other digests.",
    fix: 'Fix this lesson',
  },
  terminal: {
    step: (id: string) => `Step ${id}`,
    stale: 'Changed since it was recorded.',
    missing: 'Not recorded yet.',
    toRecord: 'To record it:',
    warning: 'Before you run this:',
    marked: 'Marked like this',
    legend: 'yours will differ, such as an id, a time or a size.',
    differing: 'what differs, files',
    files: 'files',
    differsOn: (names: readonly string[]) => `differs on Engine ${names.join(', ')}`,
    ...SCREEN_WORDS,
  },
  held: {
    title: 'What Docker has after this step',
    legend:
      'What Docker has after each step: + is new, → has changed, and what is struck out is gone.',
    container: 'Containers',
    image: 'Images',
    volume: 'Volumes',
    network: 'Networks',
    unnamed: 'without a name',
    first: 'Do first',
  },
  translation: {
    missing: 'This page is not in English yet. This is the original.',
    lags: 'The original has changed since this was translated.',
    original: 'Read the original',
  },
};

/** The interface texts in one language. */
export type Words = typeof en;
