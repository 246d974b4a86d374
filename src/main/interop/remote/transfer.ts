import type { ReportProgress } from '../../../pipeline/progress.ts';
import { stepProgress } from '../../../pipeline/progress.ts';

/** How a push or fetch ended; each list holds names of objects. */
export interface Transferred {
  /** Objects that were sent or received now, and their bytes. */
  readonly moved: number;
  readonly bytes: number;
  /** Objects that were there already. */
  readonly there: number;
  /** What the giving side does not have. */
  readonly missing: readonly string[];
  /** What has other content than its name says; it was not moved. */
  readonly corrupt: readonly string[];
}

export interface TransferOptions {
  readonly signal: AbortSignal;
  readonly report: ReportProgress;
}

/** Sums that many transfers at once add to. */
export class Tally {
  moved = 0;
  bytes = 0;
  there = 0;
  readonly missing = new Set<string>();
  readonly corrupt = new Set<string>();

  isWhole(oid: string): boolean {
    return !this.missing.has(oid) && !this.corrupt.has(oid);
  }

  get result(): Transferred {
    const { moved, bytes, there } = this;
    return { moved, bytes, there, missing: [...this.missing].sort(), corrupt: [...this.corrupt].sort() };
  }
}

/** Reports each object that is settled, under one name. */
export function counter(step: string, total: number, report: ReportProgress): () => void {
  const progress = stepProgress([{ name: step, weight: 1 }], report);
  let done = 0;
  progress.at(step, 0, total);
  return () => progress.at(step, ++done, total);
}

export function isFolder(oid: string): boolean {
  return oid.endsWith('.dir');
}
