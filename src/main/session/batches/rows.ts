import { sentenceOf } from '../../../pipeline/domain/errors.ts';
import { ranksOf } from '../../batches/urgency.ts';
import type { Output, Parsed, Row } from '../../ipc/contract.ts';
import type { RowFilter, RowOrder } from '../../records/batch-order.ts';
import type { PageRow } from '../../records/batch-pages.ts';
import type { Records } from '../../records/index.ts';

type Asked = Pick<Parsed<'batches/rows'>, 'filter' | 'sort'>;

export function pageOfRows(records: Records, input: Parsed<'batches/rows'>): Output<'batches/rows'> {
  const { classes } = records.batches.get(input.batch);
  const { filter, order } = queryOf(classes, input);
  const total = records.batchQueries.count(input.batch, filter);
  const rows = records.batchQueries.page(input.batch, filter, order, input.offset, input.limit);
  return { total, rows: rows.map((row) => rowOf(row, classes)) };
}

export function positionOfRow(records: Records, input: Parsed<'batches/position'>): Output<'batches/position'> {
  const { filter, order } = queryOf(records.batches.get(input.batch).classes, input);
  return { offset: records.batchQueries.position(input, filter, order) ?? null };
}

/** A class that the model does not know has the index -1, which no image has. */
function queryOf(classes: readonly string[], { filter, sort }: Asked): { filter: RowFilter; order: RowOrder } {
  const { classes: names, ...rest } = filter;
  const predicted = names?.map((name) => classes.indexOf(name));
  return { filter: { ...rest, predicted }, order: { ...sort, ranks: ranksOf(classes) } };
}

function rowOf(row: PageRow, classes: readonly string[]): Row {
  const { item, frame, file, image, scan, state, predicted, probabilities, code, facts, review } = row;
  return {
    ...{ item, frame, file, image, scan, state, probabilities, code, review },
    class: predicted === null ? null : (classes[predicted] ?? null),
    probability: predicted === null ? null : (probabilities[predicted] ?? null),
    reason: code === null ? null : sentenceOf(code, facts),
  };
}
