import type { EpochCourse } from '../../records/run-curves.ts';
import type { Run } from '../../records/runs.ts';
import { flattened } from '../facts.ts';

/** A run as the table keeps it in memory. */
export interface TableRow {
  readonly run: Run;
  readonly tags: readonly string[];
  /** Name of the sweep that it belongs to. */
  readonly sweep: string | null;
  /** `params.head.dropout` → value. Runs with equal parameters share one map. */
  readonly params: ReadonlyMap<string, unknown>;
  /** Figure of the epochs → its course. */
  readonly curves: ReadonlyMap<string, EpochCourse>;
}

export type ParamsReader = (run: Run) => ReadonlyMap<string, unknown>;

/** Sweeps repeat most of their parameters: equal ones are kept once. */
export function paramsReader(): ParamsReader {
  const known = new Map<string, ReadonlyMap<string, unknown>>();
  return ({ params }) => {
    const text = JSON.stringify(params);
    const kept = known.get(text) ?? new Map(flattened('params', params));
    known.set(text, kept);
    return kept;
  };
}
