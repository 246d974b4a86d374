import type { BatchResult } from '../../protocol.ts';

/** Results that travel to the records together; each page is one durable transaction there. */
const pageSize = 50;
const longestWaitMs = 250;

/** Collects results into pages: sent when full, or when the oldest has waited long enough for people to see progress. */
export function resultSender(emit: (results: BatchResult[]) => Promise<void>) {
  let held: BatchResult[] = [];
  let sending: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const results = held;
    held = [];
    if (results.length > 0) sending = sending.then(() => emit(results));
    return sending;
  };
  return {
    /** Resolves at once, or when a full page has been stored: the records set the pace. */
    async add(result: BatchResult): Promise<void> {
      held.push(result);
      if (held.length >= pageSize) await flush();
      else timer ??= setTimeout(() => void flush(), longestWaitMs);
    },
    flush,
  };
}
