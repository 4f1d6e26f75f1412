import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

/** A part of a screen that looks like a token or a private key. */
export interface Secret {
  /** 1-based line of the screen. */
  readonly line: number;
  /** What it looks like, without the secret itself. */
  readonly what: string;
}

/** Looks for secrets with secretlint's recommended rules. */
export async function findSecrets(screen: string): Promise<Secret[]> {
  const { messages } = await lintSource({
    source: { filePath: 'screen.txt', content: screen, ext: '.txt', contentType: 'text' },
    options: {
      maskSecrets: true,
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] },
    },
  });
  return messages.map(({ loc, message }) => ({ line: loc.start.line, what: message }));
}
