import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../src/main/ipc/contract.ts';
import {
  columnGroups,
  moved,
  proposedColumns,
  shownColumns,
  toggled,
} from '../../../../src/renderer/screens/runs/list/column-choice.ts';
import { listingOf, queryOf } from '../../../../src/renderer/screens/runs/list/listing.ts';
import { shiftOf } from '../../../../src/renderer/screens/runs/list/row-shift.ts';
import { firstMarked, markedAfter, withSuggestion } from '../../../../src/renderer/screens/runs/list/suggestion.ts';

describe('the listing in the address', () => {
  it('leaves out what is as at the start', () => {
    expect(listingOf({})).toEqual({ filter: '', sort: { by: 'started', descending: true }, all: false });
    expect(queryOf(listingOf({}))).toEqual({ filter: undefined, sort: undefined, all: undefined });
  });

  it('comes back as it was, whatever was written', () => {
    const listing = fc.record({
      filter: fc.string(),
      sort: fc.record({ by: fc.stringMatching(/^[a-z][a-z_/. ]*$/), descending: fc.boolean() }),
      all: fc.boolean(),
    });
    return fc.assert(
      fc.property(listing, (each) => {
        const written = Object.entries(queryOf(each)).filter(([, value]) => value !== undefined);
        const address = new URLSearchParams(written.map(([name, value]): [string, string] => [name, value ?? '']));
        expect(listingOf(Object.fromEntries(new URLSearchParams(`${address}`)))).toEqual(each);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

const column = (key: string, title = key): Column => ({ key, title, kind: 'number', better: null, values: [] });
const keysOf = (columns: readonly Column[]): string[] => columns.map(({ key }) => key);

describe('the choice of columns', () => {
  const offered = ['started', 'name', 'scan/auc', 'slice/auc', 'scan/Stone/auc', 'best loss', 'params.seed'].map(
    (key) => column(key),
  );

  it('begins with what is proposed, of what there is, in the order of the proposal', () => {
    expect(keysOf(shownColumns([], offered))).toEqual(['name', 'started', 'scan/auc']);
    expect(proposedColumns[0]).toBe('name');
  });

  it('keeps the order chosen, the name always there, and each column once', () => {
    expect(keysOf(shownColumns(['best loss', 'gone', 'started', 'best loss'], offered))).toEqual([
      'name',
      'best loss',
      'started',
    ]);
    expect(keysOf(shownColumns(['started', 'name'], offered))[0]).toBe('name');
  });

  it('toggles at the end and moves within the ends', () => {
    expect(toggled(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a'], 'z', 1)).toEqual(['a']);
  });

  it('stands under the headings of its kinds, scans before slices', () => {
    const groups = columnGroups(offered, '');
    expect(groups.map(({ title, columns }) => [title, ...keysOf(columns)])).toEqual([
      ['About the run', 'started', 'name'],
      ['Figures by scan', 'scan/auc'],
      ['Figures by slice', 'slice/auc'],
      ['Figures of one class', 'scan/Stone/auc'],
      ['Curves', 'best loss'],
      ['Parameters', 'params.seed'],
    ]);
  });

  it('is found by any words of key and title', () => {
    const some = [column('scan/auc', 'AUC, scans'), column('params.head.dropout', 'head: dropout')];
    expect(columnGroups(some, ' DROP head ').flatMap(({ columns }) => keysOf(columns))).toEqual([
      'params.head.dropout',
    ]);
    expect(columnGroups(some, 'nothing')).toEqual([]);
  });
});

describe('suggestions', () => {
  const completion = (from: number, to: number, ...texts: string[]) => ({
    from,
    to,
    suggestions: texts.map((text) => ({ text, help: '' })),
  });

  it('takes the place of the word that was begun, with room for the next one', () => {
    expect(withSuggestion('not lea', completion(4, 7, 'leaky'), 'leaky')).toEqual({ filter: 'not leaky ', caret: 10 });
    expect(withSuggestion('lea and x = 1', completion(0, 3, 'leaky'), 'leaky')).toEqual({
      filter: 'leaky and x = 1',
      caret: 6,
    });
  });

  it('marks the first one only where a word was begun that none of them ends', () => {
    expect(firstMarked('lea', 3, completion(0, 3, 'leaky'))).toBe(0);
    expect(firstMarked('leaky', 5, completion(0, 5, 'leaky'))).toBeNull();
    expect(firstMarked('leaky ', 6, completion(6, 6, 'and', 'or'))).toBeNull();
    expect(firstMarked('zzz', 3, completion(0, 3))).toBeNull();
  });

  it('steps around the ends', () => {
    expect([markedAfter(null, 1, 3), markedAfter(2, 1, 3), markedAfter(0, -1, 3), markedAfter(null, -1, 3)]).toEqual([
      0, 0, 2, 2,
    ]);
    expect(markedAfter(null, 1, 0)).toBeNull();
  });
});

describe('a row that moved', () => {
  const rows = Array.from({ length: 50 }, (_, index) => ({ id: `run-${index}` }));
  const at = (index: number) => rows[index];

  it('is found near its place', () => {
    expect(shiftOf('run-12', 12, at)).toBe(0);
    expect(shiftOf('run-12', 10, at)).toBe(2);
    expect(shiftOf('run-12', 20, at)).toBe(-8);
    expect(shiftOf('gone', 20, at)).toBeNull();
  });
});
