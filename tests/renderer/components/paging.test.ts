import { describe, expect, it } from 'vitest';
import { PageCache } from '../../../src/renderer/components/table/page-cache.ts';
import { Pager } from '../../../src/renderer/components/table/pager.ts';

const rowsOf = (page: number, size = 10, mark = '') =>
  Array.from({ length: size }, (_, k) => `${page * size + k}${mark}`);

describe('page cache', () => {
  it('knows which pages of a range are missing', () => {
    const cache = new PageCache<string>(10);
    cache.put(1, rowsOf(1));
    expect(cache.missing(5, 25)).toEqual([0, 2]);
    expect([cache.row(9), cache.row(10), cache.row(19), cache.row(20)]).toEqual([undefined, '10', '19', undefined]);
  });

  it('shows rows that are out of date until new ones are there', () => {
    const cache = new PageCache<string>(10);
    cache.put(0, rowsOf(0));
    cache.expire();
    expect(cache.row(3)).toBe('3');
    expect(cache.missing(0, 9)).toEqual([0]);
    cache.put(0, rowsOf(0, 10, '!'));
    expect(cache.row(3)).toBe('3!');
    expect(cache.missing(0, 9)).toEqual([]);
  });

  it('lets the pages go that came first when there are too many', () => {
    const cache = new PageCache<string>(10, 2);
    for (const page of [0, 1, 2]) cache.put(page, rowsOf(page));
    expect(cache.missing(0, 29)).toEqual([0]);
  });

  it('replaces a loaded row only', () => {
    const cache = new PageCache<string>(10);
    cache.put(0, rowsOf(0));
    cache.patch(4, 'other');
    cache.patch(14, 'nothing');
    expect([cache.row(4), cache.row(14)]).toEqual(['other', undefined]);
  });
});

/** A list that answers when it is told to. */
function slowList(total: number) {
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  let mark = '';
  const load = async (offset: number, limit: number) => {
    asked.push(offset);
    const rows = Array.from({ length: limit }, (_, k) => `${offset + k}${mark}`).slice(0, Math.max(0, total - offset));
    await new Promise<void>((resolve) => waiting.push(resolve));
    return { total, rows };
  };
  const answer = async (): Promise<void> => {
    waiting.shift()?.();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { asked, load, answer, remark: (next: string) => (mark = next) };
}

describe('pager', () => {
  it('never asks for what was scrolled past while it waited', async () => {
    const list = slowList(100_000);
    const pager = new Pager(list.load, 100, () => {});
    pager.look(0, 30);
    pager.look(40_000, 40_030);
    pager.look(90_000, 90_030);
    await list.answer();
    await list.answer();
    expect(list.asked).toEqual([0, 90_000]);
    expect(pager.row(90_010)).toBe('90010');
    expect(pager.state).toEqual({ total: 100_000, loading: false, error: undefined });
  });

  it('drops an answer that a reload has overtaken', async () => {
    const list = slowList(50);
    const pager = new Pager(list.load, 100, () => {});
    pager.look(0, 30);
    list.remark(' new');
    pager.reload();
    await list.answer();
    expect(pager.row(0)).toBeUndefined();
    await list.answer();
    expect(pager.row(0)).toBe('0 new');
    expect(list.asked).toEqual([0, 0]);
  });

  it('asks for the first page of an empty list, once', async () => {
    const list = slowList(0);
    const pager = new Pager(list.load, 100, () => {});
    pager.look(0, 0);
    await list.answer();
    pager.look(0, 0);
    expect(list.asked).toEqual([0]);
    expect(pager.state.total).toBe(0);
  });

  it('keeps its rows when a reload fails, says so, and asks again at the next look', async () => {
    let fails = false;
    const pager = new Pager(
      async () => {
        if (fails) throw new Error('lost');
        return { total: 3, rows: ['a', 'b', 'c'] };
      },
      100,
      () => {},
    );
    const settle = async (): Promise<void> => {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    };
    pager.look(0, 2);
    await settle();
    fails = true;
    pager.reload();
    await settle();
    expect(pager.row(1)).toBe('b');
    expect(pager.state.error).toBeInstanceOf(Error);
    fails = false;
    pager.look(0, 2);
    await settle();
    expect(pager.state.error).toBeUndefined();
  });

  it('says nothing any more once it is closed', async () => {
    const list = slowList(10);
    let changes = 0;
    const pager = new Pager(list.load, 100, () => changes++);
    pager.look(0, 5);
    const before = changes;
    pager.close();
    await list.answer();
    expect(changes).toBe(before);
  });
});
