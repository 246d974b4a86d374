import type { Run as RecordedRun } from '../../records/runs.ts';
import type { RunDetails } from '../../studies/run-details.ts';
import type { Run, RunRow } from '../contract.ts';

/** A run in the form in which the page gets it. */
export function wireHead(run: RecordedRun, tags: readonly string[]): Omit<RunRow, 'cells'> {
  const { id, name, kind, startedAt, endedAt, outcome, leaky, pinned } = run;
  return { id, name, kind, startedAt, endedAt, outcome, leaky, tags: [...tags], pinned };
}

export function wireRun(details: RunDetails): Run {
  const { run, tags, epochs, artefacts, evaluation, model, resumable, sweep, labelVersion } = details;
  const { notes, params, environment, datasetHash, splitHash, contractHash, backboneHash, codeVersion } = run;
  return {
    ...wireHead(run, tags),
    ...{ notes, params, environment, datasetHash, splitHash, contractHash, backboneHash, codeVersion },
    epochs: epochs.map(({ fold, metrics }) => ({ fold, metrics })),
    metrics: evaluation,
    artefacts: artefacts.map(({ path, bytes }) => ({ path, bytes })),
    model,
    resumable,
    origin: run.origin,
    dataVersion: run.dataVersion,
    sweep,
    labelVersion,
  };
}
