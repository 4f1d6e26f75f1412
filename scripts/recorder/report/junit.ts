import type { RecordResult } from '../result.ts';
import { escaped } from './printable.ts';
import { testCases, type TestCase } from './test-cases.ts';

/**
 * The run as JUnit XML: a suite for each lesson, a test case for each step. It is valid under both
 * common schemas: Windy Road's (github.com/windyroad/JUnit-Schema) and Jenkins' (junit-10.xsd).
 * @param now when the run ended
 */
export function asJunit(result: RecordResult, now: Date): string {
  const suites = Map.groupBy(testCases(result), ({ lesson }) => lesson);
  // The schemas want the time without a zone; it is UTC.
  const timestamp = now.toISOString().slice(0, 19);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...[...suites].map(([lesson, cases], id) => suite(lesson, cases, id, timestamp)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(lesson: string, cases: readonly TestCase[], id: number, timestamp: string): string {
  const of = (kind: TestCase['kind']) => cases.filter((one) => one.kind === kind).length;
  const head = attributes({
    name: lesson,
    package: 'lessons',
    id,
    timestamp,
    hostname: 'localhost',
    tests: cases.length,
    failures: of('failed'),
    errors: of('error'),
    skipped: of('skipped'),
    time: seconds(cases.reduce((sum, one) => sum + one.seconds, 0)),
  });
  return [
    `  <testsuite${head}>`,
    '    <properties/>',
    ...cases.map(caseElement),
    '    <system-out/>',
    '    <system-err/>',
    '  </testsuite>',
  ].join('\n');
}

function caseElement(one: TestCase): string {
  const { name, lesson: classname } = one;
  const head = attributes({ name, classname, time: seconds(one.seconds) });
  const inner = innerOf(one);
  return inner === ''
    ? `    <testcase${head}/>`
    : `    <testcase${head}>\n      ${inner}\n    </testcase>`;
}

function innerOf({ kind, type, title, text }: TestCase): string {
  if (kind === 'skipped') return '<skipped/>';
  if (kind !== 'failed' && kind !== 'error') return '';
  const tag = kind === 'failed' ? 'failure' : 'error';
  return `<${tag}${attributes({ type, message: title })}>${escaped(text)}</${tag}>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

function seconds(value: number): string {
  return value.toFixed(3);
}
