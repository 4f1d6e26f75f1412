// @ts-check
/*
 * The command line of every npm script, as data. `arguments.ts` parses arguments with it,
 * `help.mjs` prints `--help` from it, and `npm run docs` generates the command table of the README.
 * This file is JavaScript so that `--help` works before `run.mjs` has installed Node 24 and the
 * packages.
 */

/**
 * @typedef {object} Details
 * @property {string} text What it is, in one clause.
 * @property {string | number} [default] Its value if it is absent.
 * @property {Readonly<Record<string, string>>} [choices] Its possible values, and what each means.
 *
 * @typedef {object} Command
 * @property {string} summary What it does, in one clause; Markdown.
 * @property {string} [more] A file that says more.
 * @property {Readonly<Record<string, string | Details>>} [positionals] Keys as in the usage line:
 *   `ID`; `[LESSON]` if it is optional; `[LESSON…]` if it may also be repeated.
 * @property {Readonly<Record<string, string | Details>>} [options] Keys as they are typed: `--all`,
 *   or `-t, --testNamePattern NAME` for one that takes a value. Here and in `positionals`, `N` is a
 *   positive whole number and `PORT` is a port.
 * @property {Readonly<Record<string, string>>} examples Keys are what is typed after the name of
 *   the script; values say what that does.
 * @property {Readonly<Record<string, string>>} [statuses] Exit statuses besides 0, 2 and 130.
 */

const PORT = { default: 4321, text: 'port of the site; if it is taken, the next free one' };
const JOBS = /** @type {const} */ ({ default: 1, text: 'run N lessons in parallel' });
const TESTS = /** @type {const} */ ({
  positionals: { '[FILE…]': 'only test files whose path contains this text' },
  options: {
    '-t, --testNamePattern NAME': 'only tests whose name matches',
    '-u, --update': 'update the files of expected output',
  },
});

export const COMMANDS = /** @type {const} */ ({
  start: {
    summary:
      'serves the site, runs all lessons and shows what changed; then makes the downloads and the browser lab',
    options: { '--port PORT': PORT },
    examples: { '-- --port 8080': 'serves the site at http://localhost:8080' },
  },
  dev: {
    summary:
      "the author's loop: runs a saved lesson from the changed step on, and shows it on its page",
    options: { '--port PORT': PORT },
    examples: { '': 'serves the lessons, and runs each one that you save' },
  },
  'new-lesson': {
    summary: 'creates a minimal lesson that runs',
    positionals: { ID: 'the id of the lesson, which is its file name and its address' },
    options: {
      '--content DIR': { default: 'content/lessons', text: 'the folder of lessons' },
    },
    examples: { '-- my-lesson': 'writes content/lessons/my-lesson.mdx' },
  },
  'rename-lesson': {
    summary: 'renames a lesson, its recordings and translations, and updates references to it',
    positionals: { OLD: 'id or file of the lesson', NEW: 'its new id' },
    examples: { '-- run first-container': 'keeps the recordings; no lesson has to be run again' },
    statuses: { 1: 'a file cannot be written; no file was changed' },
  },
  'remove-lesson': {
    summary: 'removes a lesson, its recordings and translations, unless something refers to it',
    positionals: { ID: 'id or file of the lesson' },
    examples: { '-- disk': 'removes the lesson, or lists the lines that still refer to it' },
    statuses: { 1: 'a file cannot be written; no file was changed' },
  },
  record: {
    summary:
      'records what is missing or stale; `-- --check --all` runs all lessons and writes nothing',
    positionals: { '[LESSON[#STEP]…]': 'only these lessons or steps, by id or by file' },
    options: {
      '--all': 'also run what is up to date',
      '--check': 'write nothing; exit with 10 if a recording is missing, stale or has drifted',
      '--content DIR': {
        default: 'content/lessons',
        text: 'folder of lessons; without --recordings, keeps the recordings of other lessons',
      },
      '--recordings DIR': 'folder of recordings, instead of recordings',
      '--engine VERSION':
        'record what another Engine prints differently: one of recordings/engines.json, such as 29',
      '--jobs N': JOBS,
      '--shard I/N': 'run only the share of machine I of N',
      '--report FILE': 'write an HTML page with each changed step, before and after',
      '--junit FILE': 'write JUnit XML, with a test case for each step',
      '--json': 'print the summary as one JSON value',
    },
    examples: {
      '': 'records what is missing or stale',
      '-- run images#pull': 'records one lesson, and one step of another',
      '-- --check --all': 'runs all lessons and compares the output, as CI does',
      '-- --engine 29 images': 'records what one lesson prints differently on Engine 29',
    },
    statuses: {
      1: 'the recordings or a report cannot be written, or the recorder has a bug',
      2: 'the arguments or a lesson are not valid',
      10: 'drift',
      20: 'a command did not do what its lesson expects, or its output differed between two runs',
      30: 'a command timed out',
      40: 'the lab failed, and so did the lab that replaced it',
    },
  },
  build: {
    summary: 'builds `dist/`; fails if a recording is missing or stale',
    options: { '--no-exports': 'leave out the files for reading offline' },
    examples: { '-- --no-exports': 'builds only the pages, which is faster' },
    statuses: { 1: 'a lesson or its recording has to be fixed, or the build failed' },
  },
  export: {
    summary: 'builds the site, and writes the files for reading offline to `dist/downloads`',
    positionals: {
      '[FORMAT…]': {
        text: 'which files; all but the kit if absent',
        choices: {
          pdf: 'a PDF to print, with the solutions at its end',
          handout: 'the PDF for a class, without solutions',
          teacher: 'a PDF for teachers: commands, notes, answers and solutions',
          epub: 'a book for e-readers',
          html: 'one HTML file',
          kit: 'all of them, and `kit/`: a folder and a zip file for a class without the Internet',
        },
      },
    },
    examples: {
      '-- pdf epub': 'writes two of the files and keeps the others',
      '-- kit': 'makes the kit, with the browser lab of `npm run vm` and the images of the lessons',
    },
    statuses: {
      1: 'the site or a file could not be built',
      40: 'for the kit: the lab failed, which has the images',
    },
  },
  lint: {
    summary:
      'checks lessons without running them: syntax, references, unproven numbers, spelling, style',
    examples: { '': 'prints each problem with its file and line' },
    statuses: { 2: 'the arguments are not valid, or a lesson has a problem' },
  },
  docs: {
    summary:
      'generates the authoring reference, the editor schema and the command table of the README',
    more: 'docs/authoring.md',
    options: { '--check': 'write nothing; exit with 1 if one of them is out of date' },
    examples: { '-- --check': 'checks the generated files, as the tests do' },
    statuses: { 1: 'with --check: a file is out of date' },
  },
  engines: {
    summary: 'lists what another Engine prints differently: an older one, or one that is recorded',
    more: 'docs/engines.md',
    positionals: { '[LESSON…]': 'only these lessons; the result is printed' },
    options: {
      '--suite NAME': {
        default: 'trixie',
        text: 'the Debian release whose Engine is used: a folder in scripts/lab/engines',
      },
      '--engine VERSION':
        'instead of a run, report what the recordings with an Engine of recordings/engines.json show',
      '--out FILE': 'the file to write; if absent, docs/engines.md when no lesson is named',
      '--jobs N': JOBS,
      '--content DIR': { default: 'content/lessons', text: 'folder of lessons' },
      '--recordings DIR': { default: 'recordings', text: 'folder of recordings' },
    },
    examples: {
      '': 'writes docs/engines.md',
      '-- --engine 29': 'writes docs/engines-29.md',
      '-- run images': 'prints the differences for two lessons',
    },
    statuses: { 10: 'a lesson has no recording to compare with', 40: 'the lab failed' },
  },
  lab: {
    summary: 'opens a shell in the same kind of lab as lessons are run in',
    options: {
      '--lab NAME': { default: 'default', text: 'the lab: a folder in scripts/lab/images' },
      '--store STORE': {
        default: 'containerd',
        text: 'the image store of its Engine',
        choices: { containerd: 'the store of containerd', overlay2: 'the older store of Docker' },
      },
      '--lock': 'write the versions in the lab image to its lock file',
      '--clean': 'remove everything that labs keep between runs',
    },
    examples: {
      '': 'opens the shell; everything in it is discarded after `exit`',
      '-- --lab machines': 'opens a shell in a lab with more in it',
      '< FILE': 'runs the commands in a file',
    },
    statuses: { 40: 'the lab failed', N: 'the exit status of the shell' },
  },
  audit: {
    summary: 'checks markup, page weights and Lighthouse scores of the built site against budgets',
    options: {
      '--runs N': { default: 3, text: 'run Lighthouse N times and take the median' },
    },
    examples: { '-- --runs 1': 'runs Lighthouse only once' },
    statuses: { 1: 'a budget is exceeded' },
  },
  bench: {
    summary: 'runs the benchmarks of the recorder and the site, and prints ratios',
    more: 'docs/performance.md',
    positionals: {
      '[PART]': {
        text: 'one part; if absent, all parts except `masks`, `site`, `vm` and `kit`',
        choices: {
          masks: 'what masks hide, and which changes are found all the same',
          site: 'how long builds take; needs no Engine',
          save: 'the time from a save to the page',
          vm: 'the browser lab, which `npm run vm` has built',
          kit: 'what participants download from the kit, which `npm run export -- kit` has made',
        },
      },
      '[N…]': 'for `site`: the number of lessons in each build',
    },
    examples: { '-- site 10 100': 'builds sites with ten and with a hundred lessons' },
    statuses: {
      1: 'with `masks`: a change was missed, or a run without one was taken for a change',
      40: 'the lab failed',
    },
  },
  soak: {
    summary: 'runs all lessons many times and counts differences and failures',
    positionals: { '[N]': 'how many times; 20 if absent' },
    examples: { '-- 5': 'runs all lessons five times' },
    statuses: { 1: 'a step differed, or a lesson failed' },
  },
  vm: {
    summary: "builds the browser lab, a Docker Engine for the reader's tab, into `vm/`",
    more: 'docs/browser-lab.md',
    positionals: {
      '[LESSON…]':
        'for --try: only these lessons; if absent, all that changed since they were last tried',
    },
    options: {
      '--update': "pin the newest versions in Debian's archives, and build with them",
      '--try':
        'also run lessons in it, and write which steps run there to recordings/LESSON/browser.json',
    },
    examples: {
      '': 'builds it; a locked version that Debian has dropped is replaced with the newest one',
      '-- --try run': 'also runs one lesson in it',
    },
    statuses: { 1: 'the browser lab could not be built' },
  },
  ci: {
    summary: 'runs a step of the workflows in `.github/workflows`, also outside GitHub',
    positionals: {
      COMMAND: {
        text: 'the step',
        choices: {
          'summary DIR': 'shows the results (result.json) in DIR as a table',
          engine: 'adds the Engine of the image $ENGINE_IMAGE to recordings/engines.json',
          'patch DIR': 'writes uncommitted changes of the recordings to DIR/recordings.patch',
          'hand-back DIR': 'shows the command that applies that patch',
          'push FILE FOLDER':
            'commits the patch FILE in FOLDER and pushes it to the branch $BRANCH',
          'drift DIR': 'opens or updates the pull request or the issue for the results in DIR',
          'publish-lab':
            'pushes the lab image to $IMAGE and writes its digest and versions to files',
          'lab-patch DIR': 'writes the changes of those files to DIR/lab.patch',
          'lab-pull-request DIR': 'opens or updates the pull request for that patch',
          'checked DIR': "sets `day` to today's date if all lessons in DIR are as recorded",
          address: 'prints the address of the site of $GITHUB_REPOSITORY',
          'vm-cache': 'prints the folder of results of the browser lab build, and a cache key',
          'notes FILE': 'writes the section of CHANGELOG.md about $TAG to FILE',
          'release SITE VM DIR': 'writes the files of the release $TAG to DIR',
          'release-patch VM DIR FILE': 'writes the hash of its browser lab as a patch to FILE',
          'release-pull-request FILE': 'opens or updates the pull request for that patch',
        },
      },
      '[PATH…]': 'DIR, FILE, … of the step',
    },
    examples: { '-- summary out': 'shows the results in out/result.json' },
    statuses: { 1: 'the step failed' },
  },
  test: {
    summary: 'runs all checks and tests',
    ...TESTS,
    examples: {
      '-- record': 'runs the test files whose path contains "record", without the other checks',
      '-- record -t prose': 'runs only the tests in them whose name matches "prose"',
    },
    statuses: { 1: 'a check or a test failed' },
  },
  'test:vm': {
    summary: 'builds the browser lab and runs its tests',
    ...TESTS,
    examples: { '-- built/page': 'runs the test files whose path contains "built/page"' },
    statuses: { 1: 'a check or a test failed' },
  },
  format: {
    summary: 'formats the code and the Markdown files',
    examples: { '': 'formats all files' },
    statuses: { 1: 'a file could not be read or written' },
  },
});
