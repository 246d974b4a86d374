import { changeText, type StageStatus } from '../../../../pipeline/domain/stage-change.ts';

/** A line of the panel. */
export interface StageRow {
  readonly name: string;
  /** waits: another stage runs first, and may change what this one reads. again: it would run although nothing changed. */
  readonly state: 'fresh' | 'runs' | 'waits' | 'again' | 'stale';
  /** Why, the first reason; empty where there is none. */
  readonly reason: string;
  /** Further reasons. */
  readonly more: readonly string[];
}

/** A start from this screen trains and evaluates always; the files are read again only on the Data screen. */
export function stageRows(stages: readonly StageStatus[]): StageRow[] {
  return stages.map(({ name, change, changes }): StageRow => {
    const [reason = '', ...more] = changes.map(changeText);
    return { name, state: stateOf(name, change?.kind), reason, more };
  });
}

function stateOf(name: string, kind: NonNullable<StageStatus['change']>['kind'] | undefined): StageRow['state'] {
  const isTraining = name === 'train' || name === 'evaluate';
  if (kind === undefined) return isTraining ? 'again' : 'fresh';
  if (name === 'ingest') return 'stale';
  return kind === 'upstream' && !isTraining ? 'waits' : 'runs';
}

/** What stands in the head of the panel. */
export function pipelineSummary(rows: readonly StageRow[]): string {
  const changed = rows.filter(({ state }) => state !== 'fresh' && state !== 'again').length;
  if (changed === 0) return 'Everything is up to date; a start trains it again.';
  return `${changed} of ${rows.length} stages changed.`;
}
