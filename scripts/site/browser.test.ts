import { expect, test } from 'vitest';
import { browserIn } from './browser.ts';

const found = (files: readonly string[], env: Record<string, string> = { PATH: '/bin:/usr/bin' }) =>
  browserIn(env, (path) => files.includes(path));

test('Chromium is found under each of its names, also outside PATH', () => {
  // The names in Debian, in GitHub's ubuntu-24.04, and in Google's package of Chrome.
  expect(found(['/usr/bin/chromium', '/usr/bin/google-chrome'])).toBe('/usr/bin/chromium');
  expect(found(['/usr/bin/google-chrome'])).toBe('/usr/bin/google-chrome');
  expect(found(['/usr/bin/google-chrome-stable'])).toBe('/usr/bin/google-chrome-stable');
  expect(found(['/opt/chrome/google-chrome'], { PATH: '/bin::/opt/chrome' })).toBe(
    '/opt/chrome/google-chrome',
  );
  expect(found(['/usr/bin/chromium'], {})).toBe('/usr/bin/chromium');
  expect(found(['/snap/bin/chromium'], {})).toBe('/snap/bin/chromium');
  expect(found([])).toBeUndefined();
});

test("Ubuntu's chromium-browser, which may not be a browser, is used only if there is no other", () => {
  expect(found(['/usr/bin/chromium-browser', '/usr/bin/google-chrome'])).toBe(
    '/usr/bin/google-chrome',
  );
  expect(found(['/usr/bin/chromium-browser', '/snap/bin/chromium'])).toBe('/snap/bin/chromium');
  expect(found(['/usr/bin/chromium-browser'])).toBe('/usr/bin/chromium-browser');
});

test('CHROMIUM names the browser to use, whether or not the file exists', () => {
  expect(found(['/usr/bin/chromium'], { CHROMIUM: '/opt/none' })).toBe('/opt/none');
  expect(found(['/usr/bin/chromium'], { CHROMIUM: '' })).toBe('/usr/bin/chromium');
});
