import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { serveSite, type Served } from '../../scripts/site/build.ts';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';
import type { StepInBrowser } from '../../src/core/run/browser-result.ts';
import { openBrowser } from './browser.ts';

/** A lesson of a site with the browser lab. */
export interface LabLesson {
  readonly id: string;
  readonly source: string;
  /** What the commands of each step print in the recording. */
  readonly recorded: Readonly<Record<string, readonly string[]>>;
  /** Which steps run in the browser lab; all, if absent. */
  readonly results?: Readonly<Record<string, StepInBrowser>>;
}

export interface LabSiteOptions {
  readonly lessons: readonly LabLesson[];
  /** Whether the site has the lessons of this repository, too. */
  readonly real?: boolean;
  /** Path of the site's first page, with slashes at both ends. */
  readonly base?: string;
}

/** A lesson with one step, whose images are those of the saved state. */
export function echoLesson(id: string): LabLesson {
  const source = `---
title: In my tab
description: For a test.
images: [busybox, debian]
---

\`\`\`console echo expect="hi"
$ echo hi
\`\`\`
`;
  return { id, source, recorded: { echo: ['hi\r\n'] } };
}

/** Adds the browser lab from `vm/` to a project, and lessons that run there. */
export async function addLab(project: Project, lessons: readonly LabLesson[]): Promise<void> {
  await cp('vm', join(project.root, 'vm'), { recursive: true });
  for (const { id, source, recorded, results } of lessons) {
    await project.addLesson(id, source, recorded);
    const all = Object.keys(recorded).map((step): [string, StepInBrowser] => [
      step,
      { runs: true },
    ]);
    await project.addBrowserResult(id, results ?? Object.fromEntries(all));
  }
}

/** A site with the browser lab from `vm/`, in a browser. */
export interface LabSite {
  readonly browser: Browser;
  /** Folder of the project that the site was built from. */
  readonly root: string;
  /** Address of the first page. */
  readonly url: string;
  readonly address: (path: string) => string;
}

/** Builds and serves such a site, and starts a browser for it, for all tests of a file. */
export function useLabSite({ lessons, real = false, base = '/' }: LabSiteOptions): LabSite {
  let [browser, project, served]: [Browser?, Project?, Served?] = [];
  const before = process.env['BASE_PATH'];
  beforeAll(async () => {
    browser = await openBrowser();
    project = await copyProject(real ? 'real' : 'none');
    await addLab(project, lessons);
    process.env['BASE_PATH'] = base;
    expect(await project.build({ BASE_PATH: base })).toEqual({ status: 0, output: '' });
    served = await serveSite({ port: await freePort(), root: project.root });
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['BASE_PATH'];
    else process.env['BASE_PATH'] = before;
    await browser?.close();
    await served?.close();
    await project?.remove();
  });
  const ready = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('the site is served once the tests have started');
    return value;
  };
  return {
    get browser() {
      return ready(browser);
    },
    get root() {
      return ready(project).root;
    },
    get url() {
      return ready(served).url;
    },
    address: (path) => new URL(path, ready(served).url).href,
  };
}
