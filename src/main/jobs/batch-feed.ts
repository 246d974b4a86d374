import type { BatchItem } from '../../pipeline/protocol.ts';
import type { ListedFile } from '../records/batch-items.ts';
import type { Records } from '../records/index.ts';

/** Where the items of a pass come from. */
export interface Feed {
  /** Whether there was nothing to do from the start. */
  readonly empty: boolean;
  /** At most `count` items, and whether they are the last; undefined after that. */
  next(count: number): { readonly items: BatchItem[]; readonly last: boolean } | undefined;
}

const pageSize = 512;

/** Every file without a result, a page at a time, but those that are dealt with otherwise. */
export function pendingFeed(records: Records, batch: string, skip: (item: number) => boolean): Feed {
  return feedOf(pendingFiles(records, batch, skip));
}

function* pendingFiles(records: Records, batch: string, skip: (item: number) => boolean): Generator<ListedFile> {
  for (let after = 0; ; ) {
    const page = records.batchItems.pending(batch, after, pageSize);
    for (const file of page) if (!skip(file.item)) yield file;
    if (page.length < pageSize) return;
    after = page.at(-1)?.item ?? after;
  }
}

/** The named files, in order, but those that have a result. */
export function namedFeed(records: Records, batch: string, items: readonly number[]): Feed {
  return feedOf(
    namedFiles(
      records,
      batch,
      [...items].sort((a, b) => a - b),
    ),
  );
}

function* namedFiles(records: Records, batch: string, items: readonly number[]): Generator<ListedFile> {
  for (const item of items) {
    const [file] = records.batchItems.pending(batch, item - 1, 1);
    if (file?.item === item) yield file;
  }
}

/** Reads one file ahead: a stage that collects several files before it answers must know at once that no more will come. */
function feedOf(files: Iterator<ListedFile>): Feed {
  let ahead = files.next();
  let ended = false;
  return {
    empty: ahead.done === true,
    next(count) {
      if (ended) return undefined;
      const items: BatchItem[] = [];
      while (items.length < count && !ahead.done) {
        const { item, path, file } = ahead.value;
        items.push({ item, path, file });
        ahead = files.next();
      }
      ended = ahead.done === true;
      return { items, last: ended };
    },
  };
}
