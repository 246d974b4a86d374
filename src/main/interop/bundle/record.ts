import { canonicalJson } from '../../../pipeline/disk/hash.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { AdoptedRun, RunOrigin } from '../../records/runs.ts';
import type { RunRecord } from '../../studies/run-record.ts';
import type { BundledRecord } from './format.ts';
import { isAbsolutePath, type Replacer, recordWith } from './names.ts';

/** What the records hold of a run, in the form of a bundle. @param replacer left out: names stay @throws HilumError `run/running` */
export function bundledRecord(
  { run, tags, epochs, metrics, artefacts }: RunRecord,
  model: string | null,
  replacer?: Replacer,
): BundledRecord {
  if (run.outcome === 'running') throw new HilumError('run/running');
  return {
    ...{ id: run.id, kind: run.kind, name: run.name, outcome: run.outcome, leaky: run.leaky, notes: run.notes },
    started_at: run.startedAt,
    ended_at: run.endedAt,
    params: replacer === undefined ? run.params : replacer.params(run.params),
    environment: run.environment,
    dataset_hash: run.datasetHash,
    split_hash: run.splitHash,
    contract_hash: run.contractHash,
    backbone_hash: run.backboneHash,
    data_version: run.dataVersion,
    code_version: run.codeVersion,
    parent: run.parent,
    model,
    tags: [...tags],
    epochs: epochs.map(({ fold, metrics: row, others }) => ({
      ...{ fold, metrics: row },
      ...(others === undefined ? {} : { others: { ...others } }),
    })),
    metrics: Object.fromEntries(metrics.map(({ name, value, low, high }) => [name, { value, low, high }])),
    artefacts: artefacts.map((each) => (replacer === undefined ? each : { ...each, path: replacer.path(each.path) })),
  };
}

export function adoptedRun(record: BundledRecord, origin: RunOrigin): AdoptedRun {
  const { id, kind, name, outcome, leaky, params, environment, notes } = record;
  return {
    ...{ id, kind, name, outcome, leaky, params, environment, notes, origin },
    startedAt: record.started_at,
    endedAt: record.ended_at,
    datasetHash: record.dataset_hash ?? undefined,
    splitHash: record.split_hash ?? undefined,
    contractHash: record.contract_hash ?? undefined,
    backboneHash: record.backbone_hash ?? undefined,
    dataVersion: record.data_version ?? undefined,
    codeVersion: record.code_version,
    parent: record.parent ?? undefined,
  };
}

/**
 * The first thing in which two records of one id differ; undefined: they tell of the same run. What people write on runs
 * (name, notes, tags) and names of files may differ.
 */
export function firstDifference(a: BundledRecord, b: BundledRecord): string | undefined {
  const [left, right] = [lasting(a), lasting(b)];
  return [...left.keys()].find((key) => canonicalJson(left.get(key)) !== canonicalJson(right.get(key)));
}

function lasting(record: BundledRecord): Map<string, unknown> {
  const { params, environment, epochs, metrics } = record;
  return new Map<string, unknown>([
    ['kind', record.kind],
    ['started_at', record.started_at],
    ['ended_at', record.ended_at],
    ['outcome', record.outcome],
    ['leaky', record.leaky],
    ['dataset_hash', record.dataset_hash],
    ['split_hash', record.split_hash],
    ['contract_hash', record.contract_hash],
    ['backbone_hash', record.backbone_hash],
    ['data_version', record.data_version],
    ['code_version', record.code_version],
    ['params', recordWith(params, (text) => (isAbsolutePath(text) || text.startsWith('path-') ? '' : text))],
    ['environment', environment],
    ['epochs', epochs],
    ['metrics', metrics],
  ]);
}
