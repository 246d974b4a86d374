import type { Channel, Input, Output, Row } from '../../../../src/main/ipc/contract.ts';
import type { Ask } from '../../../../src/renderer/screens/classify/selection/ask.ts';

/** Answers the questions of the selection from a list of rows, in the order of the list. */
export function fakeBatch(rows: Row[]) {
  const asked: Channel[] = [];
  const fits = (row: Row, { scan, reviewed, classes }: Input<'batches/rows'>['filter']): boolean =>
    (scan === undefined || row.scan === scan) &&
    (reviewed === undefined || (row.review !== null) === reviewed) &&
    (classes === undefined || (row.class !== null && classes.includes(row.class)));
  const listed = (filter: Input<'batches/rows'>['filter'], sort: Input<'batches/rows'>['sort']): Row[] => {
    const list = rows.filter((row) => fits(row, filter));
    return sort.descending ? list.reverse() : list;
  };
  const answers: Partial<{ [C in Channel]: (input: Input<C>) => Output<C> }> = {
    'batches/rows': ({ filter, sort, offset, limit }) => {
      const list = listed(filter, sort);
      return { total: list.length, rows: list.slice(offset, offset + limit) };
    },
    'batches/position': ({ item, frame, filter, sort }) => {
      const offset = listed(filter, sort).findIndex((row) => row.item === item && row.frame === frame);
      return { offset: offset < 0 ? null : offset };
    },
    'batches/scans': ({ offset, limit }) => {
      const scans = [...new Set(rows.map(({ scan }) => scan))].map((scan) => ({
        ...{ scan, class: 'Cyst', probability: 1, images: 1, review: 0, refused: 0, reviewed: 0 },
        key: { item: rows.find((row) => row.scan === scan)?.item ?? 0, frame: 0, image: '' },
      }));
      return { total: scans.length, scans: scans.slice(offset, offset + limit) };
    },
  };
  const ask: Ask = async (channel, input) => {
    asked.push(channel);
    const answer = answers[channel];
    if (answer === undefined) throw new Error(`nobody answers ${channel}`);
    return answer(input);
  };
  return { ask, asked };
}

export function rowOf(item: number, change: Partial<Row> = {}): Row {
  return {
    ...{
      item,
      frame: 0,
      file: `${item}.dcm`,
      image: `${item}.dcm`,
      scan: `scan ${Math.ceil(item / 3)}`,
      state: 'answered',
    },
    ...{ class: 'Cyst', probability: 0.9, probabilities: [0.9, 0.1], code: null, reason: null, review: null },
    ...change,
  };
}

export const reviewed = { decision: 'accept', class: 'Cyst', reader: 'r', at: '2026-11-23T12:00:00Z' } as const;

/** After everything that was asked has been answered. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
