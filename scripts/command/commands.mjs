// @ts-check
/*
 * The command line of every npm script, as data: `arguments.ts` reads arguments by it, `help.mjs`
 * makes `--help` of it, and `npm run docs` the table of the README. It is JavaScript, so that
 * `--help` needs neither the Node nor the packages that `run.mjs` would install first.
 */

/**
 * @typedef {object} Details
 * @property {string} text What it is, in one clause.
 * @property {string | number} [default] Its value if it is absent.
 * @property {Readonly<Record<string, string>>} [choices] The values that it may have: what each means.
 *
 * @typedef {object} Command
 * @property {string} summary What it does, in one clause; Markdown.
 * @property {string} [more] A file that says more.
 * @property {Readonly<Record<string, string | Details>>} [positionals] By how they stand in the line
 *   of usage: `ID`, `[LESSON]` if it may be left out, `[LESSON…]` if it may also be repeated.
 * @property {Readonly<Record<string, string | Details>>} [options] By how they are written: `--all`,
 *   or `-t, --testNamePattern NAME` for one that takes a value. `N` is a whole number from 1, also
 *   above, and `PORT` a port.
 * @property {Readonly<Record<string, string>>} examples What is typed after the name of the script,
 *   and what it does.
 * @property {Readonly<Record<string, string>>} [statuses] Exit statuses besides 0, 2 and 130.
 */

export const COMMANDS = /** @type {const} */ ({
  start: {
    summary: 'serves the site, then runs all lessons and shows what changed',
    options: {
      '--port PORT': { default: 4321, text: 'where the site is; the next free one if it is taken' },
    },
    examples: { '-- --port 8080': 'serves the site at http://localhost:8080' },
  },
  dev: {
    summary:
      "the author's loop: save a lesson, and it is run from the change on; its page shows the recording",
    options: {
      '--port PORT': { default: 4321, text: 'where the site is; the next free one if it is taken' },
    },
    examples: { '': 'serves the lessons, and runs each one that you save' },
  },
  'new-lesson': {
    summary: 'makes a lesson that runs, to begin with',
    positionals: { ID: "the lesson's id: its file's name and its address" },
    options: {
      '--content DIR': { default: 'content/lessons', text: 'the folder of lessons' },
    },
    examples: { '-- my-lesson': 'writes content/lessons/my-lesson.mdx' },
  },
  'rename-lesson': {
    summary: 'renames a lesson, with its recordings, its translations and what refers to it',
    positionals: { OLD: 'the lesson, by id or by file', NEW: 'its new id' },
    examples: { '-- run first-container': 'keeps the recordings; nothing has to be run again' },
    statuses: { 1: 'a file cannot be written: then none was changed' },
  },
  'remove-lesson': {
    summary: 'removes a lesson to which nothing refers, with its recordings and its translations',
    positionals: { ID: 'the lesson, by id or by file' },
    examples: { '-- disk': 'names the lines that still refer to it, if there are any' },
    statuses: { 1: 'a file cannot be written: then none was changed' },
  },
  record: {
    summary:
      'runs what is missing or stale and writes the recordings; `-- --check --all` runs everything, writes nothing',
    positionals: { '[LESSON[#STEP]…]': 'only these lessons or steps, by id or by file' },
    options: {
      '--all': 'run also what is up to date',
      '--check': 'write nothing; end with 10 where a recording is missing, stale or has drifted',
      '--content DIR': {
        default: 'content/lessons',
        text: "the folder of lessons; without --recordings, no other lesson's recordings are removed",
      },
      '--recordings DIR': 'the folder of recordings instead of recordings',
      '--jobs N': { default: 1, text: 'run N lessons at once' },
      '--shard I/N': 'only the share of machine I of N',
      '--report FILE': 'write an HTML page with each changed step, before and after',
      '--junit FILE': 'write JUnit XML, with a test case for each step',
      '--json': 'print the summary as one JSON value',
    },
    examples: {
      '': 'records what is missing or stale',
      '-- run images#pull': 'one lesson, and one step of another',
      '-- --check --all': 'runs everything and compares; what CI does',
    },
    statuses: {
      1: 'the recordings or a report cannot be written, or a mistake in the recorder',
      2: 'the arguments or a lesson are not valid',
      10: 'drift',
      20: 'a command did not do what its lesson expects, or not the same in two runs',
      30: 'a time-out',
      40: 'the lab failed, and failed once more when it was replaced',
    },
  },
  build: {
    summary: 'builds `dist/`; fails where a recording is missing or stale',
    options: { '--no-exports': 'leave out the files for reading offline' },
    examples: { '-- --no-exports': 'only the pages, which is faster' },
    statuses: { 1: 'a lesson or its recording has to be fixed, or the build failed' },
  },
  export: {
    summary: 'builds the site, and writes the files for reading offline into `dist/downloads`',
    positionals: {
      '[FORMAT…]': {
        text: 'which files; all of them if absent',
        choices: { pdf: 'a PDF to print', epub: 'a book for e-readers', html: 'one HTML file' },
      },
    },
    examples: { '-- pdf epub': 'makes two of the files and keeps the third' },
    statuses: { 1: 'the site or a file could not be made' },
  },
  lint: {
    summary:
      'reads the lessons without running them: syntax, references, numbers without proof, spelling, style',
    examples: { '': 'names each problem with its file and line' },
    statuses: { 2: 'the arguments are not valid, or a lesson has a problem' },
  },
  docs: {
    summary: "writes the authoring reference, the editors' schema and the README's table",
    more: 'docs/authoring.md',
    options: { '--check': 'write nothing; end with 1 where one of them is not current' },
    examples: { '-- --check': 'what the tests do' },
    statuses: { 1: 'with --check: a file is not current' },
  },
  engines: {
    summary: 'runs the lessons on an older Engine, and tells what it prints differently',
    more: 'docs/engines.md',
    positionals: { '[LESSON…]': 'only these lessons; the result is printed' },
    options: {
      '--suite NAME': {
        default: 'trixie',
        text: 'the Engine of another release of Debian: a folder of scripts/lab/engines',
      },
      '--out FILE': 'where to write; docs/engines.md if no lesson is named',
      '--jobs N': { default: 1, text: 'run N lessons at once' },
      '--content DIR': { default: 'content/lessons', text: 'the folder of lessons' },
      '--recordings DIR': { default: 'recordings', text: 'the folder of recordings' },
    },
    examples: { '': 'writes docs/engines.md', '-- run images': 'prints the same for two lessons' },
    statuses: { 10: 'a lesson has no recording to compare with', 40: 'the lab failed' },
  },
  lab: {
    summary: 'a shell in the same lab in which lessons are run',
    options: {
      '--lab NAME': { default: 'default', text: 'which lab: a folder of scripts/lab/images' },
      '--store STORE': {
        default: 'containerd',
        text: 'the image store of its Engine',
        choices: { containerd: "containerd's", overlay2: "Docker's own, the older one" },
      },
      '--lock': 'write down which versions the lab image has',
      '--clean': 'remove all that labs keep between runs',
    },
    examples: {
      '': 'opens the shell; everything in it is gone after `exit`',
      '-- --lab machines': 'a lab with more packages',
      '< FILE': 'runs commands that come through a pipe',
    },
    statuses: { 40: 'the lab failed', N: 'the status of the shell' },
  },
  audit: {
    summary: 'markup, weight and Lighthouse of the built site, against budgets',
    options: {
      '--runs N': { default: 3, text: 'ask Lighthouse N times, and take the median' },
    },
    examples: { '-- --runs 1': 'a quick look' },
    statuses: { 1: 'a budget is missed' },
  },
  bench: {
    summary: 'benchmarks of the recorder and the site, as ratios',
    more: 'docs/performance.md',
    positionals: {
      '[PART]': {
        text: 'one part; all but `site` and `vm` if absent',
        choices: {
          site: 'how long builds take; needs no Engine',
          save: 'the time from a save to the page',
          vm: 'the browser lab, which `npm run vm` has built',
        },
      },
      '[N…]': 'of `site`: builds of N lessons',
    },
    examples: { '-- site 10 100': 'builds sites of ten and of a hundred lessons' },
    statuses: { 40: 'the lab failed' },
  },
  soak: {
    summary: 'runs all lessons many times and counts what differed',
    positionals: { '[N]': 'how many times; 20 if absent' },
    examples: { '-- 5': 'runs all lessons five times' },
    statuses: { 1: 'something differed or failed' },
  },
  vm: {
    summary: "builds the browser lab, a Docker Engine for the reader's tab, into `vm/`",
    more: 'docs/browser-lab.md',
    positionals: {
      '[LESSON…]': 'of --try: these lessons; all that changed since they were tried if absent',
    },
    options: {
      '--update': "pin the newest versions that Debian's archives have now, and build with these",
      '--try':
        'also run lessons in it, and write which steps run there: recordings/LESSON/browser.json',
    },
    examples: {
      '': 'builds it; a locked version that Debian has dropped is replaced by the newest',
      '-- --try run': 'tries one lesson in it',
    },
    statuses: { 1: 'it could not be built' },
  },
  ci: {
    summary: 'a step of the workflows in `.github/workflows`, each of which also runs here',
    positionals: {
      COMMAND: {
        text: 'the step',
        choices: {
          'summary DIR': 'shows the results (result.json) of DIR as a table',
          'patch DIR': 'writes what of the recordings is not committed to DIR/recordings.patch',
          'hand-back DIR': 'shows the command that applies it',
          'push FILE FOLDER': 'commits that patch in FOLDER and pushes it to the branch $BRANCH',
          'drift DIR': 'opens or updates the pull request or the issue of what is in DIR',
          'publish-lab': 'pushes the lab image to $IMAGE and writes down its digest and versions',
          'lab-patch DIR': 'writes that to DIR/lab.patch',
          'lab-pull-request DIR': 'opens or updates the pull request of it',
          'checked DIR': 'the day, if all lessons of DIR are as recorded',
          address: 'where the site of $GITHUB_REPOSITORY stands',
          'vm-cache':
            "where the browser lab's build keeps its results, and the key of what it is made of",
          'notes FILE': 'writes what CHANGELOG.md says of $TAG',
          'release SITE VM DIR': 'lays out the files of the release $TAG in DIR',
        },
      },
      '[PATH…]': 'DIR, FILE, … of the step',
    },
    examples: { '-- summary out': 'shows the results in out/result.json' },
    statuses: { 1: 'the step failed' },
  },
  test: {
    summary: 'all checks and tests',
    positionals: { '[FILE…]': 'test files whose path contains it' },
    options: {
      '-t, --testNamePattern NAME': 'tests whose name matches',
      '-u, --update': 'update the files of expected output',
    },
    examples: {
      '-- record': 'the tests whose path contains "record", without the other checks',
      '-- record -t prose': 'those of them whose name matches',
    },
    statuses: { 1: 'a check or a test failed' },
  },
  'test:vm': {
    summary: 'the tests of the browser lab, which it builds first',
    positionals: { '[FILE…]': 'test files whose path contains it' },
    options: {
      '-t, --testNamePattern NAME': 'tests whose name matches',
      '-u, --update': 'update the files of expected output',
    },
    examples: { '-- built/page': 'the tests whose path contains it' },
    statuses: { 1: 'a check or a test failed' },
  },
  format: {
    summary: 'formats the code',
    examples: { '': 'formats all files' },
    statuses: { 1: 'a file could not be read or written' },
  },
});
