import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Filter, operators } from '../../../../src/main/studies/run-filter/filter.ts';
import { parseFilter } from '../../../../src/main/studies/run-filter/parse.ts';
import { printFilter } from '../../../helpers/print-filter.ts';

const seed = { seed: 4, numRuns: 500 };

/** Without places: what a filter means. */
function meaning(filter: Filter | null | undefined): unknown {
  if (filter === null || filter === undefined) return filter;
  switch (filter.is) {
    case 'and':
    case 'or':
      return [filter.is, ...filter.parts.map(meaning)];
    case 'not':
      return ['not', meaning(filter.part)];
    case 'compare':
      return [filter.key, filter.operator, filter.value];
    default:
      return [filter.is, filter.key];
  }
}

const read = (text: string): unknown => meaning(parseFilter(text).filter);

describe('reading a filter', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['leaky', ['flag', 'leaky']],
    ['not leaky', ['not', ['flag', 'leaky']]],
    ['has notes', ['has', 'notes']],
    ['a=1', ['a', '=', '1']],
    ['a == 1', ['a', '=', '1']],
    ['a<=1e-3', ['a', '<=', '1e-3']],
    ['name !~ "two words"', ['name', '!~', 'two words']],
    ["name ~ 'it''", undefined],
    ["name ~ 'it\\'s'", ['name', '~', "it's"]],
    ['best validation_loss < 0.5', ['best validation_loss', '<', '0.5']],
    ['"best validation_loss" < 0.5', ['best validation_loss', '<', '0.5']],
    ['best and leaky', ['and', ['flag', 'best'], ['flag', 'leaky']]],
    ['a or b and c', ['or', ['flag', 'a'], ['and', ['flag', 'b'], ['flag', 'c']]]],
    ['(a or b) AND Not c', ['and', ['or', ['flag', 'a'], ['flag', 'b']], ['not', ['flag', 'c']]]],
    ['name = "and"', ['name', '=', 'and']],
    ['started > 2026-01-31T14:05', ['started', '>', '2026-01-31T14:05']],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    ['and', 0, 'a column, not, has or ('],
    ['a =', 3, 'a value'],
    ['a = and', 4, 'a value'],
    ['a = 1 b', 6, 'and, or, or the end'],
    ['(a = 1', 6, 'and, or, or )'],
    ['a = 1)', 5, 'and, or, or the end'],
    ['has', 3, 'a column'],
    ['name ! x', 5, '!= or !~'],
    ['name = "x', 7, 'a closing "'],
    ['not', 3, 'a column, not, has or ('],
  ])('%s is a fault with its place', (text, at, expected) => {
    expect(parseFilter(text).fault).toMatchObject({
      at,
      expected: expected.startsWith('!=') ? expect.any(String) : expected,
    });
  });

  it('[A1] refuses brackets without end instead of exhausting the stack', () => {
    for (const text of ['('.repeat(100_000), 'not '.repeat(100_000)]) {
      expect(parseFilter(text).fault?.expected).toMatch(/at most 50 brackets/);
    }
    expect(read(`${'('.repeat(50)}a${')'.repeat(50)}`)).toEqual(['flag', 'a']);
  });

  it('never throws, and a fault lies inside the text', () => {
    const pieces = fc.constantFrom(
      'and',
      'or',
      'not',
      'has',
      '(',
      ')',
      '=',
      '!',
      '~',
      '<',
      '"',
      "'",
      '\\',
      'best',
      ' ',
      'x',
      '0',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((each) => each.join('')),
      fc.array(pieces).map((each) => each.join(' ')),
    );
    return fc.assert(
      fc.property(texts, (text) => {
        const { fault } = parseFilter(text);
        if (fault === undefined) return;
        expect(fault.at).toBeGreaterThanOrEqual(0);
        expect(fault.at).toBeLessThanOrEqual(text.length);
        expect(fault.expected).not.toBe('');
      }),
      seed,
    );
  });
});

describe('a filter that is printed', () => {
  const text = fc.oneof(
    fc.constantFrom('and', 'best', 'a b', 'scan/auc', '"', "it's", '\\', '0.2', ''),
    fc.string({ unit: 'binary' }),
  );
  const places = { at: 0, end: 0 };
  const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small' },
      fc
        .record({ is: fc.constantFrom('flag' as const, 'has' as const), key: text })
        .map((each) => ({ ...each, ...places })),
      fc.record({ key: text, operator: fc.constantFrom(...operators), value: text }).map(
        ({ key, operator, value }): Filter => ({
          ...{ is: 'compare', key, value, valueAt: 0, ...places },
          operator: operator === '==' ? '=' : operator,
        }),
      ),
      tie('filter').map((part): Filter => ({ is: 'not', part })),
      fc.record({
        is: fc.constantFrom('and' as const, 'or' as const),
        parts: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
      }),
    ),
  }));

  it('means the same when it is read again', () => {
    return fc.assert(
      fc.property(filter, (each) => {
        expect(read(printFilter(each))).toEqual(meaning(each));
      }),
      seed,
    );
  });

  it('stays as it is', () => {
    return fc.assert(
      fc.property(filter, (each) => {
        const printed = printFilter(each);
        expect(printFilter(parseFilter(printed).filter ?? null)).toBe(printed);
      }),
      seed,
    );
  });
});
