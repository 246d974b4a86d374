import type { Pair } from './api.ts';

/** One value of a metric as MLflow's JSON has it. */
export interface Point {
  readonly key: string;
  /** `NaN` and infinities are text. */
  readonly value: number | 'NaN' | 'Infinity' | '-Infinity';
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: number;
}

export interface Entries {
  readonly metrics: readonly Point[];
  readonly params: readonly Pair[];
  readonly tags: readonly Pair[];
}

/** What one request of `runs/log-batch` may hold. */
export const batchLimits = { metrics: 1000, params: 100, tags: 100, all: 1000, bytes: 900_000 } as const;

/** Divides entries over as few requests as the limits allow, order kept. */
export function* batchesOf(entries: Entries): Generator<Entries> {
  const left = { params: [...entries.params], tags: [...entries.tags], metrics: [...entries.metrics] };
  while (left.params.length + left.tags.length + left.metrics.length > 0) {
    const room = { all: batchLimits.all, bytes: batchLimits.bytes };
    const params = takeFitting(left.params, batchLimits.params, room);
    const tags = takeFitting(left.tags, batchLimits.tags, room);
    const metrics = takeFitting(left.metrics, batchLimits.metrics, room);
    yield { metrics, params, tags };
  }
}

/** Takes from the front. A single entry is always smaller than a request. */
function takeFitting<T>(from: T[], most: number, room: { all: number; bytes: number }): T[] {
  let count = 0;
  for (const each of from) {
    const bytes = Buffer.byteLength(JSON.stringify(each)) + 1;
    if (count === most || room.all === 0 || bytes > room.bytes) break;
    room.all--;
    room.bytes -= bytes;
    count++;
  }
  return from.splice(0, count);
}

export function pointValue(value: number): Point['value'] {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  return value === Number.NEGATIVE_INFINITY ? '-Infinity' : value;
}
