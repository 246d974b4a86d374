import { sha256 } from '../../../../pipeline/disk/hash.ts';
import type { Estimate } from '../../../../pipeline/domain/metrics.ts';
import type { Outcome } from '../../../../pipeline/domain/outcome.ts';
import type { AdoptedRun } from '../../../records/runs.ts';
import type { RemoteRun } from '../wire.ts';

/** Id of a run of a server, always the same: what was brought in once is not brought in again. */
export function importedId(server: string, run: string): string {
  return sha256(`${server}\n${run}`).slice(0, 12);
}

const outcomes: Readonly<Record<RemoteRun['info']['status'], Outcome>> = {
  FINISHED: 'completed',
  FAILED: 'failed',
  KILLED: 'cancelled',
  // It may go on there: what it is now is brought in.
  RUNNING: 'interrupted',
  SCHEDULED: 'interrupted',
};

const mostNotes = 20_000;
const mostTags = 50;

export function adoptedRun(server: string, experiment: string, { info, data }: RemoteRun): AdoptedRun {
  const tag = (key: string): string | undefined => data.tags.find((each) => each.key === key)?.value;
  const startMs = info.start_time ?? 0;
  const endMs = info.end_time ?? 0;
  return {
    id: importedId(server, info.run_id),
    kind: 'imported',
    name: (info.run_name || tag('mlflow.runName') || info.run_id).slice(0, 200),
    params: paramsOf(data.params),
    codeVersion: (tag('mlflow.source.git.commit') ?? '').slice(0, 100),
    environment: {
      source: 'mlflow',
      ...(tag('mlflow.source.type') === undefined ? {} : { type: tag('mlflow.source.type') }),
    },
    leaky: false,
    notes: (tag('mlflow.note.content') ?? '').slice(0, mostNotes),
    startedAt: isoOf(startMs),
    endedAt: endMs > 0 ? isoOf(endMs) : null,
    outcome: outcomes[info.status],
    origin: { from: 'mlflow', server, experiment, run: info.run_id },
  };
}

/** Own tags of people as words, `key: value`; those that MLflow sets itself say nothing of the run. */
export function adoptedTags({ data }: RemoteRun): string[] {
  return data.tags
    .filter(({ key }) => !key.startsWith('mlflow.'))
    .slice(0, mostTags)
    .map(({ key, value }) =>
      (value === '' || value === 'true' ? key : `${key}: ${value}`).replace(/\s+/g, ' ').slice(0, 100),
    );
}

/** Newest value of each metric, under its own name. */
export function adoptedFigures({ data }: RemoteRun): Record<string, Estimate> {
  return Object.fromEntries(
    data.metrics.map(({ key, value }) => [
      key,
      { value: Number.isFinite(value) ? value : null, low: null, high: null },
    ]),
  );
}

/** Under their own names; texts that are numbers become numbers, so that they can be compared. */
function paramsOf(params: RemoteRun['data']['params']): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { key, value } of params) {
    if (key !== '__proto__') values[key] = plainValue(value);
  }
  return values;
}

function plainValue(text: string): unknown {
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) && String(Number(text)).length <= text.length) return Number(text);
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

const lastMs = Date.UTC(9999, 0, 1);

function isoOf(ms: number): string {
  return new Date(Math.min(Math.max(ms, 0), lastMs)).toISOString();
}
