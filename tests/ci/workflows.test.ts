import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeVmFolder } from '../../scripts/tools/fixtures/vm-folder.ts';
import { GITHUB, REPOSITORY, useRepository } from '../support/repository.ts';
import { readWorkflow, runJob } from '../support/workflow.ts';

/* The workflows that publish: the site, the browser lab, a release, the image of the lab. */

const repository = useRepository();

test('pages: the site is published with the browser lab, or without it if it failed', async () => {
  const main = repository.remote.begin();
  // Other tests build sites.
  const build = 'mkdir dist && echo site > dist/index.html && (test ! -e vm || mv vm dist/vm)';
  main.write(
    'package.json',
    main.read('package.json').replace(/"build": ".*"/, `"build": "${build}"`),
  );
  writeVmFolder(join(repository.artifacts, 'browser-lab'));
  const published = async (result: string): Promise<string[]> => {
    const needs = { check: { outputs: { day: '' } }, 'browser-lab': { result } };
    const contexts = { needs, vars: {}, github: GITHUB };
    const built = await repository.job('pages', 'build', main.folder, { contexts });
    expect(built, built.output).toMatchObject({ result: 'success' });
    const pages = join(repository.artifacts, 'github-pages');
    const names = readdirSync(pages).sort();
    for (const folder of [pages, join(main.folder, 'dist')]) rmSync(folder, { recursive: true });
    return names;
  };
  expect(await published('success')).toEqual(['index.html', 'vm']);
  expect(await published('failure')).toEqual(['index.html']);
});

test.each([
  ['ci', 'test:vm'],
  ['pages', 'vm'],
])('%s: the parts of the browser lab are kept for the next run', async (name, script) => {
  const main = repository.remote.begin();
  const kept = '$XDG_CACHE_HOME/you-like-docker/vm/step';
  main.write(
    'package.json',
    main
      .read('package.json')
      .replace(/"(?:test:)?vm": ".*"/g, (line) => line.replace(/: ".*"/, ': "true"'))
      .replace(
        `"${script}": "true"`,
        `"${script}": "mkdir -p $(dirname ${kept}) && { cat ${kept} || echo built > ${kept}; }"`,
      ),
  );
  main.write('vm/manifest.json', '{}');
  const build = async (): Promise<string> => {
    const cache = join(repository.remote.folder, 'cache');
    const built = await repository.job(name, 'browser-lab', main.folder, {
      steps: ({ run, env, ...step }) => ({
        ...step,
        env: { ...env, XDG_CACHE_HOME: cache },
        // This runs as the user who runs the tests.
        ...(run && { run: run.replace(/^sudo --preserve-env=XDG_CACHE_HOME /, '') }),
      }),
    });
    expect(built, built.output).toMatchObject({ result: 'success' });
    rmSync(cache, { recursive: true });
    return built.output;
  };
  expect(await build()).not.toContain('built\n');
  expect(await build()).toContain('built\n');
});

test('release: consists of the site, the browser lab, and downloads, with the same checksums each time', async () => {
  const main = repository.remote.begin();
  main.write('scripts/browser-lab/tools.ts', '');
  main.push('A project');
  main.write('CHANGELOG.md', '# Changelog\n\n## [1.2.0] - 2026-01-31\n\n### Added\n\n- All.\n');
  main.write('dist/index.html', '<p>Hello');
  main.write('dist/downloads/index.html', '<p>Downloads');
  for (const ending of ['.pdf', '-handout.pdf', '-teacher.pdf', '.epub', '.html'])
    main.write(`dist/downloads/you-like-docker${ending}`, 'A book');
  const vm = join(repository.artifacts, 'browser-lab');
  writeVmFolder(vm);
  // Other tests build sites.
  main.write('package.json', main.read('package.json').replace(/"build": ".*"/, '"build": "true"'));
  const contexts = { github: { ...GITHUB, ref: 'refs/tags/v1.2.0', ref_name: 'v1.2.0' } };
  const release = join(repository.artifacts, 'release');
  const sums = [];
  for (let run = 0; run < 2; run++) {
    const built = await repository.job('release', 'build', main.folder, { contexts });
    expect(built, built.output).toMatchObject({ result: 'success' });
    sums.push(readFileSync(join(release, 'out/SHA256SUMS'), 'utf8'));
  }
  expect(sums[0]).toBe(sums[1]);
  expect(readFileSync(join(release, 'notes.md'), 'utf8')).toBe('### Added\n\n- All.\n');
  execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: join(release, 'out') });
  const archive = join(release, 'out/you-like-docker-1.2.0-site.tar.gz');
  expect(execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' })).toContain('./index.html');
  expect(existsSync(join(release, 'out/you-like-docker.epub'))).toBe(true);
  const lab = join(release, 'out/you-like-docker-1.2.0-browser-lab');
  const unpacked = join(repository.remote.folder, 'unpacked');
  mkdirSync(unpacked);
  execFileSync('tar', ['-xf', `${lab}.tar`, '-C', unpacked]);
  execFileSync('diff', ['-r', vm, unpacked]);
  expect(readFileSync(`${lab}.json`, 'utf8')).toBe(readFileSync(join(vm, 'manifest.json'), 'utf8'));

  const proposed = await repository.job('release', 'report', repository.remote.clone('r').folder, {
    contexts: { github: { ...contexts.github, event: { repository: { default_branch: 'main' } } } },
  });
  expect(proposed, proposed.output).toMatchObject({ result: 'success' });
  expect(repository.github.items).toMatchObject([{ kind: 'pull', of: 'last-release' }]);
  expect(repository.github.started).toEqual(['ci.yml@last-release']);
  const merged = repository.remote.clone('merged', 'last-release');
  expect(JSON.parse(merged.read('scripts/browser-lab/release.json'))).toEqual({
    url: `https://github.com/${REPOSITORY}/releases/download/v1.2.0/you-like-docker-1.2.0-browser-lab.tar`,
    bytes: statSync(`${lab}.tar`).size,
    sha256: /^(.*) {2}.*lab.tar$/m.exec(sums[0] ?? '')?.[1],
    built: '2026-01-31',
  });

  // Without a browser, the site is built without the PDF.
  rmSync(join(main.folder, 'dist/downloads/you-like-docker.pdf'));
  const incomplete = await repository.job('release', 'build', main.folder, { contexts });
  expect(incomplete.result).toBe('failure');
  expect(incomplete.output).toContain('has no you-like-docker.pdf');

  writeFileSync(join(vm, 'state-0.bin.zst'), 'another state');
  const changed = await repository.job('release', 'build', main.folder, { contexts });
  expect(changed.result).toBe('failure');
  expect(changed.output).toContain('the hash of state-0.bin.zst differs');

  const unknown = { github: { ...GITHUB, ref_name: 'v9.9.9' } };
  const failed = await repository.job('release', 'build', main.folder, { contexts: unknown });
  expect(failed.result).toBe('failure');
  expect(failed.output).toContain('CHANGELOG.md has no notes on 9.9.9');
});

test('lab: the digest of the published image is proposed in a pull request', async () => {
  const main = repository.remote.begin();
  main.write('scripts/lab/images/default/lock.json', '{}\n');
  main.push('A lab');
  main.write(
    'scripts/lab/images/default/published.json',
    '{ "hash": "1", "image": "a@sha256:1" }\n',
  );
  // Another test pushes images.
  const { steps, ...rest } = readWorkflow('lab').jobs['publish'] ?? { steps: [] };
  const without = steps.filter(({ run }) => run?.includes('publish-lab') !== true);
  expect(without).toHaveLength(steps.length - 1);
  const run = {
    folder: main.folder,
    artifacts: repository.artifacts,
    contexts: { github: GITHUB },
  };
  expect(await runJob({ ...rest, steps: without }, run)).toMatchObject({ result: 'success' });
  const contexts = { github: { ...GITHUB, event: { repository: { default_branch: 'main' } } } };
  const reported = await repository.job('lab', 'report', repository.remote.clone('report').folder, {
    contexts,
  });
  expect(reported, reported.output).toMatchObject({ result: 'success' });
  expect(repository.github.items).toMatchObject([{ kind: 'pull', of: 'lab-image', state: 'open' }]);
  expect(repository.github.started).toEqual(['ci.yml@lab-image']);
  expect(repository.remote.branches()[0]).toMatch(/^lab-image Use the published lab image/);
});
