import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/* The Markdown files of this repository. */

const ROOT = fileURLToPath(new URL('../', import.meta.url));

test('no link between files is dead, and no anchor is missing', async () => {
  const files = markdownFiles();
  expect(files).toContain('README.md');
  const dead: string[] = [];
  for (const file of files) {
    for (const link of linksIn(await readFile(join(ROOT, file), 'utf8'))) {
      if (/^[a-z]+:/.test(link)) continue;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : normalize(join(dirname(file), path));
      const there = existsSync(join(ROOT, target));
      if (!there || (anchor !== undefined && !(await anchorsOf(target)).includes(anchor)))
        dead.push(`${file}: ${link}`);
    }
  }
  expect(dead).toEqual([]);
});

function markdownFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' });
  return listed.split('\n').filter((file) => file !== '' && existsSync(join(ROOT, file)));
}

/** Addresses of links and pictures, outside code. */
function linksIn(markdown: string): string[] {
  return Array.from(
    withoutCode(markdown).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g),
    ([, address]) => address ?? '',
  );
}

async function anchorsOf(file: string): Promise<string[]> {
  const text = withoutCode(await readFile(join(ROOT, file), 'utf8'));
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1`*$/gm, '').replace(/`[^`\n]*`/g, '');
}
