import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, call, type Output, toApiError, usePush } from '../../../api.ts';

export type CellRow = Output<'runs/cell'>['rows'][number];

export interface CellImages {
  readonly rows: readonly CellRow[] | undefined;
  readonly total: number | undefined;
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  more(): void;
  reload(): void;
}

const pageSize = 300;

/** Images of a cell, page after page as they are asked for; their classes follow what is corrected. */
export function useCellImages(run: string, truth: string, predicted: string): CellImages {
  const [state, setState] = useState<Pick<CellImages, 'rows' | 'total' | 'error' | 'loading'>>({
    rows: undefined,
    total: undefined,
    error: undefined,
    loading: true,
  });
  const wanted = useRef(pageSize);
  const asked = useRef(0);
  const reload = useCallback(async () => {
    const mine = ++asked.current;
    setState((before) => ({ ...before, loading: true }));
    const next = await load(run, truth, predicted, wanted.current).catch((error: unknown) => toApiError(error));
    if (mine !== asked.current) return;
    if ('rows' in next) setState({ ...next, error: undefined, loading: false });
    else setState((before) => ({ ...before, error: next, loading: false }));
  }, [run, truth, predicted]);
  useEffect(() => {
    void reload();
    return () => {
      asked.current++;
    };
  }, [reload]);
  usePush((push) => {
    if (push.topic === 'changed' && push.what === 'dataset') void reload();
  });
  const more = (): void => {
    wanted.current += pageSize;
    void reload();
  };
  return { ...state, more, reload: () => void reload() };
}

async function load(run: string, truth: string, predicted: string, wanted: number) {
  const rows: CellRow[] = [];
  for (let total = wanted; rows.length < Math.min(total, wanted); ) {
    const page = await call('runs/cell', { run, truth, predicted, offset: rows.length, limit: pageSize });
    total = page.total;
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= Math.min(total, wanted)) return { rows, total };
  }
  return { rows, total: rows.length };
}
