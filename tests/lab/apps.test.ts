import { parse } from 'yaml';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, type LabHost, openLabHost } from '../../scripts/lab/index.ts';

/** What an image has in common with that on Docker Hub, or how it differs. */
interface Behaviour {
  readonly image: string;
  readonly what: string;
  /** A script of bash that ends with 0 if it is so. */
  readonly check: string;
}

interface Behaviours {
  readonly setup: string;
  /** Each with the page that says so of the image on Docker Hub. */
  readonly same: readonly (Behaviour & { readonly source: string })[];
  /** Each with what is true of the image on Docker Hub instead. */
  readonly different: readonly (Behaviour & { readonly hub: string })[];
}

const file = join(import.meta.dirname, '../../scripts/lab/images/apps/behaviours.yaml');
const { setup, same, different } = parse(await readFile(file, 'utf8')) as Behaviours;

let host: LabHost;
let lab: Lab;

beforeAll(async () => {
  host = await openLabHost((message) => void process.stderr.write(`${message}\n`));
  const images = ['node:24-trixie-slim', 'postgres:17'];
  lab = await host.openLab({ lab: 'apps', store: 'containerd', images });
  expect(await bash(setup)).toMatchObject({ status: 0 });
  // The image of the lab may have to be built first, after that of the default lab.
}, 600_000);
afterAll(() => host.close());

async function bash(script: string): Promise<{ status: number; output: string }> {
  const { status, stdout, stderr } = await lab.run(['bash', '-euc', script]);
  return { status, output: stdout + stderr };
}

const title = ({ image, what }: Behaviour): string => `${image} ${what}`;

describe('as on Docker Hub', () => {
  test.each(same.map((one) => [title(one), one] as const))('%s', async (_, { check, source }) => {
    expect(source).toMatch(/^https:\/\//);
    expect(await bash(check)).toMatchObject({ status: 0 });
  });
});

describe('unlike on Docker Hub', () => {
  test.each(different.map((one) => [title(one), one] as const))('%s', async (_, { check, hub }) => {
    expect(hub).not.toBe('');
    expect(await bash(check)).toMatchObject({ status: 0 });
  });
});
