import { describe, expect, it } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { sourceHashes } from '../recording/source-hash.ts';
import { BROWSER_SCHEMA, inBrowser, parseBrowserResult } from './browser-result.ts';

const lesson = (command: string) => {
  const text = `---
title: T
description: D
---

\`\`\`console one
$ ${command}
\`\`\`

\`\`\`console two
$ echo two
\`\`\`
`;
  const parsed = parseLesson(text, 't.mdx');
  if (parsed.lesson === undefined) throw new Error(JSON.stringify(parsed.problems));
  return parsed.lesson;
};

describe('a result of the browser lab', () => {
  it('is valid only until a step changes', async () => {
    const hashes = await sourceHashes(lesson('echo one'));
    const steps = {
      one: { source: hashes.get('one') ?? '', runs: true as const },
      two: {
        source: hashes.get('two') ?? '',
        runs: false as const,
        why: { kind: 'network' as const },
      },
    };
    const result = { schema: BROWSER_SCHEMA, lab: '', steps } as const;
    expect(inBrowser(result, 'one', hashes.get('one'))).toEqual({ runs: true });
    expect(inBrowser(result, 'two', hashes.get('two'))).toEqual({
      runs: false,
      why: { kind: 'network' },
    });

    const changed = await sourceHashes(lesson('echo another'));
    const untried = { runs: false, why: { kind: 'untried' } };
    for (const id of ['one', 'two', 'three'])
      expect(inBrowser(result, id, changed.get(id)), id).toEqual(untried);
    expect(inBrowser(undefined, 'one', hashes.get('one'))).toEqual(untried);
  });

  it('is rejected if it has another schema version', () => {
    expect(() => parseBrowserResult('{"schema":1,"steps":{}}')).toThrow(
      /not a browser lab result of schema 2: run `npm run vm -- --try`/,
    );
  });
});
