import { batchCounts } from './batch-counts.ts';
import { batchPages } from './batch-pages.ts';
import { batchPlaces } from './batch-places.ts';
import type { RecordsContext } from './context.ts';

/** What a page asks of a batch. Nothing here writes. */
export function batchQueries(context: RecordsContext) {
  return { ...batchPages(context), ...batchPlaces(context), ...batchCounts(context) };
}
