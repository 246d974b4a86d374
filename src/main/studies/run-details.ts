import { hasCode } from '../../pipeline/domain/errors.ts';
import type { Metrics } from '../../pipeline/domain/metrics.ts';
import { modelFolderOf } from '../models/store.ts';
import type { Records } from '../records/index.ts';
import type { Run } from '../records/runs.ts';
import { isResumable } from './checkpoints.ts';
import { readKeptMetrics, readKeptSeal } from './kept-files.ts';
import { labelVersionOf } from './label-versions.ts';
import { type RunRecord, readRecord } from './run-record.ts';
import type { Study } from './study.ts';
import { sweepNames } from './sweep/sweep-names.ts';

/** Everything that is known of one run: what is recorded, and what is kept of it beside the records. */
export interface RunDetails extends RunRecord {
  /** null before it was evaluated. */
  readonly evaluation: Metrics | null;
  /** Seal of the model that it made; null when there is none (any more). */
  readonly model: string | null;
  readonly resumable: boolean;
  /** Number of the label version that it used; null where no edit tells. */
  readonly labelVersion: number | null;
  /** Sweep that it is a candidate of. */
  readonly sweep: { readonly id: string; readonly name: string } | null;
}

/** @throws HilumError `run/unknown` */
export async function readRunDetails({ records, workspace }: Study, id: string): Promise<RunDetails> {
  const record = readRecord(records, records.runs.get(id));
  const { state } = workspace.paths;
  const [evaluation, seal] = await Promise.all([readKeptMetrics(state, id), readKeptSeal(state, id)]);
  return {
    ...record,
    evaluation,
    model: seal !== null && (await isStored(state, seal)) ? seal : null,
    resumable: await isResumable(state, record.run),
    labelVersion: record.run.datasetHash === null ? null : await labelVersionOf(state, record.run.datasetHash),
    sweep: sweepOf(records, record.run),
  };
}

function sweepOf(records: Records, { parent }: Run): RunDetails['sweep'] {
  const name = sweepNames(records)(parent);
  return parent === null || name === null ? null : { id: parent, name };
}

async function isStored(state: string, seal: string): Promise<boolean> {
  try {
    await modelFolderOf(state, seal);
    return true;
  } catch (error) {
    if (hasCode(error, 'model/unknown')) return false;
    throw error;
  }
}
