import { ArrowLeft } from 'lucide-react';
import { type Run, useCall } from '../../../api.ts';
import { LinkButton } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Loading } from '../../../components/feedback/loading.tsx';
import { OutcomeBadge } from '../../../components/figures/outcome-badge.tsx';
import { Screen } from '../../../components/layout/screen.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { formatDuration } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';
import { useRunsPulse } from '../use-runs-pulse.ts';
import { Warnings } from '../warnings.tsx';
import { ArtefactsPanel } from './artefacts-panel.tsx';
import { CurvesPanel } from './curves-panel.tsx';
import { MadeOfPanel, ParametersPanel } from './facts-panels.tsx';
import { FiguresPanel } from './figures-panel.tsx';
import { MatrixPanel } from './matrix-panel.tsx';
import { NotesPanel } from './notes-panel.tsx';
import { RunActions } from './run-actions.tsx';
import './one.css';

/** One run: what it found, how it got there, what it was made of, and what people say of it. */
export function RunScreen({ id }: { readonly id: string }) {
  const answer = useCall('runs/get', { run: id });
  useRunsPulse(
    answer.reload,
    (push) => (push.topic === 'epoch' && push.run === id) || (push.topic === 'changed' && push.what === 'runs'),
  );
  const back = (
    <LinkButton kind="quiet" icon={ArrowLeft} href={href(pathOf('runs'))}>
      All runs
    </LinkButton>
  );
  const run = answer.value?.run;
  if (run === undefined) {
    return (
      <Screen title="Run" actions={back}>
        {answer.error === undefined ? (
          <Loading rows={10} />
        ) : (
          <ErrorNotice error={answer.error} onRetry={answer.reload} />
        )}
      </Screen>
    );
  }
  return (
    <Screen
      title={run.name}
      subtitle={<Subtitle run={run} />}
      actions={
        <>
          {back}
          <RunActions run={run} />
        </>
      }
    >
      {answer.error === undefined ? null : <ErrorNotice error={answer.error} onRetry={answer.reload} compact />}
      {run.leaky ? <Warnings warnings={[leakyWarning]} /> : null}
      <div className="h-run">
        <div className="h-run-column">
          <FiguresPanel run={run} />
          <MatrixPanel run={run} />
          <ParametersPanel run={run} />
        </div>
        <div className="h-run-column">
          <CurvesPanel run={run} />
          <NotesPanel run={run} />
          <MadeOfPanel run={run} />
          <ArtefactsPanel run={run} />
        </div>
      </div>
    </Screen>
  );
}

const leakyWarning =
  'Leaky: in this run patients stand on both sides of the split. What was measured is memory, not skill; it says nothing about other patients.';

function Subtitle({ run: { outcome, startedAt, endedAt } }: { readonly run: Run }) {
  const took = endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt);
  return (
    <span className="h-run-subtitle">
      <OutcomeBadge outcome={outcome} />
      <span className="h-num">{formatDateTime(startedAt)}</span>
      {took === null ? null : <span className="h-num">took {formatDuration(took)}</span>}
    </span>
  );
}
