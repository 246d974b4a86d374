import { describe, expect, it } from 'vitest';
import type { Row } from '../../../../src/main/ipc/contract.ts';
import { inFileOrder, type Listing } from '../../../../src/renderer/screens/classify/filter/listing.ts';
import { rowOfOtherScan, scanBeside } from '../../../../src/renderer/screens/classify/selection/other-scan.ts';
import { Selection } from '../../../../src/renderer/screens/classify/selection/selection.ts';
import { nextUnreviewed } from '../../../../src/renderer/screens/classify/selection/unreviewed.ts';
import { fakeBatch, reviewed, rowOf, settled } from './fake-batch.ts';

const listing: Listing = { view: 'images', filter: {}, sort: inFileOrder };
const many = (count: number): Row[] => Array.from({ length: count }, (_, index) => rowOf(index + 1));

function selectionOf(rows: Row[]) {
  const core = fakeBatch(rows);
  const errors: unknown[] = [];
  const selection = new Selection('b', listing, core.ask, (error) => errors.push(error));
  return { ...core, errors, selection, now: () => selection.store.getState() };
}

describe('Selection', () => {
  it('finds an image that nobody has loaded, and its place', async () => {
    const { selection, now } = selectionOf(many(100));
    selection.go({ item: 60, frame: 0 });
    expect(now()).toMatchObject({ spot: { item: 60, frame: 0 }, row: undefined });
    await settled();
    expect(now()).toMatchObject({ row: { item: 60 }, index: 59 });
  });

  it('asks once for the images around, so that stepping through a scan waits for nothing', async () => {
    const { selection, asked, now } = selectionOf(many(100));
    selection.go({ item: 60, frame: 0 });
    await settled();
    const before = asked.length;
    selection.go({ item: 61, frame: 0 });
    expect(now().row?.item).toBe(61);
    await settled();
    expect(asked.slice(before)).toEqual(['batches/position']);
  });

  it('is about the newest choice when answers to older ones come late', async () => {
    const { selection, now } = selectionOf(many(100));
    for (let item = 1; item <= 50; item++) selection.go({ item, frame: 0 });
    selection.choose(rowOf(3), 2);
    await settled();
    expect(now()).toMatchObject({ spot: { item: 3, frame: 0 }, row: { item: 3 }, index: 2 });
  });

  it('stays with its image when rows come in above it, and says that it only moved', async () => {
    const rows = many(10).slice(5);
    const { selection, now } = selectionOf(rows);
    selection.choose(rowOf(8), 2);
    const { placed } = now();
    rows.unshift(...many(5));
    selection.refresh();
    await settled();
    expect(now()).toMatchObject({ spot: { item: 8, frame: 0 }, index: 7, placed });
  });

  it('goes to the first of the list when a new filter hides its image, and stays where none fits', async () => {
    const { selection, now } = selectionOf([rowOf(1), rowOf(2, { class: 'Stone' })]);
    selection.choose(rowOf(1), 0);
    selection.list({ ...listing, filter: { classes: ['Stone'] } });
    await settled();
    expect(now()).toMatchObject({ spot: { item: 2, frame: 0 }, index: 0 });
    selection.list({ ...listing, filter: { classes: ['Tumor'] } });
    await settled();
    expect(now()).toMatchObject({ spot: { item: 2, frame: 0 }, row: { item: 2 }, index: null });
  });

  it('stays when its image leaves the list by being read', async () => {
    const rows = many(3);
    const { selection, now } = selectionOf(rows);
    selection.list({ ...listing, filter: { reviewed: false } });
    selection.choose(rowOf(2), 1);
    await settled();
    rows[1] = rowOf(2, { review: reviewed });
    selection.refresh();
    await settled();
    expect(now()).toMatchObject({ spot: { item: 2, frame: 0 }, row: { review: reviewed }, index: null });
  });

  it('chooses by place what is not loaded yet', async () => {
    const { selection, now } = selectionOf(many(500));
    await selection.chooseIndex(444);
    expect(now()).toMatchObject({ spot: { item: 445, frame: 0 }, index: 444 });
  });

  it('shows a review at once and takes it back', () => {
    const { selection, now } = selectionOf(many(3));
    selection.choose(rowOf(2), 1);
    expect(selection.showReview({ item: 2, frame: 0 }, reviewed)?.review).toEqual(reviewed);
    expect(now().row?.review).toEqual(reviewed);
    selection.showReview({ item: 2, frame: 0 }, null);
    expect(now().row?.review).toBeNull();
    expect(selection.showReview({ item: 3, frame: 0 }, reviewed)).toBeUndefined();
  });

  it('tells of what could not be asked', async () => {
    const errors: unknown[] = [];
    const fails = async (): Promise<never> => Promise.reject(new Error('lost'));
    const selection = new Selection('b', listing, fails, (error) => errors.push(error));
    selection.go({ item: 1, frame: 0 });
    await selection.chooseIndex(4);
    await settled();
    expect(errors).toHaveLength(2);
  });
});

describe('nextUnreviewed', () => {
  const nothingLoaded = () => undefined;

  it('goes on below, past what is read, beyond what is loaded', async () => {
    const rows = many(1200).map((row) => (row.item < 1100 ? { ...row, review: reviewed } : row));
    const { ask } = fakeBatch(rows);
    const start = { batch: 'b', listing, spot: { item: 5, frame: 0 }, index: 4 };
    expect((await nextUnreviewed({ ...start, getRow: (index) => rows.slice(0, 50)[index] }, ask))?.index).toBe(1099);
  });

  it('begins again at the top, and ends when all are read', async () => {
    const rows = many(10).map((row) => (row.item === 2 ? row : { ...row, review: reviewed }));
    const start = { batch: 'b', listing, spot: { item: 8, frame: 0 }, index: 7, getRow: nothingLoaded };
    expect(await nextUnreviewed(start, fakeBatch(rows).ask)).toMatchObject({ row: { item: 2 }, index: 1 });
    const all = rows.map((row) => ({ ...row, review: reviewed }));
    expect(await nextUnreviewed(start, fakeBatch(all).ask)).toBeUndefined();
  });

  it('never is the image that was just read, although the core may not know it yet', async () => {
    const rows = many(4).map((row) => (row.item === 3 ? row : { ...row, review: reviewed }));
    const start = { batch: 'b', listing, spot: { item: 3, frame: 0 }, index: 2, getRow: nothingLoaded };
    expect(await nextUnreviewed(start, fakeBatch(rows).ask)).toBeUndefined();
  });
});

describe('other scans', () => {
  const from = { batch: 'b', listing };

  it('lie up and down the list, over pages', async () => {
    const rows = many(1300).map((row) => ({ ...row, scan: row.item <= 1100 ? 'a' : 'b' }));
    const { ask } = fakeBatch(rows);
    expect((await rowOfOtherScan(from, { scan: 'a', index: 0 }, 1, ask))?.index).toBe(1100);
    expect((await rowOfOtherScan(from, { scan: 'b', index: 1299 }, -1, ask))?.index).toBe(1099);
    expect(await rowOfOtherScan(from, { scan: 'a', index: 3 }, -1, ask)).toBeUndefined();
    expect(await rowOfOtherScan(from, { scan: 'b', index: 1200 }, 1, ask)).toBeUndefined();
  });

  it('are each a row where no scan is known', async () => {
    const { ask } = fakeBatch(many(3).map((row) => ({ ...row, scan: '' })));
    expect((await rowOfOtherScan(from, { scan: '', index: 0 }, 1, ask))?.index).toBe(1);
  });

  it('stand side by side in the list of scans, over pages', async () => {
    const { ask } = fakeBatch(many(1800));
    expect((await scanBeside('b', 'scan 500', 1, ask))?.scan).toBe('scan 501');
    expect((await scanBeside('b', 'scan 501', -1, ask))?.scan).toBe('scan 500');
    expect((await scanBeside('b', 'scan 7', 1, ask))?.scan).toBe('scan 8');
    expect(await scanBeside('b', 'scan 1', -1, ask)).toBeUndefined();
    expect(await scanBeside('b', 'scan 600', 1, ask)).toBeUndefined();
    expect(await scanBeside('b', 'gone', 1, ask)).toBeUndefined();
  });
});
