import { HilumError } from '../../../pipeline/domain/errors.ts';

/** Objects on their way at the same time. */
export const objectsAtOnce = 8;

/** Does `work` for each, a few at a time; the first failure stops the others. @throws HilumError `cancelled/by-user` */
export async function eachAtOnce<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  let next = 0;
  let reason: { error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (next < items.length && !both.aborted) {
      const item = items[next++];
      if (item === undefined) continue;
      try {
        await work(item, both);
      } catch (error) {
        reason ??= { error };
        failed.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: objectsAtOnce }, worker));
  if (signal.aborted) throw new HilumError('cancelled/by-user');
  if (reason !== undefined) throw reason.error;
}
