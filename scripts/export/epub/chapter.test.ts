import { expect, test } from 'vitest';
import { toXml } from './chapter.ts';

test('HTML becomes XML', () => {
  expect(
    toXml('<p>a<br>b &nbsp;&amp; <i></i><svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>'),
  ).toBe('<p>a<br/>b &#xa0;&amp; <i/><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></p>');
});

test('characters that XML does not allow are replaced', () => {
  expect(toXml('<b>\x07bell 漢 😀</b>')).toBe('<b>\ufffdbell &#x6f22; &#x1f600;</b>');
});
