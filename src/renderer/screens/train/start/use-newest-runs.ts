import { useMemo } from 'react';
import { paramsSchema } from '../../../../pipeline/domain/params.ts';
import { type RunRow, useCall } from '../../../api.ts';
import { valuesOf } from '../form/values.ts';
import type { LastRun } from './run-name.ts';

/** Pinned runs come first in every answer, and a sweep adds many: enough rows that the newest others are among them. */
const asked = 500;
const columns = ['scan/balanced_accuracy', 'duration', 'sweep'];
const none: readonly RunRow[] = [];

/** Runs that train, newest first, without those of sweeps; cells: balanced accuracy by scan, duration in seconds. */
export function useNewestRuns(): readonly RunRow[] {
  const { value } = useCall(
    'runs/query',
    {
      filter: '',
      sort: { by: 'started', descending: true },
      columns,
      all: false,
      offset: 0,
      limit: asked,
    },
    { refreshOn: (push) => push.topic === 'changed' && (push.what === 'runs' || push.what === 'workspace') },
  );
  const rows = value?.rows ?? none;
  return useMemo(
    () =>
      rows
        .filter(({ cells }) => cells[columns.indexOf('sweep')] == null)
        .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
    [rows],
  );
}

/** What the newest run was made with, for the name of the next one. */
export function useLastRun([newest]: readonly RunRow[]): LastRun | undefined {
  const { value } = useCall('runs/get', newest === undefined ? null : { run: newest.id });
  return useMemo(() => {
    if (newest === undefined || value === undefined) return undefined;
    const params = paramsSchema.safeParse(value.run.params);
    return { name: newest.name, values: params.success ? valuesOf(params.data) : undefined };
  }, [newest, value]);
}
