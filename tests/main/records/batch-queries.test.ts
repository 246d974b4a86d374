import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranksOf } from '../../../src/main/batches/urgency.ts';
import { orderSql, type RowFilter, type RowOrder } from '../../../src/main/records/batch-order.ts';
import type { Records } from '../../../src/main/records/index.ts';
import { type BatchState, reviewDecisions } from '../../../src/pipeline/domain/outcome.ts';
import type { BatchResult, BatchRow } from '../../../src/pipeline/protocol.ts';
import { listedFiles, newBatch, temporaryFolder, testRecords } from '../../helpers/records.ts';

const classes = ['Cyst', 'Normal', 'Abscess', 'Stone', 'Tumor'];
const seed = 20260104;
const sortKeys = ['file', 'scan', 'state', 'class', 'probability', 'urgency', 'review'] as const;

const rowArbitrary = fc.record({
  name: fc.constantFrom('a/IM1', 'a/im2', 'B/100%_x', 'Ärzte/bild', 'c!d'),
  scan: fc.constantFrom('', 'dicom-1', 'dicom-2'),
  predicted: fc.option(fc.nat(classes.length - 1)),
  probability: fc.constantFrom(0.21, 0.4, 0.4, 0.97),
  review: fc.option(fc.constantFrom(...reviewDecisions)),
});
type Made = typeof rowArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** What the records hold, as the test knows it. */
interface Known {
  readonly item: number;
  readonly image: string;
  readonly scan: string;
  readonly state: BatchState;
  readonly predicted: number | null;
  readonly probability: number | null;
  readonly review: Made['review'];
}

function store(records: Records, made: readonly Made[]): { batch: string; known: Known[] } {
  const batch = records.batches.create({ ...newBatch, classes });
  const known = made.map(({ name, scan, predicted, probability, review }, index): Known => {
    const answer = { predicted, probability: predicted === null ? null : probability };
    const state = predicted === null ? 'refused' : probability < 0.4 ? 'review' : 'answered';
    return { item: index + 1, image: `${name}-${index + 1}.png`, scan, state, ...answer, review };
  });
  records.batchItems.addMany(
    batch,
    listedFiles(made.length, (item) => known[item - 1]?.image ?? ''),
  );
  records.batches.fixList(batch);
  records.batchItems.complete(batch, known.map(resultOf));
  for (const { item, review } of known) {
    if (review !== null) records.reviews.add({ batch, item, frame: 0, decision: review, class: null, reader: 'A' });
  }
  return { batch, known };
}

function resultOf({ item, image, scan, state, predicted, probability }: Known): BatchResult {
  const probabilities =
    predicted === null ? [] : classes.map((_, index) => (index === predicted ? (probability ?? 0) : 0));
  const row: BatchRow = { frame: 0, image, scan, group: '', state, predicted, probabilities, code: null, facts: {} };
  return { item, sha256: null, rows: [row] };
}

function passes(
  { states, predicted, minProbability, maxProbability, text, reviewed, scan }: RowFilter,
  row: Known,
): boolean {
  const p = row.probability;
  return (
    (states === undefined || states.length === 0 || states.includes(row.state)) &&
    (predicted === undefined ||
      predicted.length === 0 ||
      (row.predicted !== null && predicted.includes(row.predicted))) &&
    (minProbability === undefined || (p !== null && p >= minProbability)) &&
    (maxProbability === undefined || (p !== null && p <= maxProbability)) &&
    (text === undefined || [row.image, row.scan].some((each) => each.toLowerCase().includes(text.toLowerCase()))) &&
    (reviewed === undefined || (row.review !== null) === reviewed) &&
    (scan === undefined || row.scan === scan)
  );
}

/** The order in plain words; what it leaves equal stands in the order of the list. */
function sorted(rows: readonly Known[], { by, descending, ranks }: RowOrder): number[] {
  const urgency = ({ predicted }: Known): number =>
    predicted === null ? ranks.urgency.refused : (ranks.urgency.classes[predicted] ?? 0);
  const name = ({ predicted }: Known): string => (predicted === null ? '' : (classes[predicted] ?? ''));
  const way = descending ? -1 : 1;
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const nullsLast = (a: number | null, b: number | null): number | undefined =>
    a === null || b === null ? Number(a === null) - Number(b === null) : undefined;
  const compare: Record<RowOrder['by'], (a: Known, b: Known) => number> = {
    file: (a, b) => way * (a.item - b.item),
    scan: (a, b) => way * text(a.scan, b.scan),
    state: (a, b) => {
      const order: BatchState[] = ['review', 'refused', 'answered'];
      return way * (order.indexOf(a.state) - order.indexOf(b.state));
    },
    class: (a, b) => nullsLast(a.predicted, b.predicted) ?? way * text(name(a), name(b)),
    probability: (a, b) =>
      nullsLast(a.probability, b.probability) ?? way * ((a.probability ?? 0) - (b.probability ?? 0)),
    urgency: (a, b) => way * (urgency(a) - urgency(b) || (a.probability ?? 0) - (b.probability ?? 0)),
    review: (a, b) => {
      const order = [null, ...reviewDecisions];
      return way * (order.indexOf(a.review) - order.indexOf(b.review));
    },
  };
  return [...rows].sort((a, b) => compare[by](a, b) || a.item - b.item).map(({ item }) => item);
}

const filterArbitrary: fc.Arbitrary<RowFilter> = fc.record(
  {
    states: fc.subarray<BatchState>(['answered', 'review', 'refused']),
    predicted: fc.subarray([-1, 0, 1, 2, 3, 4]),
    minProbability: fc.constantFrom(0, 0.4, 0.5),
    maxProbability: fc.constantFrom(0.4, 1),
    text: fc.constantFrom('im', 'IM1', '%', '_x', '!', 'ärzte', 'ÄRZTE', 'dicom-1', 'nothing'),
    reviewed: fc.boolean(),
    scan: fc.constantFrom('', 'dicom-1', 'none'),
  },
  { requiredKeys: [] },
);

describe('pages of a batch', () => {
  it('filters and sorts as plain code does, and finds each row where it stands', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const order = fc.record({ by: fc.constantFrom(...sortKeys), descending: fc.boolean() });
    const page = fc.record({ offset: fc.nat(6), limit: fc.integer({ min: 1, max: 8 }) });
    const rows = fc.array(rowArbitrary, { minLength: 1, maxLength: 14 });
    const property = fc.property(rows, filterArbitrary, order, page, (made, filter, asked, { offset, limit }) => {
      const { batch, known } = store(records, made);
      const by = { ...asked, ranks: ranksOf(classes) };
      const wanted = sorted(
        known.filter((row) => passes(filter, row)),
        by,
      );
      const queries = records.batchQueries;
      expect(queries.count(batch, filter)).toBe(wanted.length);
      const found = queries.page(batch, filter, by, offset, limit);
      expect(found.map(({ item }) => item)).toEqual(wanted.slice(offset, offset + limit));
      for (const { item, image, review } of found) {
        const row = known[item - 1];
        expect({ image, decision: review?.decision ?? null }).toEqual({ image: row?.image, decision: row?.review });
        expect(queries.position({ batch, item, frame: 0 }, filter, by)).toBe(wanted.indexOf(item));
      }
      records.batches.delete(batch);
    });
    void fc.assert(property, { seed, numRuns: 150 });
  });

  it('puts tumours first and normal ones last, with the unsure answers of a class before the sure ones', () => {
    const { urgency } = ranksOf(['Normal', 'Zebra', 'Cyst', 'stone', 'Abscess', 'TUMOR']);
    const order = [...urgency.classes.keys()].sort((a, b) => (urgency.classes[a] ?? 0) - (urgency.classes[b] ?? 0));
    expect(order).toEqual([5, 3, 2, 4, 1, 0]);
    expect(urgency.refused).toBeGreaterThan(urgency.classes[1] ?? 0);
    expect(urgency.refused).toBeLessThan(urgency.classes[0] ?? 0);
  });

  it('sorts out of one index, however the rows are asked for', () => {
    const path = join(temporaryFolder(), 'hilum.db');
    testRecords(path).close();
    const db = new Database(path, { readonly: true });
    for (const by of sortKeys) {
      const { sql, values } = orderSql({ by, descending: true, ranks: ranksOf(classes) });
      const reviews = by === 'review' ? ' LEFT JOIN reviews v ON v.seq = r.review' : '';
      const query = `EXPLAIN QUERY PLAN SELECT r.item, r.frame FROM batch_rows r${reviews} WHERE r.batch = ? ORDER BY ${sql} LIMIT 5`;
      const plan = db.prepare<unknown[], { detail: string }>(query).all('b', ...values);
      expect(plan[0]?.detail).toMatch(/COVERING INDEX|PRIMARY KEY/);
    }
    db.close();
  });

  it('gives at most 2,000 neighbours, those around the image', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const made: Made = { name: 'c!d', scan: 'dicom-1', predicted: 0, probability: 0.4, review: null };
    const { batch } = store(
      records,
      Array.from({ length: 2500 }, () => made),
    );
    const around = (item: number) =>
      records.batchQueries.neighbours({ batch, item, frame: 0 }).images.map((each) => each.item);
    expect(around(1)).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1));
    expect(around(1500)).toContain(1500);
    expect(around(2500).at(-1)).toBe(2500);
    expect(() => around(2501)).toThrow('review/no-image');
  });
});
