import { describe, expect, it } from 'vitest';
import { nextSort, templateOf } from '../../../src/renderer/components/table/columns.ts';
import { movedTo } from '../../../src/renderer/components/table/move.ts';

describe('columns of a table', () => {
  it('lays out pixels and shares, with the width below which it scrolls', () => {
    expect(templateOf([{ width: '2fr', minWidth: 140 }, { width: 100 }, { width: '1fr' }], true)).toEqual({
      template: '32px minmax(140px, 2fr) 100px minmax(80px, 1fr)',
      leastPx: 352,
    });
  });

  it('sorts in the first direction of the column, then the other way round', () => {
    const column = { key: 'probability', sortFirst: 'descending' } as const;
    const first = nextSort(column, { by: 'file', descending: false });
    expect(first).toEqual({ by: 'probability', descending: true });
    expect(nextSort(column, first)).toEqual({ by: 'probability', descending: false });
    expect(nextSort({ key: 'file' }, first)).toEqual({ by: 'file', descending: false });
  });
});

describe('moving in a table', () => {
  const at = (key: string, index: number | null, count = 100) => movedTo(key, { index, count, page: 20 });

  it('steps, pages and jumps within the rows', () => {
    expect([at('ArrowDown', 5), at('ArrowUp', 5), at('ArrowUp', 0), at('ArrowDown', 99)]).toEqual([6, 4, 0, 99]);
    expect([at('PageDown', 5), at('PageUp', 5), at('PageDown', 95)]).toEqual([24, 0, 99]);
    expect([at('Home', 50), at('End', 50)]).toEqual([0, 99]);
  });

  it('begins at the first row going down, at the last going up', () => {
    expect([at('ArrowDown', null), at('ArrowUp', null)]).toEqual([0, 99]);
  });

  it('leaves other keys, and tables without rows, alone', () => {
    expect([at('x', 5), at('toString', 5), at('ArrowDown', null, 0)]).toEqual([undefined, undefined, undefined]);
  });
});
