import { useCallback, useEffect, useMemo, useState } from 'react';
import { type ApiError, call, type DatasetImage, toApiError, usePush } from '../../../api.ts';
import { byScan } from './by-scan.ts';
import { type ImageFilter, questionOf } from './filter.ts';

const pageSize = 500;
/** A row of decisions is one reload, not one each. */
const calmMs = 1200;
const none: readonly DatasetImage[] = [];

interface Loaded {
  readonly images: readonly DatasetImage[];
  /** How many are there so far; `images` follows in two steps, for each sorts it all. */
  readonly count: number;
  /** undefined: not known yet. */
  readonly total: number | undefined;
  readonly error: ApiError | undefined;
}

const empty: Loaded = { images: none, count: 0, total: undefined, error: undefined };

/** Every image that the filter lets through, scan by scan; pages come one after another. */
export function useImages(filter: ImageFilter) {
  const question = JSON.stringify(filter);
  const [loaded, setLoaded] = useState<Loaded>(empty);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts afresh
  useEffect(() => setLoaded(empty), [question]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    const controller = new AbortController();
    void loadAll(JSON.parse(question), setLoaded, controller.signal);
    return () => controller.abort();
  }, [question, turn]);

  useReloads(() => setTurn((before) => before + 1));
  const patch = useCallback((change: (image: DatasetImage) => DatasetImage) => {
    setLoaded((before) => ({ ...before, images: before.images.map(change) }));
  }, []);
  const images = useMemo(() => byScan(loaded.images), [loaded.images]);
  return { ...loaded, images, patch, retry: () => setTurn((before) => before + 1) };
}

function useReloads(reload: () => void): void {
  const [changes, setChanges] = useState(0);
  usePush((push) => {
    if (push.topic === 'changed' && push.what === 'dataset') setChanges((before) => before + 1);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change starts the clock
  useEffect(() => {
    if (changes === 0) return;
    const timer = setTimeout(reload, calmMs);
    return () => clearTimeout(timer);
  }, [changes]);
}

/** The first page is shown at once where nothing is shown yet; else the old list stays until the new one is whole. */
async function loadAll(
  filter: ImageFilter,
  show: (change: (before: Loaded) => Loaded) => void,
  signal: AbortSignal,
): Promise<void> {
  const rows: DatasetImage[] = [];
  try {
    for (;;) {
      const page = await call('dataset/images', questionOf(filter, rows.length, pageSize));
      if (signal.aborted) return;
      rows.push(...page.rows);
      const isWhole = rows.length >= page.total || page.rows.length === 0;
      const now = { count: rows.length, total: page.total, error: undefined };
      show((before) => ({
        ...now,
        images: isWhole || before.images.length === 0 ? [...rows] : before.images,
      }));
      if (isWhole) return;
    }
  } catch (error) {
    if (!signal.aborted) show((before) => ({ ...before, error: toApiError(error) }));
  }
}
