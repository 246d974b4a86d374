import type { ReportedRun, RunsReport } from '../../pipeline/domain/runs-report.ts';
import { compareRuns } from './comparison.ts';
import type { RunDetails } from './run-details.ts';

/** What the page about these runs is made of. */
export function runsReport(runs: readonly RunDetails[], createdAt: string): RunsReport {
  return { createdAt, runs: runs.map(reportedRun), ...compareRuns(runs) };
}

/** Folds are left out: they are other models. */
function reportedRun({ run, tags, epochs, evaluation }: RunDetails): ReportedRun {
  const { id, name, kind, startedAt, endedAt, outcome, leaky, notes } = run;
  return {
    ...{ id, name, kind, startedAt, endedAt, outcome, leaky, notes },
    tags: [...tags],
    epochs: epochs.flatMap(({ fold, metrics }) => (fold === 0 ? [metrics] : [])),
    metrics: evaluation,
  };
}

/** Proposed name of the file: no name of a run in it, for it may be sent on. */
export function reportName(runs: readonly RunDetails[], createdAt: string): string {
  const [only] = runs;
  const what = runs.length === 1 && only !== undefined ? `run-${only.run.id}` : `comparison-of-${runs.length}-runs`;
  return `hilum-${what}-${createdAt.slice(0, 10)}.html`;
}
