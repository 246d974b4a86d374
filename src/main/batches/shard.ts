import { createHash } from 'node:crypto';
import { HilumError } from '../../pipeline/domain/errors.ts';

/** Part `index` (from 1) of `count` parts of a folder. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** @param text `i/n`. @throws HilumError `batch/bad-shard` */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const shard = { index: Number(match?.[1]), count: Number(match?.[2]) };
  if (match === null || shard.index < 1 || shard.index > shard.count) throw new HilumError('batch/bad-shard');
  return shard;
}

/**
 * Whether a file belongs to a shard. By its name and not by its place in the list: on machines whose listings differ by
 * a file, places would shift and some files would be in no shard at all.
 */
export function isInShard({ index, count }: Shard, file: string): boolean {
  const hash = createHash('sha256').update(file).digest().readUInt32BE();
  return hash % count === index - 1;
}

export function shardText({ index, count }: Shard): string {
  return `${index}/${count}`;
}
