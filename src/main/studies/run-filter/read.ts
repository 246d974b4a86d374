import { textsOf } from '../runs-table/column.ts';
import { type Columns, operatorsOf, requireColumn } from './columns.ts';
import { comparisonTest, type Test } from './compare.ts';
import { type FilterFault, FilterStop } from './fault.ts';
import type { Filter } from './filter.ts';
import { parseFilter } from './parse.ts';

export type ReadFilter =
  | { readonly test: Test; readonly fault?: undefined }
  | { readonly test: Test; readonly fault: FilterFault };

const fitsAll: Test = () => true;

/** A filter as a test of rows; with a fault the test lets every run through. Never throws. */
export function readFilter(text: string, columns: Columns): ReadFilter {
  const { filter, fault } = parseFilter(text);
  if (fault !== undefined) return { test: fitsAll, fault: { at: fault.at, expected: fault.expected } };
  try {
    return { test: filter === null ? fitsAll : testOf(filter, columns) };
  } catch (error) {
    if (!(error instanceof FilterStop)) throw error;
    return { test: fitsAll, fault: { at: error.at, expected: error.expected } };
  }
}

/** @throws FilterStop for an unknown key, an operator or a value that does not fit it */
function testOf(filter: Filter, columns: Columns): Test {
  switch (filter.is) {
    case 'and': {
      const tests = filter.parts.map((part) => testOf(part, columns));
      return (row) => tests.every((test) => test(row));
    }
    case 'or': {
      const tests = filter.parts.map((part) => testOf(part, columns));
      return (row) => tests.some((test) => test(row));
    }
    case 'not': {
      const test = testOf(filter.part, columns);
      return (row) => !test(row);
    }
    case 'has': {
      const column = requireColumn(columns, filter);
      return (row) => textsOf(column, row).length > 0;
    }
    case 'flag': {
      const column = requireColumn(columns, filter);
      if (column.kind !== 'flag') throw new FilterStop(filter.end, operatorsOf[column.kind].join(' '));
      return (row) => column.cell(row) === true;
    }
    case 'compare':
      return comparisonTest(requireColumn(columns, filter), filter);
    default:
      return filter satisfies never;
  }
}
