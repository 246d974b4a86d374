import { describe, expect, it } from 'vitest';
import { Document, parseDocument } from 'yaml';
import { lockYaml } from '../../../src/main/workspace/lock-yaml.ts';

const written = (path: string): string => lockYaml(new Document({ k: { l: [{ path }] } }));

/** Each line as `dvc.utils.serialize.dumps_yaml` of DVC 3.67.1 wrote it. */
const texts: readonly (readonly [string, string])[] = [
  ['a b', 'a b'],
  ['true', "'true'"],
  ['no', 'no'],
  ['~', "'~'"],
  ['1.0', "'1.0'"],
  ['1e3', "'1e3'"],
  ['012', "'012'"],
  ['1_000', "'1_000'"],
  ['0x1F', "'0x1F'"],
  ['2020-01-01', "'2020-01-01'"],
  ['12:30', '12:30'],
  ['', "''"],
  [' a', "' a'"],
  ['a: b', "'a: b'"],
  ['a:b', 'a:b'],
  ['a #b', "'a #b'"],
  ['a#b', 'a#b'],
  ['- a', "'- a'"],
  ['-a', '-a'],
  ['?', "'?'"],
  [':a', ':a'],
  ['a:', "'a:'"],
  ['@a', "'@a'"],
  ['"a"', `'"a"'`],
  ["'a'", `"'a'"`],
  ["it's", "it's"],
  ['{a', "'{a'"],
  ['a,b', 'a,b'],
  ['ü 😀 豈', 'ü 😀 豈'],
  ['\u007f', '"\\x7F"'],
  ['a\tb', '"a\\tb"'],
  ['a\nb', '"a\\nb"'],
  ['a\\b', 'a\\b'],
  ['\ufeffx', '"\\uFEFFx"'],
  ['=', "'='"],
  ['.5', "'.5'"],
  ['.nan', "'.nan'"],
  ['--- a', "'--- a'"],
  ['x'.repeat(100), `\n      ${'x'.repeat(100)}`],
  // It leaves the blank at the end of a line when the next word did not fit, and none when the line was full.
  [`${'word '.repeat(30)}end`, `${'word '.repeat(14)}\n      ${'word '.repeat(15).trim()}\n      word end`],
];

describe('dvc.lock as DVC writes it', () => {
  it.each(texts)('%j', (text, expected) => {
    expect(written(text)).toBe(`k:\n  l:\n  - path: ${expected}\n`);
  });

  it('numbers, lists and empty things', () => {
    const params = `k: {v: 1.0, a: 1e-5, b: 1e16, c: 0.0001, d: 1, e: 123456789.123, f: .inf, g: , h: [1, [2, 3], {a: 1, b: []}],
      i: {}, j: 1e3, k: -0.0, l: 1.5e300, m: 0x10, n: "1", o: true}`;
    expect(lockYaml(parseDocument(params))).toBe(`k:
  v: 1.0
  a: 1e-05
  b: 1e+16
  c: 0.0001
  d: 1
  e: 123456789.123
  f: .inf
  g:
  h:
  - 1
  - - 2
    - 3
  - a: 1
    b: []
  i: {}
  j: 1000.0
  k: -0.0
  l: 1.5e+300
  m: 16
  n: '1'
  o: true
`);
  });

  it('what was written is written again the same', () => {
    const text = lockYaml(new Document({ k: Object.fromEntries(texts.map(([value], index) => [`t${index}`, value])) }));
    expect(lockYaml(parseDocument(text))).toBe(text);
    expect(parseDocument(text).toJS()).toEqual({
      k: Object.fromEntries(texts.map(([value], index) => [`t${index}`, value])),
    });
  });
});
