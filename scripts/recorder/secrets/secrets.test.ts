import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { stepsOf } from '../../../src/core/lesson/model.ts';
import { parseCast } from '../../../src/core/recording/cast.ts';
import { readLessons } from '../../../src/store/lessons.ts';
import { secretInCast } from './secret-in-cast.ts';
import { findSecrets, withoutSecrets } from './secrets.ts';

/**
 * So many characters as of a random token; made here, so that no scanner takes this file for a
 * leak.
 */
const random = (length: number, alphabet = 'a1B2c3D4e5F6g7H8i9J0kLmN') =>
  alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);
const digits = (length: number) => random(length, '0a1b2c3d4e5f6g7h8i9');

/** What a screen shows, and the part of it that must never be seen. */
const screens: readonly [name: string, shown: (secret: string) => string, secret: string][] = [
  ['an AWS key id', (s) => `AWS_ACCESS_KEY_ID=${s}`, `AKIA${random(16, 'J7H3K2L5M8N9P0QR')}`],
  [
    'an AWS key',
    (s) => `AWS_SECRET_ACCESS_KEY=${s}`,
    random(40, 'wJalrXUtnFEMIK7MDENGbPxRfiCYqP3mTb'),
  ],
  ['a GitHub token', (s) => `token ${s} here`, `ghp_${random(36)}`],
  ['a GitHub app token', (s) => `GITHUB_TOKEN=${s}`, `ghs_${random(36)}`],
  ['a fine-grained GitHub token', (s) => s, `github_pat_${random(22)}_${random(59)}`],
  ['a GitLab token', (s) => `PRIVATE-TOKEN: ${s}`, `glpat-${random(20)}`],
  ['a GitLab runner token', (s) => s, `glrt-${random(20)}`],
  ['a GitLab deploy token', (s) => s, `gldt-${random(20)}`],
  ['an npm token', (s) => s, `npm_${random(36)}`],
  ['an .npmrc', (s) => `//registry.npmjs.org/:_authToken=${s}`, random(36)],
  ['a Docker Hub token', (s) => `docker login -p ${s}`, `dckr_pat_${random(27)}`],
  ['a Docker organisation token', (s) => s, `dckr_oat_${random(32)}`],
  ['basic auth', (s) => `curl https://me:${s}@registry.example.net/v2/`, 's3cr3tpw'],
  ['basic auth at home', (s) => `curl http://me:${s}@localhost:5000/v2/`, 's3cr3tpw'],
  ['a proxy', (s) => `http_proxy=http://me:${s}@10.0.0.1:3128`, 'hunter2'],
  ['a database', (s) => `postgres://app:${s}@db/shop`, 'hunter2'],
  [
    'docker login',
    (s) => `{\n\t"auths": {\n\t\t"localhost:5000": {\n\t\t\t"auth": "${s}"\n\t\t}\n\t}\n}`,
    Buffer.from('me:hunter22').toString('base64'),
  ],
  ['docker login on one line', (s) => `{"auths":{"r":{"identitytoken":"${s}"}}}`, random(60)],
  [
    'a request',
    (s) => `> Authorization: Basic ${s}`,
    Buffer.from('me:hunter22').toString('base64'),
  ],
  ['a request to the Engine', (s) => `X-Registry-Auth: ${s}`, random(60)],
  [
    'a token of a registry',
    (s) => `{"token":"${s}"}`,
    `eyJ${random(20)}.eyJ${random(40)}.${random(43)}`,
  ],
  [
    'a swarm',
    (s) => `docker swarm join --token ${s} 10.0.0.1:2377`,
    `SWMTKN-1-${digits(50)}-${digits(25)}`,
  ],
  ['a locked swarm', (s) => `    ${s}`, `SWMKEY-1-${random(43)}`],
  [
    'a Slack token',
    (s) => s,
    `xoxb-${random(12, '1234567890')}-${random(13, '1234567890')}-${random(24)}`,
  ],
  ['an age key', (s) => s, `AGE-SECRET-KEY-1${random(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`],
];

describe.each(screens)('%s', (_, shown, secret) => {
  const screen = `$ before\n${shown(secret)}\n$ after\n`;

  test('is found', async () => {
    const [found, ...more] = await findSecrets(screen);
    expect(found?.line).toBe(1 + screen.slice(0, screen.indexOf(secret)).split('\n').length - 1);
    expect(found?.what).not.toContain(secret);
    expect(more).toEqual([]);
  });

  test('is hidden, and nothing else but what belongs to it', async () => {
    const hidden = await withoutSecrets(screen);
    expect(hidden).not.toContain(secret);
    expect(hidden).toMatch(/^\$ before\n[^]*\[secret\][^]*\n\$ after\n$/);
    expect(hidden.split('\n')).toHaveLength(screen.split('\n').length);
  });
});

describe('a private key', () => {
  const pem = (type: 'pkcs1' | 'pkcs8' | 'sec1', key: ReturnType<typeof makeKey>) =>
    key.export({ type, format: 'pem' }).toString();
  const makeKey = (kind: 'rsa' | 'ed25519' | 'ec') =>
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
      : kind === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
        : generateKeyPairSync('ed25519').privateKey;
  const openssh = () => {
    const body = randomBytes(300).toString('base64').replace(/.{70}/g, '$&\n');
    return `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----\n`;
  };

  test.each<[string, () => string]>([
    ['RSA', () => pem('pkcs1', makeKey('rsa'))],
    ['PKCS #8', () => pem('pkcs8', makeKey('rsa'))],
    ['Ed25519', () => pem('pkcs8', makeKey('ed25519'))],
    ['EC', () => pem('sec1', makeKey('ec'))],
    [
      'encrypted',
      () =>
        makeKey('rsa')
          .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })
          .toString(),
    ],
    ['OpenSSH', openssh],
    ['in JSON', () => JSON.stringify({ private_key: pem('pkcs8', makeKey('ed25519')) })],
    ['cut off', () => `${pem('pkcs8', makeKey('rsa')).split('\n').slice(0, 4).join('\n')}\n`],
  ])('%s', async (_, make) => {
    const key = make();
    const screen = `$ cat key\n${key}$ after it\n`;
    expect((await findSecrets(screen)).map(({ line }) => line)).toEqual([2]);
    const hidden = await withoutSecrets(screen);
    for (const [line] of key.matchAll(/[A-Za-z0-9+/=]{16,}/g)) expect(hidden).not.toContain(line);
    expect(hidden).toMatch(/\$ after it\n$/);
    expect(hidden.split('\n')).toHaveLength(screen.split('\n').length);
  });
});

test.each([
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUabcdefghijklmnopqrstuv',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1hsZ3v root@lab',
  'Digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  'checksum of ref 1tnlnqvmkvih6h2zflo5a1r0w::ythceska6gzcpit1uyf5766ii',
  'http://localhost:5000/v2/debian/manifests/latest',
  'http://me:$PASSWORD@localhost:5000/, http://me:***@localhost/ and http://me:xxxxx@localhost/',
  'git@github.com:docker/cli.git and ssh://git@github.com/docker/cli',
  '//registry.npmjs.org/:_authToken=${NPM_TOKEN}',
  'Authorization: Bearer $TOKEN',
  '{"auths": {"localhost:5000": {}}}',
  'PASSWORD=secret',
  'glibc-2.41-debian-trixie-backports',
  'AKIAIOSFODNN7EXAMPLE',
])('nothing is taken for a secret in %s', async (text) => {
  expect(await findSecrets(`$ show\n${text}\n$ next\n`)).toEqual([]);
});

test('nothing of what is committed is taken for a secret, unless its step says so', async () => {
  const recordings = new URL('../../../recordings/', import.meta.url);
  const { lessons } = readLessons(
    fileURLToPath(new URL('../../../content/lessons/', import.meta.url)),
  );
  const shown = lessons.flatMap((lesson) =>
    stepsOf(lesson).flatMap(({ id, options }) =>
      options.secretOk === undefined ? [] : [join(lesson.id, id)],
    ),
  );
  const read = (name: string) => readFileSync(new URL(name, recordings), 'utf8');
  const names = readdirSync(recordings, { recursive: true, encoding: 'utf8' }).filter(
    (file) => !shown.includes(file.replace(/\.(?:txt|cast)$/, '')),
  );
  for (const name of names.filter((file) => /\.(?:txt|json)$/.test(file)))
    expect(await findSecrets(read(name)), name).toEqual([]);
  const casts = names.filter((file) => file.endsWith('.cast'));
  expect(casts.length).toBeGreaterThan(200);
  for (const name of casts) expect(await secretInCast(parseCast(read(name))), name).toBeUndefined();
});

test('secrets that overlap are hidden to the end of both', async () => {
  const address = `https://me:${random(8)}@host.example/?t=ghp_${random(36)}`;
  expect(await withoutSecrets(address)).not.toMatch(new RegExp(random(6)));
});
