import { describe, expect, it } from 'vitest';
import { imageAtHeight, tickRuns } from '../../../../src/renderer/screens/classify/image/tick-runs.ts';
import { halves } from '../../../../src/renderer/screens/classify/table/halves.ts';
import { placeOf } from '../../../../src/renderer/screens/classify/table/place-of.ts';
import { rowOf } from './fake-batch.ts';

describe('the strip of a scan', () => {
  const scan = ['Normal', 'Normal', 'Tumor', null, null, 'Normal'].map((answer) => ({ class: answer }));

  it('draws neighbours of one answer as one stretch', () => {
    expect(tickRuns(scan)).toEqual([
      { class: 'Normal', first: 0, count: 2 },
      { class: 'Tumor', first: 2, count: 1 },
      { class: null, first: 3, count: 2 },
      { class: 'Normal', first: 5, count: 1 },
    ]);
    expect(tickRuns([])).toEqual([]);
  });

  it('leads from a height to an image, also past its ends', () => {
    expect([-0.2, 0, 0.5, 0.999, 1.3].map((height) => imageAtHeight(height, 6))).toEqual([0, 0, 3, 5, 5]);
  });
});

describe('halves', () => {
  it('keeps the end of a long name, and short ones whole', () => {
    expect(halves('scan-0042')).toEqual({ head: 'scan-0042', tail: '' });
    expect(halves('Tumor/Tumor- (38).jpg')).toEqual({ head: 'Tumor/Tum', tail: 'or- (38).jpg' });
    expect(halves('CT ABDOMEN 0042/series-001/slice-0031.dcm').tail).toBe('ice-0031.dcm');
  });

  it('never cuts through a letter of two code units', () => {
    const { head, tail } = halves('🫘'.repeat(30));
    expect([...tail]).toHaveLength(12);
    expect(head + tail).toBe('🫘'.repeat(30));
  });
});

describe('placeOf', () => {
  const rows = Array.from({ length: 50 }, (_, index) => rowOf(index + 1));
  const chosen = { spot: { item: 20, frame: 0 }, row: rowOf(20), placed: 1 };
  const getRow = (index: number) => rows[index];

  it('is where the row stands in the rows that are loaded, although the core says otherwise', () => {
    expect([19, 12, 40].map((index) => placeOf({ ...chosen, index }, getRow))).toEqual([19, 19, 19]);
  });

  it('is what the core says where nothing is loaded, and nowhere rather than on another image', () => {
    expect(placeOf({ ...chosen, index: 5000 }, getRow)).toBe(5000);
    expect(placeOf({ ...chosen, spot: { item: 99, frame: 0 }, index: 3 }, getRow)).toBeNull();
    expect(placeOf({ ...chosen, index: null }, getRow)).toBeNull();
  });
});
