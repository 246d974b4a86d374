import { scalarOf, type TableColumn, textsOf } from '../runs-table/column.ts';
import type { TableRow } from '../runs-table/row.ts';
import { operatorsOf } from './columns.ts';
import { FilterStop } from './fault.ts';
import type { Filter, Operator } from './filter.ts';
import { durationOf, flagOf, numberOf, type Stretch, stretchOf } from './literals.ts';

export type Test = (row: TableRow) => boolean;

type Comparison = Extract<Filter, { is: 'compare' }>;

/** A comparison as a test; a run without a value never fits. @throws FilterStop at the operator or the value */
export function comparisonTest(column: TableColumn, comparison: Comparison): Test {
  const fitting = operatorsOf[column.kind];
  if (!fitting.includes(comparison.operator)) throw new FilterStop(comparison.end, fitting.join(' '));
  return tests[column.kind](column, comparison);
}

const tests: Readonly<Record<TableColumn['kind'], (column: TableColumn, comparison: Comparison) => Test>> = {
  text: textTest,
  number: numberTest,
  time: timeTest,
  flag: flagTest,
};

/** Capitals do not count. With several texts (tags) one that fits is enough; `!=` and `!~` mean that none fits. */
function textTest(column: TableColumn, { operator, value }: Comparison): Test {
  const wanted = value.toLowerCase();
  const contains = operator === '~' || operator === '!~';
  const fits = (text: string): boolean =>
    contains ? text.toLowerCase().includes(wanted) : text.toLowerCase() === wanted;
  const negated = operator === '!=' || operator === '!~';
  return (row) => {
    const texts = textsOf(column, row);
    return texts.length > 0 && texts.some(fits) !== negated;
  };
}

function numberTest(column: TableColumn, { operator, value, valueAt }: Comparison): Test {
  const wanted = column.isDuration ? durationOf(value) : numberOf(value);
  if (wanted === null) throw new FilterStop(valueAt, column.isDuration ? 'a duration such as 10min' : 'a number');
  const holds = orderTest(operator, { start: wanted, end: wanted });
  return (row) => {
    const found = scalarOf(column.cell(row));
    return typeof found === 'number' && holds(found);
  };
}

function timeTest(column: TableColumn, { operator, value, valueAt }: Comparison): Test {
  const wanted = stretchOf(value);
  if (wanted === null) throw new FilterStop(valueAt, 'a date such as 2026-01-31');
  const holds = orderTest(operator, { start: wanted.start, end: wanted.end - 1 });
  return (row) => {
    const found = scalarOf(column.cell(row));
    return typeof found === 'string' && holds(Date.parse(found));
  };
}

function flagTest(column: TableColumn, { operator, value, valueAt }: Comparison): Test {
  const wanted = flagOf(value);
  if (wanted === null) throw new FilterStop(valueAt, 'true or false');
  const stands = operator === '=' ? wanted : !wanted;
  return (row) => column.cell(row) === stands;
}

/** Both ends belong to the stretch. */
function orderTest(operator: Operator, { start, end }: Stretch): (value: number) => boolean {
  switch (operator) {
    case '<':
      return (value) => value < start;
    case '<=':
      return (value) => value <= end;
    case '>':
      return (value) => value > end;
    case '>=':
      return (value) => value >= start;
    case '!=':
      return (value) => value < start || value > end;
    default:
      return (value) => value >= start && value <= end;
  }
}
