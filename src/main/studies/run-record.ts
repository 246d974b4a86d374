import { HilumError, hasCode } from '../../pipeline/domain/errors.ts';
import type { TestSet } from '../../pipeline/domain/test-set.ts';
import type { Artefact } from '../records/artefacts.ts';
import type { Epoch } from '../records/epochs.ts';
import type { Records } from '../records/index.ts';
import type { RunMetric } from '../records/run-metrics.ts';
import type { Run } from '../records/runs.ts';

/** Everything that is recorded of one run. */
export interface RunRecord {
  readonly run: Run;
  readonly tags: readonly string[];
  readonly epochs: readonly Epoch[];
  readonly metrics: readonly RunMetric[];
  readonly artefacts: readonly Artefact[];
}

export const leakyNotice = 'LEAKY: patients stand on both sides of the split. These figures measure memory, not skill.';

/**
 * The run of an id, or of the beginning of one that fits no other run.
 * @throws HilumError `run/unknown` with the nearest id, `usage/bad-option` when several fit
 */
export function findRun({ runs }: Records, written: string): Run {
  try {
    return runs.get(written);
  } catch (error) {
    if (!hasCode(error, 'run/unknown')) throw error;
    const fitting = runs.list().filter(({ id }) => id.startsWith(written));
    if (fitting.length > 1) {
      throw new HilumError('usage/bad-option', {
        what: `"${written}" is the beginning of ${fitting.length} runs; write more of the id`,
      });
    }
    const [only] = fitting;
    if (only === undefined) throw error;
    return only;
  }
}

export function readRun(records: Records, written: string): RunRecord {
  return readRecord(records, findRun(records, written));
}

export function readRecord(records: Records, run: Run): RunRecord {
  return {
    run,
    tags: records.runTags.of(run.id),
    epochs: records.epochs.list(run.id),
    metrics: records.runMetrics.list(run.id),
    artefacts: records.artefacts.list(run.id),
  };
}

/** What a run is, for `--json` and exports. */
export function runValue(run: Run) {
  return {
    id: run.id,
    kind: run.kind,
    name: run.name,
    started_at: run.startedAt,
    ended_at: run.endedAt,
    outcome: run.outcome,
    leaky: run.leaky,
    dataset_hash: run.datasetHash,
    split_hash: run.splitHash,
    contract_hash: run.contractHash,
    backbone_hash: run.backboneHash,
    code_version: run.codeVersion,
    params: run.params,
    environment: run.environment,
    notes: run.notes,
    pinned: run.pinned,
    parent: run.parent,
    data_version: run.dataVersion,
    origin: run.origin,
  };
}

/** The whole record, for `--json` and exports. */
export function recordValue({ run, tags, epochs, metrics, artefacts }: RunRecord, testSet: TestSet | null) {
  return {
    ...runValue(run),
    tags,
    epochs: epochs.map(({ fold, metrics: figures, others }) => ({ fold, ...others, ...figures })),
    metrics: Object.fromEntries(metrics.map(({ name, value, low, high }) => [name, { value, low, high }])),
    artefacts,
    test_set: testSet,
  };
}

/** `2026-01-31 14:05`, UTC. */
export function minuteText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
