import { isAbsolute } from 'node:path';
import { canonicalJson, sha256 } from '../../../pipeline/disk/hash.ts';
import type { Outcome } from '../../../pipeline/domain/outcome.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import type { Run } from '../../records/runs.ts';
import type { RemoteStatus } from '../../records/tracking-links.ts';
import { flattened } from '../../studies/facts.ts';
import { leakyNotice, type RunRecord } from '../../studies/run-record.ts';
import type { Pair, RemoteDataset } from './api.ts';
import { type Point, pointValue } from './batches.ts';
import { changedNames, cut, remoteName } from './names.ts';

/** A run of ours as MLflow shall have it. Equal records give an equal picture: times come from the record, not from the clock. */
export interface Picture {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number | null;
  readonly status: RemoteStatus;
  readonly params: readonly Pair[];
  /** By fold, then epoch. */
  readonly epochs: readonly { readonly fold: number; readonly epoch: number; readonly points: readonly Point[] }[];
  /** Final figures; the step is given when they are sent. */
  readonly figures: readonly Omit<Point, 'step'>[];
  readonly figuresHash: string | null;
  readonly tags: readonly Pair[];
  readonly tagsHash: string;
  readonly dataset: RemoteDataset | null;
}

/** Tag by which a server is asked whether it has a run of ours. */
export const ownTag = 'hilum.run_id';

export interface PictureOptions {
  /** Seal of the model that the run made. */
  readonly seal: string | null;
  readonly study: string;
}

const paramLimit = 6000;
const tagLimit = 8000;

const statuses: Readonly<Record<Outcome | 'running', RemoteStatus>> = {
  running: 'RUNNING',
  completed: 'FINISHED',
  failed: 'FAILED',
  cancelled: 'KILLED',
  interrupted: 'KILLED',
};

export function pictureOf(record: RunRecord, options: PictureOptions): Picture {
  const { run } = record;
  const startMs = Date.parse(run.startedAt);
  const endMs = run.endedAt === null ? null : Date.parse(run.endedAt);
  const params = flattenedParams(run.params);
  const cutParams = params.filter(([, value]) => value.length > paramLimit).map(([key]) => key);
  const epochs = epochsOf(record, startMs);
  const figures = figuresOf(record, endMs ?? startMs);
  const mapped = changedNames([...params.map(([key]) => key), ...record.metrics.map(({ name }) => name)]);
  const tags = [...tagsOf(record, options), ...statements(cutParams, mapped)].map(([key, value]) => ({
    key: remoteName(key),
    value: cut(value, tagLimit),
  }));
  return {
    ...{ name: nameOf(run), startMs, endMs, epochs, figures, tags },
    status: statuses[run.outcome],
    params: params.map(([key, value]) => ({ key: remoteName(key), value: cut(value, paramLimit) })),
    figuresHash: figures.length === 0 ? null : sha256(canonicalJson(figures)),
    tagsHash: sha256(canonicalJson(tags)),
    dataset: datasetOf(run, options.study),
  };
}

/** A run without a name would be given one by the server. */
const nameOf = ({ name, id }: Run): string => (name.trim() === '' ? id : cut(name, 250));

function flattenedParams(params: Run['params']): [string, string][] {
  return Object.entries(params).flatMap(([key, value]) =>
    flattened(key, value).map(([name, leaf]): [string, string] => [name, leafText(leaf)]),
  );
}

/** Of a path of this machine only the last name is told. */
function leafText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  return isAbsolute(value) || /^[A-Za-z]:[\\/]/.test(value)
    ? (value.split(/[\\/]/).filter(Boolean).at(-1) ?? '')
    : value;
}

/** An epoch's time is that of its start plus what the epochs of its fold took so far. */
function epochsOf({ epochs }: RunRecord, startMs: number): Picture['epochs'] {
  const spent = new Map<number, number>();
  return epochs.map(({ fold, metrics: { epoch, ...figures } }) => {
    const elapsed = (spent.get(fold) ?? 0) + Math.max(0, figures.elapsed_ms ?? 0);
    spent.set(fold, elapsed);
    const at = { timestamp: Math.round(startMs + elapsed), step: epoch };
    const points = Object.entries(figures).flatMap(([name, value]) =>
      value === null ? [] : [{ key: epochKey(fold, name), value: pointValue(value), ...at }],
    );
    return { fold, epoch, points };
  });
}

/** `loss` of the model itself, `fold3/loss` of a fold. */
export function epochKey(fold: number, name: string): string {
  return fold === 0 ? name : `fold${fold}/${name}`;
}

/** `scan/balanced_accuracy` with `…_low` and `…_high`: the name itself cannot be a folder too. */
function figuresOf({ metrics }: RunRecord, timestamp: number): Picture['figures'] {
  return metrics.flatMap(({ name, value, low, high }) =>
    Object.entries({ '': value, _low: low, _high: high }).flatMap(([suffix, number]) =>
      number === null ? [] : [{ key: remoteName(`${name}${suffix}`), value: pointValue(number), timestamp }],
    ),
  );
}

function tagsOf({ run, tags }: RunRecord, { seal }: PictureOptions): [string, string][] {
  const facts: Readonly<Record<string, string | null>> = {
    [ownTag]: run.id,
    'hilum.kind': run.kind,
    'hilum.outcome': run.outcome,
    'hilum.leaky': String(run.leaky),
    'hilum.tags': tags.length === 0 ? null : tags.join(', '),
    'hilum.dataset_hash': run.datasetHash,
    'hilum.split_hash': run.splitHash,
    'hilum.contract_hash': run.contractHash,
    'hilum.backbone_hash': run.backboneHash,
    'hilum.data_version': run.dataVersion,
    'hilum.code_version': run.codeVersion,
    'hilum.seed': typeof run.params.seed === 'number' ? String(run.params.seed) : null,
    'hilum.seal': seal,
    'hilum.parent': run.parent,
    'hilum.notice': notice,
    'mlflow.runName': nameOf(run),
    'mlflow.source.name': 'hilum',
    'mlflow.source.type': 'LOCAL',
    'mlflow.note.content': [run.leaky ? leakyNotice : '', run.notes].filter(Boolean).join('\n\n') || null,
  };
  const environment = flattened('hilum.environment', run.environment).map(([key, value]): [string, string] => [
    key,
    leafText(value),
  ]);
  return [...Object.entries(facts), ...environment].flatMap(([key, value]): [string, string][] =>
    value === null ? [] : [[key, value]],
  );
}

/** What stands on the server otherwise than here. */
function statements(cutParams: readonly string[], mapped: Record<string, string>): [string, string][] {
  const said: [string, string][] = [];
  if (cutParams.length > 0) said.push(['hilum.cut_params', cutParams.join(', ')]);
  if (Object.keys(mapped).length > 0) said.push(['hilum.mapped_names', JSON.stringify(mapped)]);
  return said;
}

function datasetOf({ datasetHash, dataVersion }: Run, study: string): RemoteDataset | null {
  if (datasetHash === null) return null;
  const source = JSON.stringify({ dataset_hash: datasetHash, data_version: dataVersion });
  return { name: cut(study, 200), digest: datasetHash.slice(0, 36), source, profile: '{}' };
}
